/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does an interrupt reach the VTL that it is for?
 *
 * The state of each interrupt lies in memory; the best four of the loaded VTL are copied to the
 * list registers before an entry and read back when anything changed or the VTL is left. A VTL that
 * is not loaded keeps its state in memory, and vgic_wants tells whether it must be entered. Only
 * group 1 is ever delivered. Called under the host's lock.
 */
#include "tests/host/arm64/vgic.h"

#include <stddef.h>

#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"

/* AssertVirtualInterrupt. */
#define INTERRUPT_FIXED 0u
#define CONTROL_ASSERTED 4u

#define LR_PENDING (1ull << 62)
#define LR_ACTIVE (1ull << 63)
#define LR_HW (1ull << 61)
#define LR_GROUP1 (1ull << 60)
#define LR_EOI (1ull << 41)
#define ICH_HCR_EN 1u
#define ICH_HCR_UIE 2u
#define PRIORITY_MASK 0xF8u
#define NO_INTID 0xFFFFFFFFu

struct vgic_dist vgic_dist[VTL_SLOTS];

void vgic_init(void)
{
	uint32_t slot;
	uint32_t n;

	for (slot = 0; slot < VTL_SLOTS; slot++) {
		for (n = 0; n < VGIC_SPIS; n++) {
			vgic_dist[slot].route[n] = 0;
		}
	}
}

void vgic_init_cpu(struct cpu *cpu)
{
	uint32_t slot;
	uint32_t n;

	for (slot = 0; slot < VTL_SLOTS; slot++) {
		for (n = 0; n < 16; n++) {
			cpu->vgic[slot].irq[n].edge = true;
		}
		cpu->vgic[slot].stale = true;
	}
}

static void write_lr(uint32_t n, uint64_t value)
{
	switch (n) {
	case 0:
		sysreg_write(ich_lr0_el2, value);
		break;
	case 1:
		sysreg_write(ich_lr1_el2, value);
		break;
	case 2:
		sysreg_write(ich_lr2_el2, value);
		break;
	default:
		sysreg_write(ich_lr3_el2, value);
		break;
	}
}

static uint64_t read_lr(uint32_t n)
{
	switch (n) {
	case 0:
		return sysreg_read(ich_lr0_el2);
	case 1:
		return sysreg_read(ich_lr1_el2);
	case 2:
		return sysreg_read(ich_lr2_el2);
	default:
		return sysreg_read(ich_lr3_el2);
	}
}

void vgic_init_hardware(void)
{
	uint32_t n;

	for (n = 0; n < LIST_REGS; n++) {
		write_lr(n, 0);
	}
	sysreg_write(ich_vmcr_el2, 0);
	sysreg_write(ich_ap0r0_el2, 0);
	sysreg_write(ich_ap1r0_el2, 0);
	sysreg_write(ich_hcr_el2, ICH_HCR_EN);
}

struct vgic_irq *vgic_irq(struct cpu *cpu, uint32_t slot, uint32_t intid)
{
	if (intid < PRIVATE_INTIDS) {
		return &cpu->vgic[slot].irq[intid];
	}
	return intid < VGIC_INTIDS ? &vgic_dist[slot].spi[intid - PRIVATE_INTIDS] : NULL;
}

/* For numbers that are not VTL0's or VTL2's word: a list register's, a candidate's, a device's. */
static struct vgic_irq *known_irq(struct cpu *cpu, uint32_t slot, uint32_t intid)
{
	struct vgic_irq *irq = vgic_irq(cpu, slot, intid);

	if (irq == NULL) {
		arch_fatal("there is no interrupt %u", intid);
	}
	return irq;
}

void vgic_changed(struct cpu *cpu, uint32_t slot)
{
	cpu->vgic[slot].changed = true;
	if (slot == 1 || vtl_slot(cpu->vp.active) == slot) {
		cpu_kick(cpu);
	}
}

void vgic_changed_all(uint32_t slot)
{
	uint32_t n;

	for (n = 0; n < vm.opt.vps; n++) {
		vgic_changed(&cpus[n], slot);
	}
}

