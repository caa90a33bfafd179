# SPDX-License-Identifier: BSD-2-Clause
# Small guests of our own: one program per subject on one shared library. Each becomes a flat file
# with the header of a Linux kernel, entered exactly as one is.

guestlib-y := tests/guest/lib/print.o tests/guest/lib/report.o tests/guest/lib/string.o

ifeq ($(ARCH),x86_64)
guestlib-y += $(addprefix tests/guest/x86_64/,start.o cpu.o console.o hyper.o)

guest-lds := tests/guest/x86_64/guest.lds
guests := hello triple
hello-y := tests/guest/x86_64/hello.o
triple-y := tests/guest/x86_64/triple.o

# A boot loader that is not ours, with the image's very bytes in it.
launch := $(O)/tests/guest/launch
else
guestlib-y += tests/guest/lib/start.o tests/guest/lib/call.o tests/guest/lib/main.o
guestlib-y += tests/guest/lib/console.o tests/guest/lib/tree.o
guestlib-y += tests/guest/lib/cpu.o tests/guest/lib/paravane.o
guestlib-y += tests/guest/lib/quick.o

guest-lds := tests/guest/lib/guest.lds
guests := hello smp wrongplace pages blocks attack attackoff bench
hello-y := tests/guest/hello.o tests/guest/hello_calls.o
smp-y := tests/guest/smp.o
wrongplace-y := tests/guest/wrongplace.o
pages-y := tests/guest/pages.o
blocks-y := tests/guest/blocks.o
attack-y := $(addprefix tests/guest/attack/,main.o rows.o model.o address.o fields.o smccc.o leak.o)
attack-y += $(addprefix tests/guest/attack/,race.o hyper.o psci.o irq.o)
attackoff-y := tests/guest/attack/off.o
bench-y := tests/bench/payload.o tests/bench/marked.o
endif
