# SPDX-License-Identifier: BSD-2-Clause
# Those files of an architecture that are plain C, or become so with fake_sysreg.h. The lists
# fake-* are those of tests/unit/core and tests/unit/vtl.

# tests/fake/memory.c wants its feature macro before the first system header.
fake-sysreg := -D_GNU_SOURCE -include tests/unit/arch/fake_sysreg.h

unit-tests += arch/kernel_test arch/icept_test arch/line_test arch/syndrome_test
arch/kernel_test-src := tests/unit/arch/kernel_test.c arch/arm64/kernel.c
arch/icept_test-src := tests/unit/arch/icept_test.c arch/arm64/icept.c arch/arm64/syndrome.c \
	$(fake-registers) $(fake-machine) tests/fake/end.c
arch/syndrome_test-src := tests/unit/arch/syndrome_test.c arch/arm64/syndrome.c
arch/line_test-src := tests/unit/arch/line_test.c arch/arm64/line.c $(fake-hv) $(fake-machine)

unit-tests += arch/hvcall_test arch/hvcall_smccc_test
arch/hvcall_test-src := tests/unit/arch/hvcall_test.c arch/arm64/hvcall.c \
	tests/unit/arch/sysreg.c
arch/hvcall_test-cflags := $(fake-sysreg)
arch/hvcall_smccc_test-src := $(arch/hvcall_test-src)
arch/hvcall_smccc_test-cflags := $(fake-sysreg) -include tests/unit/arch/hvcall_smccc.h

unit-tests += arch/vp_context_test arch/gic_test arch/mmu_test
arch/vp_context_test-src := tests/unit/arch/vp_context_test.c arch/arm64/vp_context.c \
	tests/unit/arch/sysreg.c $(fake-registers) $(fake-machine)
arch/vp_context_test-cflags := $(fake-sysreg)
arch/gic_test-src := tests/unit/arch/gic_test.c arch/arm64/gic.c tests/unit/arch/sysreg.c \
	tests/fake/mmio.c tests/fake/fatal.c $(fake-machine)
arch/gic_test-cflags := $(fake-sysreg)
# The real arch_types.h, for its window. The C library's start code has two of the linker script's
# names.
arch/mmu_test-src := tests/unit/arch/mmu_test.c arch/arm64/mmu.c tests/unit/arch/sysreg.c \
	core/page_pool.c
arch/mmu_test-cflags := -include arch/arm64/arch_types.h $(fake-sysreg) -D_start=fw_start \
	-D__data_start=fw_data_start
unit-tests += arch/mmu_16k_test arch/mmu_64k_test
arch/mmu_16k_test-src := $(arch/mmu_test-src)
arch/mmu_16k_test-cflags := -DCONFIG_ARM64_16K_PAGES=1 $(arch/mmu_test-cflags)
arch/mmu_64k_test-src := $(arch/mmu_test-src)
arch/mmu_64k_test-cflags := -DCONFIG_ARM64_64K_PAGES=1 $(arch/mmu_test-cflags)