/* The processor that an SPI is for; one that does not exist gets nothing. */
static struct cpu *spi_target(uint32_t slot, uint32_t intid)
{
	uint64_t route = vgic_dist[slot].route[intid - PRIVATE_INTIDS];
	uint32_t n;

	if ((route & (1ull << 31)) != 0) {
		return &cpus[0];
	}
	for (n = 0; n < vm.opt.vps; n++) {
		if (cpus[n].vp.hw_id == (route & 0xFF00FFFFFFull)) {
			return &cpus[n];
		}
	}
	return NULL;
}

/* Does this interrupt come at all, or even twice? */
static bool comes(uint32_t slot, uint32_t intid, struct vgic_irq *irq)
{
	enum fault_interrupt fault = slot == 1 ? fault_interrupt(intid) : FAULT_INTERRUPT_COMES;

	irq->again = irq->again || fault == FAULT_INTERRUPT_TWICE;
	return fault != FAULT_INTERRUPT_LOST;
}

void vgic_set_line(struct cpu *cpu, uint32_t slot, uint32_t intid, bool level)
{
	struct vgic_irq *irq = known_irq(cpu, slot, intid);

	if (irq->line == level || (level && !comes(slot, intid, irq))) {
		return;
	}
	irq->line = level;
	if (level && irq->edge) {
		irq->latch = true;
	}
	vgic_changed(cpu, slot);
}

void vgic_set_spi(uint32_t slot, uint32_t intid, bool level)
{
	struct cpu *cpu = spi_target(slot, intid);
	struct vgic_irq *irq = known_irq(NULL, slot, intid);

	if (irq->owner != 0) {
		vgic_changed(&cpus[irq->owner - 1], slot);
	}
	if (cpu != NULL) {
		vgic_set_line(cpu, slot, intid, level);
	} else {
		irq->latch = irq->latch || (level && irq->edge && !irq->line);
		irq->line = level;
	}
}

void vgic_timer_fired(struct cpu *cpu)
{
	uint32_t slot = vtl_slot(cpu->vp.active);

	cpu->timer_active = true;
	cpu->vgic[slot].irq[VGIC_TIMER_INTID].latch = true;
	cpu->vgic[slot].changed = true;
}

void vgic_send_sgi(struct cpu *cpu, uint32_t slot, uint64_t value)
{
	uint32_t intid = (value >> 24) & 0xF;
	uint64_t cluster = ((value >> 16) & 0xFF) << 8 | ((value >> 32) & 0xFF) << 16 |
			   ((value >> 48) & 0xFF) << 32;
	uint32_t base = (uint32_t)((value >> 44) & 0xF) * 16;
	uint32_t n;

	count(COUNT_SGI);
	for (n = 0; n < vm.opt.vps; n++) {
		struct cpu *target = &cpus[n];
		uint64_t id = target->vp.hw_id;
		uint32_t low = id & 0xFF;
		bool hit;

		if ((value & (1ull << 40)) != 0) {
			hit = target != cpu;
		} else {
			hit = (id & ~0xFFull) == cluster && low >= base && low < base + 16 &&
			      ((value >> (low - base)) & 1) != 0;
		}
		if (hit && comes(slot, intid, &target->vgic[slot].irq[intid])) {
			target->vgic[slot].irq[intid].latch = true;
			vgic_changed(target, slot);
		}
	}
}

static bool timer_asserts(void)
{
	uint64_t ctl = sysreg_read(cntv_ctl_el0);

	return (ctl & 7) == 5;
}

static void sync_one(struct cpu *cpu, uint32_t slot, uint64_t lr)
{
	uint32_t intid = (uint32_t)lr;
	struct vgic_irq *irq = known_irq(cpu, slot, intid);
	bool pending = (lr & LR_PENDING) != 0;

	irq->active = (lr & LR_ACTIVE) != 0;
	if (!irq->active && !pending) {
		irq->owner = 0;
		irq->latch = irq->latch || irq->again;
		irq->again = false;
	}
	/* A level that is still high is found again through `line`. */
	irq->latch = irq->latch || (pending && irq->from_latch);
	if ((lr & LR_HW) == 0) {
		return;
	}
	if (irq->latch && !irq->active && !timer_asserts()) {
		irq->latch = false;
		irq_timer_set_active(cpu, false);
	}
	cpu->timer_active = irq->latch || irq->active;
}

