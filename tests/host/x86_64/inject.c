/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a guest get an exception from the host? As the architecture's own, by event injection
 * at the loaded VTL's next entry.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/lapic.h"
#include "tests/host/x86_64/machine.h"

/* PendingEvent0: pending, type, "deliver error code", vector, error code. */
#define EVENT_PENDING 1ull
#define EVENT_TYPE 0xEull
#define EVENT_HAS_ERROR (1ull << 8)
#define EVENT_VECTOR(value) ((uint32_t)((value) >> 16) & 0xFFFF)
#define EVENT_KNOWN (EVENT_PENDING | EVENT_TYPE | EVENT_HAS_ERROR | 0xFFFFFFFFFFFF0000ull)
#define VECTOR_PF 14

static void inject(struct cpu *cpu, uint64_t event)
{
	struct svm_control *control = &cpu_vmcb(cpu)->control;

	lapic_take_back(cpu, vtl_slot(cpu->vp.active));
	control->event_inject = event | SVM_EVENT_EXCEPTION | SVM_EVENT_VALID;
}

void inject_exception(struct cpu *cpu, uint32_t vector)
{
	count(COUNT_UNDEF);
	inject(cpu, vector);
}

void inject_gp(struct cpu *cpu)
{
	count(COUNT_GP);
	inject(cpu, VECTOR_GP | SVM_EVENT_ERROR);
}

void inject_nothing(struct cpu *cpu, uint32_t length)
{
	struct svm_vmcb *vmcb = cpu_vmcb(cpu);

	vmcb->save.rip += length;
	if (!svm_is_long(vmcb)) {
		vmcb->save.rip &= 0xFFFFFFFF;
	}
	vmcb->control.int_shadow = 0;
}

bool arch_event_possible(const uint64_t value[2])
{
	/* An exception; nothing is taken away by writing one that is not pending. */
	return (value[0] & ~EVENT_KNOWN) == 0 && (value[0] & EVENT_TYPE) == 0 &&
	       EVENT_VECTOR(value[0]) < 32;
}

void inject_event(struct cpu *cpu)
{
	struct vp *vp = &cpu->vp;
	uint64_t value = vp->event0[0];
	uint64_t event = EVENT_VECTOR(value);

	count(COUNT_EVENT);
	if ((value & EVENT_HAS_ERROR) != 0) {
		event |= SVM_EVENT_ERROR | (value & 0xFFFFFFFF00000000ull);
	}
	if (EVENT_VECTOR(value) == VECTOR_PF) {
		cpu_vmcb(cpu)->save.cr2 = vp->event0[1];
	}
	inject(cpu, event);
	vp->event0[0] = 0;
	vp->event0[1] = 0;
}
