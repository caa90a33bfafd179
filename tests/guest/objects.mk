# SPDX-License-Identifier: BSD-2-Clause
# Small guests of our own: one program per subject on one shared library. Each becomes a flat file
# with an arm64 Image header, entered exactly as a Linux kernel is.

guestlib-y := tests/guest/lib/start.o tests/guest/lib/call.o tests/guest/lib/main.o
guestlib-y += tests/guest/lib/console.o tests/guest/lib/tree.o tests/guest/lib/report.o
guestlib-y += tests/guest/lib/cpu.o tests/guest/lib/paravane.o tests/guest/lib/string.o
guestlib-y += tests/guest/lib/quick.o

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