void vgic_sync(struct cpu *cpu)
{
	uint32_t slot = vtl_slot(cpu->vp.active);
	struct vgic_cpu *vgic = &cpu->vgic[slot];
	uint32_t n;

	for (n = 0; n < vgic->loaded; n++) {
		sync_one(cpu, slot, read_lr(n));
		write_lr(n, 0);
		vgic->changed = true;
	}
	vgic->loaded = 0;
}

static bool is_mine(struct cpu *cpu, uint32_t slot, uint32_t intid, const struct vgic_irq *irq)
{
	if (intid < PRIVATE_INTIDS) {
		return true;
	}
	if (irq->owner != 0) {
		return irq->owner == cpu->number + 1;
	}
	return spi_target(slot, intid) == cpu;
}

/* Active ones first: the guest's end of interrupt must find them. Then by priority. */
static uint32_t rank(const struct vgic_irq *irq, uint32_t intid)
{
	return (irq->active ? 0 : 1u << 24) | (uint32_t)irq->priority << 16 | intid;
}

static void insert(struct vgic_cpu *vgic, uint32_t key)
{
	uint32_t n = vgic->candidates;

	if (n == LIST_REGS) {
		vgic->more = true;
		if (vgic->candidate[n - 1] < key) {
			return;
		}
		n--;
	} else {
		vgic->candidates++;
	}
	while (n > 0 && vgic->candidate[n - 1] > key) {
		vgic->candidate[n] = vgic->candidate[n - 1];
		n--;
	}
	vgic->candidate[n] = key;
}

static void scan(struct cpu *cpu, uint32_t slot)
{
	struct vgic_cpu *vgic = &cpu->vgic[slot];
	bool enabled = (vgic_dist[slot].ctlr & 2) != 0;
	uint32_t intid;

	vgic->candidates = 0;
	vgic->more = false;
	for (intid = 0; intid < VGIC_INTIDS; intid++) {
		const struct vgic_irq *irq = vgic_irq(cpu, slot, intid);
		bool pending = irq->latch || (irq->line && !irq->edge);

		if (!irq->active && !(pending && irq->enabled && irq->group1 && enabled)) {
			continue;
		}
		if (is_mine(cpu, slot, intid, irq)) {
			insert(vgic, rank(irq, intid));
		}
	}
	vgic->changed = false;
}

static void load_one(struct cpu *cpu, uint32_t slot, uint32_t n, uint32_t intid)
{
	struct vgic_irq *irq = known_irq(cpu, slot, intid);
	uint64_t lr = intid | (uint64_t)irq->priority << 48 | LR_GROUP1;
	bool ready = irq->enabled && irq->group1 && (vgic_dist[slot].ctlr & 2) != 0;

	lr |= irq->active ? LR_ACTIVE : 0;
	if (intid == VGIC_TIMER_INTID) {
		lr |= LR_HW | (uint64_t)PPI_VIRTUAL_TIMER << 32;
		lr |= irq->latch && !irq->active ? LR_PENDING : 0;
		irq->from_latch = true;
		irq->latch = irq->latch && irq->active;
	} else if (irq->latch && ready) {
		lr |= LR_PENDING;
		irq->from_latch = true;
		irq->latch = false;
	} else if (irq->line && !irq->edge) {
		lr |= LR_EOI;
		lr |= ready && !irq->active ? LR_PENDING : 0;
		irq->from_latch = false;
	}
	irq->owner = (uint8_t)(cpu->number + 1);
	write_lr(n, lr);
}

