/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do a VTL's distributor and redistributors answer?
 *
 * One security state, affinity routing always on, no LPIs. Registers that do not exist read as zero
 * and ignore writes, as the architecture says. A redistributor of VTL2 exists only after
 * HvCallEnableVpVtl for its VP. Both VTLs' controllers have nothing in common but their addresses.
 */
#include <stddef.h>

#include "tests/host/arm64/vgic.h"

#define GICD_PIDR2 0xFFE8
#define PIDR2_GICV3 0x3B
#define CTLR_FIXED ((1u << 6) | (1u << 4)) /* DS, ARE */

bool vgic_owns(uint64_t gpa)
{
	return (gpa >= VGIC_GICD && gpa - VGIC_GICD < VGIC_GICD_SIZE) ||
	       (gpa >= VGIC_GICR && gpa - VGIC_GICR < VGIC_GICR_SIZE * vm.opt.vps);
}

static bool get_bit(const struct vgic_irq *irq, uint32_t offset)
{
	switch (offset & ~0x7Fu) {
	case 0x080:
		return irq->group1;
	case 0x100:
	case 0x180:
		return irq->enabled;
	case 0x200:
	case 0x280:
		return irq->latch || (irq->line && !irq->edge);
	default:
		return irq->active;
	}
}

static void set_bit(struct vgic_irq *irq, uint32_t offset, bool one)
{
	switch (offset & ~0x7Fu) {
	case 0x080:
		irq->group1 = one;
		return;
	case 0x100:
		irq->enabled = irq->enabled || one;
		return;
	case 0x180:
		irq->enabled = irq->enabled && !one;
		return;
	case 0x200:
		irq->latch = irq->latch || one;
		return;
	case 0x280:
		irq->latch = irq->latch && !one;
		return;
	case 0x300:
		irq->active = irq->active || one;
		return;
	default:
		irq->active = irq->active && !one;
		if (!irq->active) {
			irq->owner = 0;
		}
		return;
	}
}

/* 0x080 to 0x3FF: one bit for each interrupt. */
static void bits(struct cpu *cpu, uint32_t slot, uint32_t offset, bool is_write, uint64_t *value)
{
	uint32_t first = (offset & 0x7C) * 8;
	uint64_t result = 0;
	uint32_t n;

	for (n = 0; n < 32; n++) {
		struct vgic_irq *irq = vgic_irq(cpu, slot, first + n);

		if (irq == NULL) {
			break;
		}
		if (is_write) {
			set_bit(irq, offset, ((*value >> n) & 1) != 0);
		} else {
			result |= (uint64_t)get_bit(irq, offset) << n;
		}
	}
	if (!is_write) {
		*value = result;
	}
}

static void priorities(struct cpu *cpu, uint32_t slot, uint32_t offset, uint32_t size,
		       bool is_write, uint64_t *value)
{
	uint64_t result = 0;
	uint32_t n;

	for (n = 0; n < size; n++) {
		struct vgic_irq *irq = vgic_irq(cpu, slot, (offset & 0x3FF) + n);

		if (irq == NULL) {
			break;
		}
		if (is_write) {
			irq->priority = (*value >> (8 * n)) & 0xF8;
		} else {
			result |= (uint64_t)irq->priority << (8 * n);
		}
	}
	if (!is_write) {
		*value = result;
	}
}

static void configs(struct cpu *cpu, uint32_t slot, uint32_t offset, bool is_write, uint64_t *value)
{
	uint32_t first = (offset & 0xFC) * 4;
	uint64_t result = 0;
	uint32_t n;

	for (n = 0; n < 16; n++) {
		struct vgic_irq *irq = vgic_irq(cpu, slot, first + n);

		if (irq == NULL) {
			break;
		}
		if (is_write && first + n >= 16) {
			irq->edge = ((*value >> (2 * n + 1)) & 1) != 0;
		}
		result |= irq->edge ? 2ull << (2 * n) : 0;
	}
	if (!is_write) {
		*value = result;
	}
}

/* The part that distributor and SGI frame have in common; `low` and `high` bound the INTIDs. */
static bool common(struct cpu *cpu, uint32_t slot, uint32_t offset, uint32_t size, bool is_write,
		   uint64_t *value)
{
	if (offset >= 0x400 && offset < 0x800) {
		priorities(cpu, slot, offset, size, is_write, value);
	} else if (size != 4) {
		return false;
	} else if (offset >= 0x080 && offset < 0x400) {
		bits(cpu, slot, offset, is_write, value);
	} else if (offset >= 0xC00 && offset < 0xD00) {
		configs(cpu, slot, offset, is_write, value);
	} else if (!is_write) {
		*value = 0;
	}
	return true;
}

