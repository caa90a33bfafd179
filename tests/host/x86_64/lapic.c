/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does an interrupt reach the VTL that it is for?
 *
 * The APIC's state lies in memory. Before an entry its best interrupt becomes the VMCB's event when
 * the guest can take it now, else a request to leave the guest when it can. Only edges exist.
 * Called under the host's lock.
 */
#include "tests/host/x86_64/lapic.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/start_vp.h"
#include "tests/host/x86_64/timer.h"

#define BASE_BSP (1ull << 8)
#define BASE_X2APIC (1ull << 10)
#define BASE_ENABLE (1ull << 11)
#define BASE_ADDRESS 0xFEE00000ull
#define VERSION 0x00050014u
#define SINT_AUTO_EOI (1ull << 17)
#define SVR_ENABLE (1u << 8)
#define SVR_KNOWN 0x1FFu
#define LVT_MASKED (1u << 16)
#define LVT_KNOWN 0x107FFu
#define LVT_TIMER_KNOWN 0x310FFu /* no TSC deadline */

#define REG_ID 0x802
#define REG_VERSION 0x803
#define REG_TPR 0x808
#define REG_PPR 0x80A
#define REG_EOI 0x80B
#define REG_LDR 0x80D
#define REG_SVR 0x80F
#define REG_ISR 0x810
#define REG_TMR 0x818
#define REG_IRR 0x820
#define REG_ESR 0x828
#define REG_ICR 0x830
#define REG_LVT 0x832
#define REG_LVT_LAST 0x837
#define REG_TIMER_INITIAL 0x838
#define REG_TIMER_CURRENT 0x839
#define REG_TIMER_DIVIDE 0x83E
#define REG_SELF 0x83F

#define ICR_VECTOR(icr) ((uint32_t)(icr)&0xFF)
#define ICR_MODE(icr) ((uint32_t)((icr) >> 8) & 7)
#define ICR_LOGICAL(icr) (((icr) >> 11 & 1) != 0)
#define ICR_SHORTHAND(icr) ((uint32_t)((icr) >> 18) & 3)
#define ICR_DESTINATION(icr) ((uint32_t)((icr) >> 32))
#define ICR_KNOWN 0xFFFFFFFF000CCFFFull
#define MODE_FIXED 0
#define MODE_LOWEST 1
#define MODE_NMI 4
#define MODE_INIT 5
#define MODE_STARTUP 6
#define TO_DESTINATION 0
#define TO_SELF 1
#define TO_ALL 2
#define TO_OTHERS 3
#define TO_EVERYBODY 0xFFFFFFFFu

static void set_bit(uint32_t bits[8], uint32_t vector)
{
	bits[vector / 32] |= 1u << (vector % 32);
}

static void clear_bit(uint32_t bits[8], uint32_t vector)
{
	bits[vector / 32] &= ~(1u << (vector % 32));
}

/* The highest, 0 when there is none. */
static uint32_t highest(const uint32_t bits[8])
{
	int word;

	for (word = 7; word >= 0; word--) {
		if (bits[word] != 0) {
			return (uint32_t)word * 32 + 31 - (uint32_t)__builtin_clz(bits[word]);
		}
	}
	return 0;
}

static uint32_t ppr(const struct lapic *lapic)
{
	uint32_t served = highest(lapic->isr);

	return served >> 4 > lapic->tpr >> 4 ? served & 0xF0 : lapic->tpr;
}

/* The vector that may be delivered now, or 0. */
static uint32_t deliverable(const struct lapic *lapic)
{
	uint32_t vector = highest(lapic->irr);

	return vector >> 4 > ppr(lapic) >> 4 ? vector : 0;
}

static uint32_t ldr(const struct cpu *cpu)
{
	uint32_t id = (uint32_t)cpu->vp.hw_id;

	return id >> 4 << 16 | 1u << (id & 15);
}

void lapic_reset(struct cpu *cpu, uint32_t slot)
{
	struct lapic *lapic = &cpu->lapic[slot];
	uint32_t n;

	memset(lapic, 0, sizeof(*lapic));
	timer_reset(cpu, slot);
	lapic->base = BASE_ADDRESS | BASE_ENABLE | BASE_X2APIC | (cpu->number == 0 ? BASE_BSP : 0);
	lapic->svr = 0xFF;
	for (n = 0; n < sizeof(lapic->lvt) / sizeof(lapic->lvt[0]); n++) {
		lapic->lvt[n] = LVT_MASKED;
	}
}

bool lapic_wants(const struct cpu *cpu, uint32_t slot)
{
	const struct lapic *lapic = &cpu->lapic[slot];

	return lapic->nmi || ((lapic->svr & SVR_ENABLE) != 0 && deliverable(lapic) != 0);
}

bool lapic_can_interrupt(const struct cpu *cpu, uint32_t slot)
{
	return cpu->lapic[slot].nmi ||
	       ((cpu->vmcb[slot]->save.rflags & RFLAGS_IF) != 0 && lapic_wants(cpu, slot));
}

