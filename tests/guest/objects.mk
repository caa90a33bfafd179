# SPDX-License-Identifier: BSD-2-Clause
# Small guests of our own: one program per subject on one shared library. Each becomes a flat file
# with an arm64 Image header, entered exactly as a Linux kernel is.

guestlib-y := tests/guest/lib/start.o tests/guest/lib/call.o tests/guest/lib/main.o
guestlib-y += tests/guest/lib/console.o tests/guest/lib/tree.o tests/guest/lib/report.o
guestlib-y += tests/guest/lib/cpu.o tests/guest/lib/paravane.o tests/guest/lib/string.o

guests := hello smp wrongplace bench
hello-y := tests/guest/hello.o tests/guest/hello_calls.o
smp-y := tests/guest/smp.o
wrongplace-y := tests/guest/wrongplace.o
bench-y := tests/bench/payload.o tests/bench/marked.o
