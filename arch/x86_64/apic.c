/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do VTL2's own interrupts arrive? The local APIC in x2APIC mode, as VTL2 sees it.
 *
 * RFLAGS.IF is clear but for one moment in vtl_arch_irq_take(): interrupts are taken by asking,
 * after an entry. May assume: VTL2 has a controller of its own on each VP.
 */
#include "arch/x86_64/sysreg.h"
#include "arch/x86_64/trap.h"
#include "core/check.h"
#include "core/log.h"
#include "core/vp.h"
#include "vtl/vtl_arch.h"

#define CPUID_1_ECX_X2APIC (1U << 21)

#define APIC_BASE_ENABLE (UINT64_C(1) << 11)
#define APIC_BASE_X2APIC (UINT64_C(1) << 10)
#define SVR_ENABLE 0x100
#define ICR_TO_ALL_OTHERS (UINT64_C(3) << 18)
#define ICR_ASSERT (UINT64_C(1) << 14)

/* All of it is MSRs. */
enum err vtl_arch_irq_map(const struct platform *platform)
{
	(void)platform;
	return OK;
}

enum err vtl_arch_irq_init(const struct platform *platform, struct vp *vp)
{
	(void)platform;
	(void)vp;
	if ((cpuid(1, 0).ecx & CPUID_1_ECX_X2APIC) == 0) {
		log_error("interrupts: no x2APIC");
		return ERR_NOT_SUPPORTED;
	}
	msr_write(MSR_APIC_BASE, msr_read(MSR_APIC_BASE) | APIC_BASE_ENABLE | APIC_BASE_X2APIC);
	msr_write(MSR_X2APIC_SVR, SVR_ENABLE | VECTOR_SPURIOUS);
	return OK;
}

/* Which vectors are answered stands in the interrupt table. */
void vtl_arch_irq_enable(struct vp *vp, uint32_t number)
{
	(void)vp;
	CHECK(number == ARCH_SINT_INTERRUPT || number == VECTOR_KICK);
}

uint32_t vtl_arch_irq_take(void)
{
	struct vp *vp = arch_this_vp();
	uint64_t arrived;

	/* STI holds off until after the next instruction: what is pending comes at the second. */
	__asm__ volatile("sti\n\tnop\n\tnop\n\tcli" : : : "memory");
	arrived = vp->arch.arrived;
	if ((arrived & ARRIVED_KICK) != 0) {
		vp->arch.arrived = arrived & ~(uint64_t)ARRIVED_KICK;
		return VECTOR_KICK;
	}
	if ((arrived & ARRIVED_SINT) != 0) {
		vp->arch.arrived = arrived & ~(uint64_t)ARRIVED_SINT;
		return ARCH_SINT_INTERRUPT;
	}
	return VTL_ARCH_IRQ_NONE;
}

void vtl_arch_irq_end(uint32_t number)
{
	(void)number;
	msr_write(MSR_X2APIC_EOI, 0);
}

uint32_t vtl_arch_irq_kick_number(void)
{
	return VECTOR_KICK;
}

void vtl_arch_irq_kick_others(void)
{
	__asm__ volatile("mfence\n\tlfence" : : : "memory");
	msr_write(MSR_X2APIC_ICR, ICR_TO_ALL_OTHERS | ICR_ASSERT | VECTOR_KICK);
}