void vgic_load(struct cpu *cpu, uint32_t slot)
{
	struct vgic_cpu *vgic = &cpu->vgic[slot];
	const struct vgic_irq *timer = &vgic->irq[VGIC_TIMER_INTID];
	uint32_t n;

	if (!vgic->changed && !vgic->stale) {
		return;
	}
	if (vgic->loaded != 0) {
		vgic_sync(cpu);
	}
	if (cpu->timer_active != (timer->latch || timer->active)) {
		cpu->timer_active = timer->latch || timer->active;
		irq_timer_set_active(cpu, cpu->timer_active);
	}
	if (vgic->changed) {
		scan(cpu, slot);
	}
	for (n = 0; n < vgic->candidates; n++) {
		load_one(cpu, slot, n, vgic->candidate[n] & 0xFFFF);
	}
	vgic->loaded = vgic->candidates;
	vgic->stale = false;
	sysreg_write(ich_hcr_el2, ICH_HCR_EN | (vgic->more ? ICH_HCR_UIE : 0));
}

void vgic_unload(struct cpu *cpu, uint32_t slot)
{
	if (cpu->vgic[slot].loaded != 0) {
		vgic_sync(cpu);
	}
	if (cpu->timer_active) {
		cpu->timer_active = false;
		irq_timer_set_active(cpu, false);
	}
	sysreg_write(ich_hcr_el2, ICH_HCR_EN);
	cpu->vgic[slot].stale = true;
}

bool vgic_wants(struct cpu *cpu, uint32_t slot)
{
	struct vgic_cpu *vgic = &cpu->vgic[slot];
	const struct vtl_regs *regs = &cpu->regs[slot];
	uint32_t limit = (regs->ich_vmcr >> 24) & 0xFF;
	uint32_t n;

	if (vgic->changed) {
		scan(cpu, slot);
		vgic->loaded = 0;
	}
	if (vgic->candidates == 0 || (regs->ich_vmcr & 2) == 0) {
		return false;
	}
	if (regs->ich_ap1r0 != 0) {
		uint32_t running = (uint32_t)__builtin_ctz((uint32_t)regs->ich_ap1r0) << 3;

		limit = running < limit ? running : limit;
	}
	for (n = 0; n < vgic->candidates; n++) {
		uint32_t intid = vgic->candidate[n] & 0xFFFF;
		const struct vgic_irq *irq = known_irq(cpu, slot, intid);

		if (!irq->active && (irq->priority & PRIORITY_MASK) < limit) {
			return true;
		}
	}
	return false;
}

void arch_raise(struct vp *vp, uint32_t vtl, uint32_t intid)
{
	struct cpu *cpu = cpu_of(vp);
	struct vgic_irq *irq = vgic_irq(cpu, vtl_slot(vtl), intid);

	if (irq != NULL && comes(vtl_slot(vtl), intid, irq)) {
		irq->latch = true;
		vgic_changed(cpu, vtl_slot(vtl));
	}
}

uint16_t arch_assert(const struct arch_interrupt *interrupt)
{
	bool level = (interrupt->control & CONTROL_ASSERTED) != 0;
	uint32_t slot = vtl_slot(interrupt->vtl);
	uint32_t intid = interrupt->vector;
	uint32_t n;

	if (interrupt->type != INTERRUPT_FIXED || (interrupt->control & ~CONTROL_ASSERTED) != 0 ||
	    intid >= VGIC_INTIDS) {
		return HV_INVALID_PARAMETER;
	}
	if (intid >= PRIVATE_INTIDS && !vm.opt.assert_needs_mpidr) {
		vgic_set_spi(slot, intid, level);
		return HV_SUCCESS;
	}
	for (n = 0; n < vm.opt.vps; n++) {
		if (cpus[n].vp.hw_id != (interrupt->destination & 0xFF00FFFFFFull)) {
			continue;
		}
		if (intid >= PRIVATE_INTIDS) {
			vgic_set_spi(slot, intid, level);
		} else {
			vgic_set_line(&cpus[n], slot, intid, level);
		}
		return HV_SUCCESS;
	}
	return HV_INVALID_PARAMETER;
}
