# SPDX-License-Identifier: BSD-2-Clause
# The lists fake-* are those of tests/unit/core/objects.mk.

fake-hv := tests/fake/hv.c vtl/hypercall.c tests/fake/fatal.c
fake-registers := $(fake-hv) vtl/vp_regs.c

unit-tests += vtl/hypercall_test vtl/vp_regs_test vtl/protect_test vtl/vsm_test
vtl/hypercall_test-src := tests/unit/vtl/hypercall_test.c $(fake-hv) $(fake-machine)
vtl/vp_regs_test-src := tests/unit/vtl/vp_regs_test.c $(fake-registers) $(fake-machine)
vtl/protect_test-src := tests/unit/vtl/protect_test.c vtl/protect.c $(fake-hv) $(fake-machine)
vtl/vsm_test-src := tests/unit/vtl/vsm_test.c vtl/vsm.c $(fake-registers) $(fake-machine)

unit-tests += vtl/synic_test vtl/door_test
vtl/synic_test-src := tests/unit/vtl/synic_test.c vtl/synic.c $(fake-registers) $(fake-machine) \
	tests/fake/vtl.c
vtl/door_test-src := tests/unit/vtl/door_test.c vtl/door.c core/page_pool.c tests/fake/memory.c

fake-uart-device := core/devices.c core/dev_uart.c core/uart_pl011.c \
	tests/fake/mmio.c tests/fake/pl011.c tests/fake/line.c
fake-intercepts := vtl/intercept.c vtl/door.c $(fake-uart-device) $(fake-services) core/crypto.c \
	core/wipe.c $(fake-registers) $(fake-machine) tests/fake/vtl.c tests/fake/end.c

unit-tests += vtl/intercept_test vtl/intercept_device_test vtl/run_test
vtl/intercept_test-src := tests/unit/vtl/intercept_test.c tests/unit/vtl/intercept_world.c \
	$(fake-intercepts)
vtl/intercept_test-libs := build/unit/libmbedtls.a
vtl/intercept_device_test-src := tests/unit/vtl/intercept_device_test.c \
	tests/unit/vtl/intercept_world.c $(fake-intercepts)
vtl/intercept_device_test-libs := build/unit/libmbedtls.a
unit-tests += vtl/bound_test
vtl/bound_test-src := tests/unit/vtl/bound_test.c tests/unit/vtl/intercept_world.c \
	$(fake-intercepts)
vtl/bound_test-libs := build/unit/libmbedtls.a
vtl/run_test-src := tests/unit/vtl/run_test.c vtl/run.c vtl/synic.c $(fake-intercepts)
vtl/run_test-libs := build/unit/libmbedtls.a

unit-tests += vtl/vp_start_test vtl/vp_start_stop_test vtl/vp_arrive_test
vtl/vp_start_test-src := tests/unit/vtl/vp_start_test.c vtl/vp_start.c $(fake-hv) \
	$(fake-machine) tests/fake/vtl.c
vtl/vp_start_stop_test-src := $(vtl/vp_start_test-src)
vtl/vp_start_stop_test-cflags := -include tests/unit/vtl/vp_start_stop.h
vtl/vp_arrive_test-src := tests/unit/vtl/vp_arrive_test.c vtl/vp_arrive.c \
	vtl/synic.c $(fake-registers) $(fake-machine) tests/fake/vtl.c

unit-tests += vtl/channel_test vtl/end_test vtl/crash_test
vtl/channel_test-src := tests/unit/vtl/channel_test.c vtl/channel.c vtl/vsm.c $(fake-registers) \
	tests/fake/channel.c \
	$(fake-machine) tests/fake/vtl.c tests/fake/end.c
# Each contains the file that it tests.
fake-end := $(fake-machine) tests/fake/vtl.c core/log_kept.c core/entropy.c core/crypto.c \
	core/wipe.c
vtl/end_test-src := tests/unit/vtl/end_test.c $(fake-end) $(fake-services) tests/fake/fatal.c
vtl/end_test-libs := build/unit/libmbedtls.a
vtl/crash_test-src := tests/unit/vtl/crash_test.c $(fake-end) core/crash_report.c tests/fake/hv.c \
	tests/fake/end.c vtl/hypercall.c vtl/vp_regs.c
vtl/crash_test-libs := build/unit/libmbedtls.a
