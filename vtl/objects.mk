# SPDX-License-Identifier: BSD-2-Clause
fw-y += vtl/channel.o vtl/hypercall.o vtl/vp_regs.o vtl/vsm.o vtl/protect.o vtl/synic.o
fw-y += vtl/vp_start.o vtl/vp_arrive.o vtl/door.o vtl/intercept.o vtl/run.o vtl/end.o vtl/crash.o
