/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens on an exception, and how do processors start and stop?
 *
 * PSCI by the conduit that the tree names. Each processor expects its own exceptions.
 */
#include "smccc/psci.h"
#include "tests/guest/lib/arm64/arm64.h"
#include "tests/guest/lib/arm64/sysreg.h"

#define MPIDR_AFFINITY UINT64_C(0xFF00FFFFFF)
#define SECONDARY_STACK 4096

/* Layout known to start.S. */
struct frame {
	uint64_t x[31];
	uint64_t elr;
	uint64_t spsr;
	uint64_t unused;
};
_Static_assert(sizeof(struct frame) == 272, "start.S");

/* The first field is known to start.S. */
struct secondary {
	uint64_t stack_end;
	void (*function)(uint64_t);
	uint64_t argument;
};

void exception_taken(struct frame *frame, uint64_t vector);
__attribute__((noreturn)) void secondary_main(struct secondary *self);
extern uint8_t secondary_entry[];

/* By Aff0: the machines these payloads run on count their processors there. */
static bool expecting[SECONDARIES_MAX + 1];
static struct exception last[SECONDARIES_MAX + 1];
static void (*interrupt_function)(void);
static struct secondary secondaries[SECONDARIES_MAX];
static uint8_t stacks[SECONDARIES_MAX][SECONDARY_STACK] __attribute__((aligned(16)));
static unsigned int secondary_count;

static unsigned int self(void)
{
	return sysreg_read(mpidr_el1) % (SECONDARIES_MAX + 1);
}

void exception_expect(void)
{
	memset(&last[self()], 0, sizeof(last[0]));
	expecting[self()] = true;
}

struct exception exception_end(void)
{
	expecting[self()] = false;
	return last[self()];
}

bool exception_is_refusal(const struct exception *seen, uint64_t address)
{
	uint64_t ec = ESR_EC(seen->cause);

	return seen->taken && (ec == EC_DATA_ABORT_SAME_EL || ec == EC_FETCH_ABORT_SAME_EL) &&
	       ESR_FSC(seen->cause) == FSC_SYNC_EXTERNAL && seen->address == address;
}

bool exception_is_undefined(const struct exception *seen)
{
	return seen->taken && ESR_EC(seen->cause) == EC_UNKNOWN;
}

void interrupt_by(void (*function)(void))
{
	interrupt_function = function;
}

void exception_taken(struct frame *frame, uint64_t vector)
{
	uint64_t esr = sysreg_read(esr_el1);
	uint64_t far = sysreg_read(far_el1);

	/* 4 and 5: synchronous and IRQ, from this exception level with its own stack. */
	if (vector == 5 && interrupt_function != NULL) {
		interrupt_function();
		return;
	}
	if (expecting[self()] && vector == 4 && !last[self()].taken) {
		last[self()].taken = true;
		last[self()].cause = esr;
		last[self()].address = far;
		last[self()].at = frame->elr;
		/* An unknown instruction and an abort come back to the same one: step over. Where
		 * nothing could be fetched, back to the caller. */
		frame->elr = ESR_EC(esr) == EC_FETCH_ABORT_SAME_EL ? frame->x[30] : frame->elr + 4;
		return;
	}
	print("# exception by vector %lu: ESR 0x%lx FAR 0x%lx ELR 0x%lx SPSR 0x%lx\n", vector, esr,
	      far, frame->elr, frame->spsr);
	for (unsigned int i = 0; i < 31; i++) {
		print("# x%u 0x%016lx%c", i, frame->x[i], i % 4 == 3 || i == 30 ? '\n' : ' ');
	}
	ok(false, "no unexpected exception");
	report_end();
	power_off();
}

uint64_t my_id(void)
{
	return sysreg_read(mpidr_el1) & MPIDR_AFFINITY;
}

int64_t psci(uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3)
{
	const char *method = tree_string("/psci", "method");
	bool smc = method != NULL && strcmp(method, "smc") == 0;
	struct result result = call(smc ? DOOR_SMC : DOOR_HVC0, id, a1, a2, a3);

	return (int32_t)result.x[0];
}

void power_off(void)
{
	psci(PSCI_SYSTEM_OFF, 0, 0, 0);
	print("# PSCI SYSTEM_OFF came back\n");
	for (;;) {
		wait_for_event();
	}
}

void reset(void)
{
	psci(PSCI_SYSTEM_RESET, 0, 0, 0);
	print("# PSCI SYSTEM_RESET came back\n");
	for (;;) {
		wait_for_event();
	}
}

void secondary_main(struct secondary *self)
{
	self->function(self->argument);
	psci(PSCI_CPU_OFF, 0, 0, 0);
	for (;;) {
		wait_for_event();
	}
}

uint64_t secondary_prepare(void (*function)(uint64_t), uint64_t argument)
{
	struct secondary *other = &secondaries[secondary_count];

	if (secondary_count >= SECONDARIES_MAX) {
		return 0;
	}
	other->stack_end = (uint64_t)&stacks[secondary_count][SECONDARY_STACK];
	other->function = function;
	other->argument = argument;
	secondary_count++;
	publish();
	return (uint64_t)other;
}

int64_t secondary_on(uint64_t mpidr, uint64_t prepared)
{
	return psci(PSCI_CPU_ON_64, mpidr, (uint64_t)secondary_entry, prepared);
}

bool secondary_start(uint64_t id, void (*function)(uint64_t), uint64_t argument)
{
	uint64_t prepared = secondary_prepare(function, argument);

	return prepared != 0 && secondary_on(id, prepared) == PSCI_RET_SUCCESS;
}

uint64_t ticks(void)
{
	return sysreg_read(cntvct_el0);
}

uint64_t second(void)
{
	return sysreg_read(cntfrq_el0);
}

void wait_for_event(void)
{
	__asm__ volatile("wfe" : : : "memory");
}

void publish(void)
{
	__asm__ volatile("dsb sy\n\tsev" : : : "memory");
}
