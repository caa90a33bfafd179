/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do VTL2's own interrupts arrive? GICv3 (IHI0069), as VTL2 sees it.
 *
 * PSTATE masks everything for ever: interrupts are taken by asking, after an entry. May assume:
 * VTL2 is enabled on all VPs, so that its redistributors exist. Must never: touch an interrupt of
 * VTL0; the hypervisor keeps the two views apart.
 */
#include "arch/arm64/sysreg.h"
#include "core/arch.h"
#include "core/check.h"
#include "core/lock.h"
#include "core/vp.h"
#include "vtl/vtl_arch.h"

#define GICD_SIZE 0x10000
#define GICR_STRIDE 0x20000
#define GICR_SGI_FRAME 0x10000

#define GICD_CTLR 0x0000
#define GICD_CTLR_ENABLE_G1 (1U << 1)
#define GICD_CTLR_ARE (1U << 4)
#define GICD_CTLR_RWP (1U << 31)
#define GICD_IGROUPR 0x0080
#define GICD_ISENABLER 0x0100
#define GICD_IPRIORITYR 0x0400
#define GICD_IROUTER 0x6000

#define GICR_TYPER 0x0008 /* 63:32 affinity, bit 4 last */
#define GICR_TYPER_LAST (1U << 4)
#define GICR_WAKER 0x0014
#define GICR_WAKER_PROCESSOR_SLEEP (1U << 1)
#define GICR_WAKER_CHILDREN_ASLEEP (1U << 2)

#define FIRST_SPI 32
#define SPECIAL_INTIDS 1020
#define PRIORITY 0x80
#define PRIORITY_MASK_ALL 0xF0

/* The SGI by which VTL2 of one VP calls the others in. */
#define KICK_SGI 15
#define SGI_TO_ALL_OTHERS (UINT64_C(1) << 40)

#define POLLS_MAX 100000

static uint64_t gicd;
static struct lock gicd_lock;

static void wait_clear(uint64_t reg, uint32_t bits)
{
	unsigned int polls;

	for (polls = 0; polls < POLLS_MAX; polls++) {
		if ((arch_mmio_read32(reg) & bits) == 0) {
			return;
		}
	}
}

static uint32_t affinity_of_typer(hw_id_t id)
{
	/* Aff3 lies at bit 32 of MPIDR and at bit 24 of the register's affinity word. */
	return (uint32_t)(id.v & 0xFFFFFF) | (uint32_t)((id.v >> 32) & 0xFF) << 24;
}

/* Frames are in an order of the hypervisor's: look for ours, one per VP of the tree. */
static uint64_t find_redistributor(const struct platform *platform, hw_id_t id)
{
	uint32_t i;

	for (i = 0; i < platform->cpu_count; i++) {
		uint64_t base = platform->gic.gicr_base + (uint64_t)i * GICR_STRIDE;

		if (arch_mmio_read32(base + GICR_TYPER + 4) == affinity_of_typer(id)) {
			return base;
		}
		if ((arch_mmio_read32(base + GICR_TYPER) & GICR_TYPER_LAST) != 0) {
			break;
		}
	}
	return 0;
}

enum err vtl_arch_irq_map(const struct platform *platform)
{
	struct range d = { platform->gic.gicd_base, GICD_SIZE };
	struct range r = { platform->gic.gicr_base, (uint64_t)platform->cpu_count * GICR_STRIDE };
	enum err err;

	gicd = d.base;
	err = arch_map_device(d);
	return err == OK ? arch_map_device(r) : err;
}

static void init_distributor(void)
{
	arch_mmio_write32(gicd + GICD_CTLR, GICD_CTLR_ARE);
	wait_clear(gicd + GICD_CTLR, GICD_CTLR_RWP);
	arch_mmio_write32(gicd + GICD_CTLR, GICD_CTLR_ARE | GICD_CTLR_ENABLE_G1);
	wait_clear(gicd + GICD_CTLR, GICD_CTLR_RWP);
}

enum err vtl_arch_irq_init(const struct platform *platform, struct vp *vp)
{
	if (vp == vp_boot()) {
		init_distributor();
	}
	vp->arch.gicr_base = find_redistributor(platform, vp->hw_id);
	if (vp->arch.gicr_base == 0) {
		return ERR_NOT_FOUND;
	}
	arch_mmio_write32(vp->arch.gicr_base + GICR_WAKER, 0);
	wait_clear(vp->arch.gicr_base + GICR_WAKER, GICR_WAKER_CHILDREN_ASLEEP);

	SYSREG_WRITE(ICC_SRE_EL1, SYSREG_READ(ICC_SRE_EL1) | 1);
	isb();
	SYSREG_WRITE(ICC_PMR_EL1, PRIORITY_MASK_ALL);
	SYSREG_WRITE(ICC_CTLR_EL1, 0); /* one step: EOI deactivates too */
	SYSREG_WRITE(ICC_IGRPEN1_EL1, 1);
	isb();
	return OK;
}

static void set_priority(uint64_t frame, uint32_t number)
{
	/* Byte registers, reached by word: one kind of access for a hypervisor to emulate. */
	uint64_t reg = frame + GICD_IPRIORITYR + (number & ~3U);
	uint32_t shift = 8 * (number & 3);
	uint32_t value = arch_mmio_read32(reg) & ~(UINT32_C(0xFF) << shift);

	arch_mmio_write32(reg, value | (uint32_t)PRIORITY << shift);
}

void vtl_arch_irq_enable(struct vp *vp, uint32_t number)
{
	uint64_t frame = number < FIRST_SPI ? vp->arch.gicr_base + GICR_SGI_FRAME : gicd;
	uint32_t word = number / 32 * 4;
	uint32_t bit = UINT32_C(1) << (number % 32);

	CHECK(number < SPECIAL_INTIDS);
	lock_take(&gicd_lock);
	arch_mmio_write32(frame + GICD_IGROUPR + word,
			  arch_mmio_read32(frame + GICD_IGROUPR + word) | bit);
	set_priority(frame, number);
	if (number >= FIRST_SPI) {
		arch_mmio_write32(gicd + GICD_IROUTER + 8 * (uint64_t)number,
				  (uint32_t)vp->hw_id.v & 0xFFFFFF);
		arch_mmio_write32(gicd + GICD_IROUTER + 8 * (uint64_t)number + 4,
				  (uint32_t)(vp->hw_id.v >> 32));
	}
	arch_mmio_write32(frame + GICD_ISENABLER + word, bit);
	lock_release(&gicd_lock);
	dsb_sy();
}

uint32_t vtl_arch_irq_take(void)
{
	uint32_t number = (uint32_t)SYSREG_READ(ICC_IAR1_EL1) & 0xFFFFFF;

	dsb_sy();
	return number >= SPECIAL_INTIDS && number < 1024 ? VTL_ARCH_IRQ_NONE : number;
}

void vtl_arch_irq_end(uint32_t number)
{
	SYSREG_WRITE(ICC_EOIR1_EL1, number);
	isb();
}

uint32_t vtl_arch_irq_kick_number(void)
{
	return KICK_SGI;
}

void vtl_arch_irq_kick_others(void)
{
	dsb_sy();
	SYSREG_WRITE(ICC_SGI1R_EL1, SGI_TO_ALL_OTHERS | (uint64_t)KICK_SGI << 24);
	isb();
}