void lapic_raise(struct cpu *cpu, uint32_t slot, uint32_t vector, bool auto_eoi)
{
	struct lapic *lapic = &cpu->lapic[slot];

	if (vector < 16 || (lapic->svr & SVR_ENABLE) == 0) {
		return;
	}
	if (slot == 1) {
		enum fault_interrupt fault = fault_interrupt(vector);

		if (fault == FAULT_INTERRUPT_LOST) {
			return;
		}
		if (fault == FAULT_INTERRUPT_TWICE) {
			set_bit(lapic->again, vector);
		}
	}
	count(COUNT_INTERRUPT);
	lapic->auto_eoi[vector] = auto_eoi;
	set_bit(lapic->irr, vector);
	cpu_kick(cpu);
}

void lapic_nmi(struct cpu *cpu, uint32_t slot)
{
	cpu->lapic[slot].nmi = true;
	cpu_kick(cpu);
}

static void end(struct lapic *lapic, uint32_t vector)
{
	clear_bit(lapic->isr, vector);
	if ((lapic->again[vector / 32] >> (vector % 32) & 1) != 0) {
		clear_bit(lapic->again, vector);
		set_bit(lapic->irr, vector);
	}
}

static void begin(struct lapic *lapic, struct svm_control *control, uint32_t vector)
{
	clear_bit(lapic->irr, vector);
	set_bit(lapic->isr, vector);
	if (lapic->auto_eoi[vector]) {
		end(lapic, vector);
	}
	control->event_inject = SVM_EVENT_VALID | SVM_EVENT_INTR | vector;
}

void lapic_load(struct cpu *cpu, uint32_t slot)
{
	struct lapic *lapic = &cpu->lapic[slot];
	struct svm_vmcb *vmcb = cpu->vmcb[slot];
	struct svm_control *control = &vmcb->control;

	control->int_control = SVM_INT_V_MASKING | SVM_INT_V_IGN_TPR | lapic->tpr >> 4;
	control->intercept[0] &= ~(1u << (SVM_EXIT_VINTR & 31));
	if (!lapic_wants(cpu, slot)) {
		return;
	}
	if ((control->event_inject & SVM_EVENT_VALID) == 0) {
		if (lapic->nmi) {
			lapic->nmi = false;
			control->event_inject = SVM_EVENT_VALID | SVM_EVENT_NMI | 2;
			return;
		}
		if ((vmcb->save.rflags & RFLAGS_IF) != 0 && (control->int_shadow & 1) == 0) {
			begin(lapic, control, deliverable(lapic));
			return;
		}
	}
	/* Out of the guest as soon as it can take one. */
	control->int_control |= SVM_INT_V_IRQ;
	control->intercept[0] |= 1u << (SVM_EXIT_VINTR & 31);
}

void lapic_unload(struct cpu *cpu, uint32_t slot)
{
	uint32_t v_tpr = cpu->vmcb[slot]->control.int_control & 0xF;

	if (v_tpr != cpu->lapic[slot].tpr >> 4) {
		cpu->lapic[slot].tpr = v_tpr << 4;
	}
}

void lapic_take_back(struct cpu *cpu, uint32_t slot)
{
	struct svm_control *control = &cpu->vmcb[slot]->control;
	uint32_t vector = (uint32_t)control->event_inject & 0xFF;

	if ((control->event_inject & SVM_EVENT_VALID) != 0 &&
	    (control->event_inject >> 8 & 7) == SVM_EVENT_INTR) {
		clear_bit(cpu->lapic[slot].isr, vector);
		set_bit(cpu->lapic[slot].irr, vector);
	}
	control->event_inject = 0;
}

static bool is_target(const struct cpu *cpu, const struct cpu *target, uint64_t icr)
{
	uint32_t destination = ICR_DESTINATION(icr);

	switch (ICR_SHORTHAND(icr)) {
	case TO_SELF:
		return cpu == target;
	case TO_ALL:
		return true;
	case TO_OTHERS:
		return cpu != target;
	default:
		break;
	}
	if (destination == TO_EVERYBODY) {
		return true;
	}
	if (!ICR_LOGICAL(icr)) {
		return target->vp.hw_id == destination;
	}
	return destination >> 16 == ldr(target) >> 16 && (destination & ldr(target) & 0xFFFF) != 0;
}

static void deliver(struct cpu *target, uint32_t slot, uint64_t icr)
{
	switch (ICR_MODE(icr)) {
	case MODE_FIXED:
	case MODE_LOWEST:
		lapic_raise(target, slot, ICR_VECTOR(icr), false);
		break;
	case MODE_NMI:
		lapic_nmi(target, slot);
		break;
	case MODE_INIT:
		if (slot == 0) {
			start_init(target);
		}
		break;
	case MODE_STARTUP:
		if (slot == 0) {
			start_sipi(target, ICR_VECTOR(icr));
		}
		break;
	default:
		break;
	}
}

