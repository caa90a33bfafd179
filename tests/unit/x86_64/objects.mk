# SPDX-License-Identifier: BSD-2-Clause
# What is plain C in arch/x86_64, with its own arch_types.h.

x86_64-cflags := -include arch/x86_64/arch_types.h -DCONFIG_POWER_PORT=0x404

unit-tests += x86_64/kernel_test x86_64/handover_test x86_64/dev_16550_test x86_64/acpi_test
x86_64/kernel_test-src := tests/unit/x86_64/kernel_test.c arch/x86_64/kernel.c
x86_64/kernel_test-cflags := $(x86_64-cflags)
x86_64/acpi_test-src := tests/unit/x86_64/acpi_test.c arch/x86_64/acpi.c core/vtl0_aml.c \
	core/vtl0_block.c
x86_64/acpi_test-cflags := $(x86_64-cflags) -D_GNU_SOURCE
x86_64/handover_test-src := tests/unit/x86_64/handover_test.c arch/x86_64/boot_params.c \
	arch/x86_64/acpi.c core/vtl0_aml.c core/vtl0_block.c
x86_64/handover_test-cflags := $(x86_64-cflags)
x86_64/dev_16550_test-src := tests/unit/x86_64/dev_16550_test.c core/dev_16550.c

# Messages of VTL0, from the table in vtl/ on. The lists fake-* are those of tests/unit/core and
# tests/unit/vtl.
unit-tests += x86_64/icept_test x86_64/icept_port_test
unit-tests += x86_64/decode_test
x86_64/decode_test-src := tests/unit/x86_64/decode_test.c arch/x86_64/decode.c
x86_64-icept := tests/unit/x86_64/icept_world.c vtl/vsm.c \
	arch/x86_64/decode.c $(filter-out %_cmos.c,$(wildcard arch/x86_64/icept*.c)) \
	$(filter-out tests/fake/vtl.c,$(fake-intercepts))
x86_64-icept-cflags := -D_GNU_SOURCE $(x86_64-cflags) -DCONFIG_DEV_16550=1 \
	-DCONFIG_DEV_CMOS=1
x86_64/icept_test-src := tests/unit/x86_64/icept_test.c $(x86_64-icept)
x86_64/icept_test-cflags := $(x86_64-icept-cflags)
x86_64/icept_test-libs := build/unit/libmbedtls.a
x86_64/icept_port_test-src := tests/unit/x86_64/icept_port_test.c $(x86_64-icept)
x86_64/icept_port_test-cflags := $(x86_64-icept-cflags)
x86_64/icept_port_test-libs := build/unit/libmbedtls.a

# With the instructions of arch/x86_64/sysreg.h as calls of the test.
x86_64-sysreg := $(x86_64-cflags) -D_GNU_SOURCE -include tests/unit/x86_64/fake_sysreg.h
unit-tests += x86_64/vp_context_test x86_64/hvcall_test x86_64/icept_cmos_test
x86_64/icept_cmos_test-src := tests/unit/x86_64/icept_cmos_test.c arch/x86_64/icept_cmos.c \
	core/dev_cmos.c $(fake-log) tests/fake/stop.c
x86_64/icept_cmos_test-cflags := $(x86_64-sysreg)
x86_64/vp_context_test-src := tests/unit/x86_64/vp_context_test.c arch/x86_64/vp_context.c \
	$(fake-registers) $(fake-machine)
x86_64/vp_context_test-cflags := $(x86_64-sysreg)
x86_64/hvcall_test-src := tests/unit/x86_64/hvcall_test.c arch/x86_64/hvcall.c vtl/vp_regs.c \
	vtl/hypercall.c tests/fake/fatal.c $(fake-machine)
x86_64/hvcall_test-cflags := $(x86_64-sysreg)
