/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why was the guest left, and who answers? One table of exception classes; a class that is not in
 * it means that the host is set up wrongly, and ends the run.
 */
#include "tests/host/arm64/trap.h"

#include "tests/host/arm64/sysreg.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"

void trap_handle(struct cpu *cpu, uint64_t kind);

static void handle_sync(struct cpu *cpu)
{
	uint64_t esr = sysreg_read(esr_el2);

	switch (ESR_EC(esr)) {
	case EC_HVC64:
		hvc_handle(cpu, (uint32_t)esr & 0xFFFF);
		break;
	case EC_SMC64:
		count(COUNT_SMC);
		cpu->x[0] = ~0ull;
		cpu->pc += 4;
		break;
	case EC_SYSREG:
		sysreg_handle(cpu, esr);
		break;
	case EC_CP15_32:
	case EC_CP15_64:
	case EC_CP14_32:
	case EC_CP14_LDC:
	case EC_CP14_64:
		/* A 32-bit program at EL0 at a register that the host traps. */
		inject_undefined(cpu, cpu->pc);
		break;
	case EC_IABT_LOWER:
	case EC_DABT_LOWER:
		abort_handle(cpu, esr);
		break;
	default:
		arch_fatal("exit with syndrome 0x%llx at pc 0x%llx of vtl %u",
			   (unsigned long long)esr, (unsigned long long)cpu->pc, cpu->vp.active);
	}
}

void trap_handle(struct cpu *cpu, uint64_t kind)
{
	host_lock();
	switch (kind) {
	case EXIT_SYNC:
		handle_sync(cpu);
		break;
	case EXIT_IRQ:
		irq_handle(cpu);
		break;
	default:
		arch_fatal("exit of kind %llu at pc 0x%llx of vtl %u, syndrome 0x%llx",
			   (unsigned long long)kind, (unsigned long long)cpu->pc, cpu->vp.active,
			   (unsigned long long)sysreg_read(esr_el2));
	}
	if (!cpu->running) {
		cpu_run(cpu);
	}
	cpu_prepare(cpu);
	host_unlock();
}
