# SPDX-License-Identifier: BSD-2-Clause
# Small guests of our own: one program per subject on one library, which has a part for each
# architecture. Each becomes a flat file with the header of a Linux kernel, entered exactly as one
# is.

guestlib-y := $(addprefix tests/guest/lib/,main.o option.o print.o report.o string.o \
	vtl2.o)
guestlib-y += $(addprefix tests/guest/lib/$(ARCH)/,start.o call.o quick.o console.o cpu.o irq.o)
guestlib-y += $(addprefix tests/guest/lib/$(ARCH)/,machine.o paravane.o)

guest-lds := tests/guest/lib/$(ARCH)/guest.lds
guests := hello smp pages blocks attack attackoff
hello-y := $(addprefix tests/guest/,hello.o hello_calls.o hello_$(ARCH).o)
smp-y := tests/guest/smp.o
pages-y := tests/guest/pages.o
blocks-y := tests/guest/blocks.o
attack-y := $(addprefix tests/guest/attack/,main.o rows.o model.o address.o fields.o smccc.o leak.o)
attack-y += $(addprefix tests/guest/attack/,race.o hyper.o irq.o)
attackoff-y := tests/guest/attack/off.o
guests += bench
bench-y := $(addprefix tests/bench/,payload.o machine_$(ARCH).o marked_$(ARCH).o)

ifeq ($(ARCH),arm64)
guestlib-y += tests/guest/lib/arm64/tree.o
guests += wrongplace
wrongplace-y := tests/guest/wrongplace.o
attack-y += $(addprefix tests/guest/attack/,arm64.o psci.o)
endif

ifeq ($(ARCH),x86_64)
guestlib-y += $(addprefix tests/guest/lib/x86_64/,trampoline.o secondary.o)
attack-y += $(addprefix tests/guest/attack/,x86_64.o ipi.o ports.o pages.o)
guests += triple
triple-y := tests/guest/triple.o

# A boot loader that is not ours, with the image's very bytes in it.
launch := $(O)/tests/guest/launch
endif