/* INTIDs below 32 are the redistributors' business. */
static bool is_private_offset(uint32_t offset)
{
	return (offset < 0x400 && offset >= 0x080 && (offset & 0x7C) == 0) ||
	       (offset >= 0x400 && offset < 0x420) || (offset >= 0xC00 && offset < 0xC08);
}

static bool route(uint32_t slot, uint32_t offset, uint32_t size, bool is_write, uint64_t *value)
{
	uint32_t intid = (offset - 0x6000) / 8;
	uint32_t shift = (offset & 4) * 8;
	uint64_t *entry;

	if (intid < PRIVATE_INTIDS || intid >= VGIC_INTIDS) {
		if (!is_write) {
			*value = 0;
		}
		return true;
	}
	entry = &vgic_dist[slot].route[intid - PRIVATE_INTIDS];
	if (!is_write) {
		*value = *entry >> shift;
	} else if (size == 8) {
		*entry = *value & 0xFF80FFFFFFull;
	} else {
		*entry &= ~(0xFFFFFFFFull << shift);
		*entry |= (*value & 0xFFFFFFFF) << shift;
		*entry &= 0xFF80FFFFFFull;
	}
	return true;
}

static bool distributor(struct cpu *cpu, uint32_t slot, uint32_t offset, uint32_t size,
			bool is_write, uint64_t *value)
{
	struct vgic_dist *dist = &vgic_dist[slot];

	if (offset >= 0x6000 && offset < 0x8000 && size >= 4) {
		return route(slot, offset, size, is_write, value);
	}
	if (is_private_offset(offset)) {
		*value = is_write ? *value : 0;
		return true;
	}
	switch (offset) {
	case 0x0000:
		if (is_write) {
			dist->ctlr = *value & 3;
		} else {
			*value = dist->ctlr | CTLR_FIXED;
		}
		return size == 4;
	case 0x0004: /* 32 * (N + 1) INTIDs, 10 bits of INTID, no 1 of N */
		*value = is_write ? *value : (1u << 25) | (9u << 19) | (VGIC_INTIDS / 32 - 1);
		return size == 4;
	case 0x0008:
		*value = is_write ? *value : 0x0100143B;
		return size == 4;
	case GICD_PIDR2:
		*value = is_write ? *value : PIDR2_GICV3;
		return size == 4;
	default:
		return common(cpu, slot, offset, size, is_write, value);
	}
}

static bool redistributor(struct cpu *cpu, uint32_t slot, uint32_t offset, uint32_t size,
			  bool is_write, uint64_t *value)
{
	uint64_t type = (cpu->vp.hw_id & 0xFF00000000ull) << 24 | (cpu->vp.hw_id << 32) |
			(uint64_t)cpu->number << 8 | (cpu->number + 1 == vm.opt.vps ? 1u << 4 : 0);

	if (offset >= 0x10000) {
		return common(cpu, slot, offset - 0x10000, size, is_write, value);
	}
	switch (offset) {
	case 0x0008:
		*value = is_write ? *value : type;
		return size >= 4;
	case 0x000C:
		*value = is_write ? *value : type >> 32;
		return size == 4;
	case 0x0004:
		*value = is_write ? *value : 0x0100143B;
		return size == 4;
	case 0x0014: /* asleep until told otherwise; ChildrenAsleep follows at once */
		if (is_write) {
			cpu->vgic[slot].awake = (*value & 2) == 0;
		} else {
			*value = cpu->vgic[slot].awake ? 0 : 6;
		}
		return size == 4;
	case GICD_PIDR2:
		*value = is_write ? *value : PIDR2_GICV3;
		return size == 4;
	default:
		*value = is_write ? *value : 0;
		return true;
	}
}

bool vgic_mmio(struct cpu *cpu, uint32_t slot, uint64_t gpa, uint32_t size, bool is_write,
	       uint64_t *value)
{
	struct cpu *target;
	bool done;

	if ((gpa & (size - 1)) != 0) {
		return false;
	}
	/* What the list registers know must be in memory before it is read or changed. */
	vgic_sync(cpu);
	if (gpa >= VGIC_GICD) {
		done = distributor(cpu, slot, (uint32_t)(gpa - VGIC_GICD), size, is_write, value);
		if (is_write) {
			vgic_changed_all(slot);
		}
		return done;
	}
	target = &cpus[(gpa - VGIC_GICR) / VGIC_GICR_SIZE];
	if (slot == 1 && !target->vp.vtl2_enabled) {
		return false;
	}
	done = redistributor(target, slot, (uint32_t)(gpa - VGIC_GICR) % VGIC_GICR_SIZE, size,
			     is_write, value);
	if (is_write) {
		vgic_changed(target, slot);
	}
	return done;
}
