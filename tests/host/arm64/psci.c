/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the host answer PSCI and the SMCCC functions that it owns? For VTL0 all of PSCI is the
 * host's; VTL2 may start its other processors and end the run. Function ids and error codes are
 * PSCI's, never a hypercall's.
 */
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/trap.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/inspect.h"
#include "tests/host/common/restart.h"
#include "tests/host/common/rng.h"

#define PSCI_VERSION 0x84000000u
#define PSCI_CPU_OFF 0x84000002u
#define PSCI_CPU_ON 0x84000003u
#define PSCI_CPU_ON_64 0xC4000003u
#define PSCI_AFFINITY_INFO 0x84000004u
#define PSCI_AFFINITY_INFO_64 0xC4000004u
#define PSCI_MIGRATE_INFO_TYPE 0x84000006u
#define PSCI_SYSTEM_OFF 0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u
#define PSCI_FEATURES 0x8400000Au
#define SMCCC_VERSION 0x80000000u
#define SMCCC_ARCH_FEATURES 0x80000001u
#define VENDOR_UID 0x8600FF01u

#define PSCI_SUCCESS 0
#define PSCI_NOT_SUPPORTED (-1)
#define PSCI_INVALID_PARAMETERS (-2)
#define PSCI_DENIED (-3)
#define PSCI_ALREADY_ON (-4)
#define PSCI_ON_PENDING (-5)
#define PSCI_INVALID_ADDRESS (-9)

#define AFFINITY_ON 0
#define AFFINITY_OFF 1
#define AFFINITY_ON_PENDING 2

#define RESET_TYPE_OFF 0
#define RESET_TYPE_REBOOT 1

static struct cpu *find_cpu(uint64_t affinity)
{
	uint32_t n;

	for (n = 0; n < vm.opt.vps; n++) {
		if (cpus[n].vp.hw_id == affinity) {
			return &cpus[n];
		}
	}
	return NULL;
}

static int64_t vtl2_cpu_on(struct cpu *target, uint64_t entry, uint64_t argument)
{
	uint64_t context[CONTEXT_WORDS];
	uint32_t n;

	if (vm.opt.start == OPTIONS_START_STARTVP) {
		return PSCI_DENIED;
	}
	if (target->vp.vtl2_started) {
		return PSCI_ALREADY_ON;
	}
	if (!target->vp.vtl2_enabled) {
		return PSCI_DENIED;
	}
	for (n = 0; n < CONTEXT_WORDS; n++) {
		context[n] = target->vp.enable_context[n];
	}
	context[0] = entry;
	arch_start_vp(&target->vp, 2, context);
	target->regs[vtl_slot(2)].pstate |= PSTATE_EL1H_MASKED; /* PSCI promises that */
	target->x[0] = argument;
	return PSCI_SUCCESS;
}

static bool vtl0_is_off(const struct vp *vp)
{
	return vp->vtl0_suspended || vp->vtl0_off;
}

static int64_t vtl0_cpu_on(struct cpu *target, uint64_t entry, uint64_t argument)
{
	struct vp *vp = &target->vp;

	if (vm.opt.cpu_on_dropped) {
		return PSCI_SUCCESS;
	}
	if (vp->vtl0_start_pending) {
		return PSCI_ON_PENDING;
	}
	if (!vm.has_vtl2 && !target->running) {
		uint64_t context[CONTEXT_WORDS] = { entry, 0, 0x30D00800 };

		arch_start_vp(vp, 0, context);
		target->x[0] = argument;
		return PSCI_SUCCESS;
	}
	if (vm.has_vtl2 && !vp->vtl2_started) {
		return PSCI_DENIED;
	}
	if (!vtl0_is_off(vp)) {
		return PSCI_ALREADY_ON;
	}
	vp->vtl0_start_pending = true;
	vp->vtl0_start_pc = entry;
	vp->vtl0_start_arg = argument;
	cpu_kick(target);
	return PSCI_SUCCESS;
}

static int64_t cpu_on(struct cpu *cpu, uint64_t affinity, uint64_t entry, uint64_t argument)
{
	struct cpu *target = find_cpu(affinity);

	count(COUNT_CPU_ON);
	if (target == NULL) {
		return PSCI_INVALID_PARAMETERS;
	}
	if ((entry & 3) != 0 || arch_access(cpu->vp.active, entry >> 12) == 0) {
		return PSCI_INVALID_ADDRESS;
	}
	if (cpu->vp.active != 0) {
		return vtl2_cpu_on(target, entry, argument);
	}
	return vtl0_cpu_on(target, entry, argument);
}