static bool write_icr(struct cpu *cpu, uint32_t slot, uint64_t icr)
{
	uint32_t n;

	if ((icr & ~ICR_KNOWN) != 0) {
		return false;
	}
	cpu->lapic[slot].icr = icr;
	for (n = 0; n < vm.opt.vps; n++) {
		if (is_target(cpu, &cpus[n], icr)) {
			deliver(&cpus[n], slot, icr);
			if (ICR_MODE(icr) == MODE_LOWEST) {
				break;
			}
		}
	}
	return true;
}

bool lapic_read_msr(struct cpu *cpu, uint32_t slot, uint32_t index, uint64_t *value)
{
	const struct lapic *lapic = &cpu->lapic[slot];

	if (index >= REG_ISR && index < REG_ESR) {
		const uint32_t *bits = index < REG_TMR ? lapic->isr :
				       index < REG_IRR ? lapic->tmr :
							 lapic->irr;

		*value = bits[index & 7];
		return true;
	}
	if (index >= REG_LVT && index <= REG_LVT_LAST) {
		*value = lapic->lvt[index - REG_LVT];
		return true;
	}
	switch (index) {
	case REG_ID:
		*value = cpu->vp.hw_id;
		return true;
	case REG_VERSION:
		*value = VERSION;
		return true;
	case REG_TPR:
		*value = lapic->tpr;
		return true;
	case REG_PPR:
		*value = ppr(lapic);
		return true;
	case REG_LDR:
		*value = ldr(cpu);
		return true;
	case REG_SVR:
		*value = lapic->svr;
		return true;
	case REG_ESR:
		*value = lapic->esr;
		return true;
	case REG_ICR:
		*value = lapic->icr;
		return true;
	case REG_TIMER_INITIAL:
		*value = lapic->timer_initial;
		return true;
	case REG_TIMER_CURRENT:
		*value = timer_current(cpu, slot);
		return true;
	case REG_TIMER_DIVIDE:
		*value = lapic->timer_divide;
		return true;
	default:
		return false;
	}
}

/* A value that this register can hold. */
static bool store(uint32_t *place, uint64_t value, uint64_t known)
{
	if ((value & ~known) != 0) {
		return false;
	}
	*place = (uint32_t)value;
	return true;
}

bool lapic_write_msr(struct cpu *cpu, uint32_t slot, uint32_t index, uint64_t value)
{
	struct lapic *lapic = &cpu->lapic[slot];

	if (index >= REG_LVT && index <= REG_LVT_LAST) {
		return store(&lapic->lvt[index - REG_LVT], value,
			     index == REG_LVT ? LVT_TIMER_KNOWN : LVT_KNOWN);
	}
	switch (index) {
	case REG_TPR:
		return store(&lapic->tpr, value, 0xFF);
	case REG_EOI:
		if (value == 0 && highest(lapic->isr) != 0) {
			end(lapic, highest(lapic->isr));
		}
		return value == 0;
	case REG_SVR:
		return store(&lapic->svr, value, SVR_KNOWN);
	case REG_ESR:
		return store(&lapic->esr, value, 0);
	case REG_ICR:
		return write_icr(cpu, slot, value);
	case REG_TIMER_INITIAL:
		if (value > 0xFFFFFFFF) {
			return false;
		}
		timer_set_initial(cpu, slot, (uint32_t)value);
		return true;
	case REG_TIMER_DIVIDE:
		return store(&lapic->timer_divide, value, 0xB);
	case REG_SELF:
		if (value < 16 || value > 255) {
			return false;
		}
		lapic_raise(cpu, slot, (uint32_t)value, false);
		return true;
	default:
		return false;
	}
}

bool arch_sint_vector(uint32_t vector)
{
	return vector >= 16;
}

void arch_raise(struct vp *vp, uint32_t vtl, uint32_t vector)
{
	const uint64_t *sints = vp->vtl[vtl_slot(vtl)].sint;
	bool auto_eoi = false;
	uint32_t n;

	for (n = 0; n < SINT_COUNT; n++) {
		auto_eoi = auto_eoi ||
			   ((sints[n] & 0xFF) == vector && (sints[n] & SINT_AUTO_EOI) != 0);
	}
	lapic_raise(cpu_of(vp), vtl_slot(vtl), vector, auto_eoi);
}

/* Type and control as in the interface: bit 0 level, bit 1 logical destination. */
uint16_t arch_assert(const struct arch_interrupt *interrupt)
{
	struct cpu *target = cpu_by_apic_id(interrupt->destination);
	uint32_t slot = vtl_slot(interrupt->vtl);

	if (interrupt->control != 0 || target == NULL) {
		return HV_INVALID_PARAMETER;
	}
	switch (interrupt->type) {
	case MODE_FIXED:
		if (interrupt->vector < 16 || interrupt->vector > 255) {
			return HV_INVALID_PARAMETER;
		}
		lapic_raise(target, slot, interrupt->vector, false);
		return HV_SUCCESS;
	case MODE_NMI:
		lapic_nmi(target, slot);
		return HV_SUCCESS;
	case MODE_INIT:
		if (slot != 0) {
			return HV_INVALID_PARAMETER;
		}
		start_init(target);
		return HV_SUCCESS;
	default:
		return HV_INVALID_PARAMETER;
	}
}
