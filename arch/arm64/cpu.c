/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does this processor offer, and how do its basic operations look?
 */
#include "arch/arm64/entry.h"
#include "arch/arm64/sysreg.h"
#include "core/arch.h"
#include "core/image.h"
#include "core/main.h"
#include "core/vp.h"
#include "vtl/vp_start.h"

/* The register that names the struct vp is never allocated by the compiler (-ffixed-x18). */
struct vp *arch_this_vp(void)
{
	struct vp *vp;

	__asm__ volatile("mov %0, x18" : "=r"(vp));
	return vp;
}

void arch_set_this_vp(struct vp *vp)
{
	__asm__ volatile("mov x18, %0" : : "r"(vp) : "memory");
}

hw_id_t arch_this_hw_id(void)
{
	return (hw_id_t){ SYSREG_READ(mpidr_el1) & MPIDR_AFFINITY };
}

/* Not WFE: an event may have come before we look, and the hypervisor need not send one. */
void arch_wait(void)
{
	__asm__ volatile("yield" : : : "memory");
}

void arch_wake_all(void)
{
	dsb_ish();
	sev();
}

_Noreturn void arch_halt(void)
{
	for (;;) {
		wfi();
	}
}

uint64_t arch_counter(void)
{
	isb();
	return SYSREG_READ(cntvct_el0);
}

uint64_t arch_counter_hz(void)
{
	return SYSREG_READ(cntfrq_el0);
}

enum err arch_random(uint64_t *word)
{
	uint64_t value;
	uint64_t ok;

	if ((SYSREG_READ(id_aa64isar0_el1) >> ID_AA64ISAR0_RNDR_SHIFT) == 0) {
		return ERR_NOT_SUPPORTED;
	}
	/* Z set: no number this time. */
	__asm__ volatile("mrs %0, " SYSREG_STRING(RNDR) "\n\tcset %1, ne"
			 : "=r"(value), "=r"(ok)
			 :
			 : "cc");
	if (ok == 0) {
		return ERR_NO_ENTROPY;
	}
	*word = value;
	return OK;
}

uint32_t arch_mmio_read32(uint64_t pa)
{
	uint32_t value;

	/* One plain load without write-back: what a hypervisor can emulate from its syndrome. */
	__asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(pa) : "memory");
	return value;
}

void arch_mmio_write32(uint64_t pa, uint32_t value)
{
	__asm__ volatile("str %w0, [%1]" : : "rZ"(value), "r"(pa) : "memory");
}

/* Seeded before the first protected function runs that could be reached from outside. */
extern uintptr_t __stack_chk_guard;
uintptr_t __stack_chk_guard = 0x595e9fbd94fda766;
_Noreturn void __stack_chk_fail(void);

/* There will be no tables of ours to reach a console by: without any, as a foreign loader would
 * have left us. What we read then must have left the caches. */
static _Noreturn void refuse_granule(uint64_t image_base, uint64_t param_offset)
{
	struct image image;

	if (image_read(image_base, param_offset, &image) != OK) {
		arch_halt();
	}
	arch_clean_to_memory((const void *)(uintptr_t)image_base, image.memory.size);
	SYSREG_WRITE(sctlr_el1, SYSREG_READ(sctlr_el1) & ~(SCTLR_M | SCTLR_C));
	isb();
	main_refuse(image.tree.base,
		    "E not started: this processor has no pages of the size that this image was "
		    "configured for\n");
}

_Noreturn void arch_entry(uint64_t param_offset, uint64_t magic, uint64_t image)
{
	(void)magic;
	SYSREG_WRITE(vbar_el1, (uint64_t)(uintptr_t)vectors);
	/* FP/SIMD is VTL0's: trapped, so that a breach is seen and not silent. */
	SYSREG_WRITE(cpacr_el1, 0);
	isb();
	if (ARCH_PAGE_SIZE > HV_HYP_PAGE_SIZE && !mmu_has_granule()) {
		refuse_granule(image, param_offset);
	}
	main_boot(image, param_offset);
}

_Noreturn void arch_vp_entry(void)
{
	SYSREG_WRITE(cpacr_el1, 0);
	isb();
	vp_start_arrived(arch_this_vp());
}

_Noreturn void arch_foreign_entry(uint64_t tree)
{
	main_foreign(tree);
}