static int64_t affinity_info(struct cpu *cpu, uint64_t affinity, uint64_t level)
{
	const struct cpu *target = find_cpu(affinity);

	if (target == NULL || level != 0) {
		return PSCI_INVALID_PARAMETERS;
	}
	if (cpu->vp.active != 0) {
		return target->vp.vtl2_started ? AFFINITY_ON : AFFINITY_OFF;
	}
	if (target->vp.vtl0_start_pending) {
		return AFFINITY_ON_PENDING;
	}
	return !target->running || vtl0_is_off(&target->vp) ? AFFINITY_OFF : AFFINITY_ON;
}

static void cpu_off(struct cpu *cpu)
{
	if (cpu->vp.active != 0) {
		cpu->vp.vtl2_started = false;
		cpu->running = false;
		vgic_unload(cpu, 1);
		sysreg_write(cntv_ctl_el0, 0);
	} else {
		cpu->vp.vtl0_off = true;
	}
}

static void system_end(struct cpu *cpu, uint32_t type)
{
	const char *who;

	if (cpu->vp.active == 0 && (vm.config & CONFIG_ICEPT_RESET) != 0) {
		cpu->pc -= 4;
		(void)message_reset(cpu, type);
		return;
	}
	if (!inspect_end()) {
		arch_fatal("VTL2 at the end is not as it should be");
	}
	who = cpu->vp.active == 0 ? "asked for by VTL0" : "asked for by VTL2";
	if (type != RESET_TYPE_OFF) {
		restart_or_end(who);
	}
	host_end_run("off", who);
}

static int64_t features(uint32_t function)
{
	switch (function) {
	case SMCCC_VERSION:
	case PSCI_VERSION:
	case PSCI_CPU_OFF:
	case PSCI_CPU_ON:
	case PSCI_CPU_ON_64:
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO_64:
	case PSCI_MIGRATE_INFO_TYPE:
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
	case PSCI_FEATURES:
		return PSCI_SUCCESS;
	default:
		return PSCI_NOT_SUPPORTED;
	}
}

static void vendor_uid(struct cpu *cpu)
{
	/* A 32-bit call: the upper halves say nothing. */
	cpu->x[0] = 0x4D32BA58 | rng_poison() << 32;
	cpu->x[1] = 0xCD244764 | rng_poison() << 32;
	cpu->x[2] = 0x8EEF6C75 | rng_poison() << 32;
	cpu->x[3] = 0x16597024 | rng_poison() << 32;
}

static uint64_t argument(const struct cpu *cpu, uint32_t function, uint32_t n)
{
	return (function & 0x40000000) != 0 ? cpu->x[n] : (uint32_t)cpu->x[n];
}

bool psci_handle(struct cpu *cpu, uint32_t function)
{
	uint64_t a = argument(cpu, function, 1);
	uint64_t b = argument(cpu, function, 2);
	uint64_t c = argument(cpu, function, 3);
	int64_t result = PSCI_SUCCESS;
	uint32_t n;

	switch (function) {
	case PSCI_VERSION:
		result = 0x10001;
		break;
	case SMCCC_VERSION:
		result = 0x10002;
		break;
	case SMCCC_ARCH_FEATURES:
		result = a == SMCCC_VERSION || a == SMCCC_ARCH_FEATURES ? 0 : PSCI_NOT_SUPPORTED;
		break;
	case PSCI_FEATURES:
		result = features((uint32_t)a);
		break;
	case PSCI_MIGRATE_INFO_TYPE:
		result = 2;
		break;
	case PSCI_CPU_ON:
	case PSCI_CPU_ON_64:
		result = cpu_on(cpu, a, b, c);
		break;
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO_64:
		result = affinity_info(cpu, a, b);
		break;
	case PSCI_CPU_OFF:
		cpu_off(cpu);
		return true;
	case PSCI_SYSTEM_OFF:
		system_end(cpu, RESET_TYPE_OFF);
		return true;
	case PSCI_SYSTEM_RESET:
		system_end(cpu, RESET_TYPE_REBOOT);
		return true;
	case VENDOR_UID:
		vendor_uid(cpu);
		return true;
	default:
		return false;
	}
	cpu->x[0] = (uint64_t)result;
	/* SMCCC: result registers, even of a function that has one result. */
	for (n = 1; n <= 3 && !vm.opt.poison_off; n++) {
		cpu->x[n] = rng_next();
	}
	return true;
}
