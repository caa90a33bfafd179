/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does RDMSR or WRMSR do? The hypervisor's registers are those of the hypercalls, by one
 * table; the local APIC and the few architectural ones that are kept for each VTL are here. What is
 * nobody's goes to VTL2 when it asked for that, else it is a general protection fault.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"
#include "tests/host/common/inspect.h"
#include "tests/host/common/restart.h"
#include "tests/host/x86_64/boot.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/intercept.h"
#include "tests/host/x86_64/lapic.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/timer.h"

#define MSR_TSC 0x10
#define MSR_APIC_BASE 0x1B
#define MSR_UCODE_REVISION 0x8B
#define MSR_MTRR_CAP 0xFE
#define MSR_PAT 0x277
#define MSR_MTRR_DEF_TYPE 0x2FF
#define MSR_X2APIC_FIRST 0x800
#define MSR_X2APIC_LAST 0x8FF
#define MSR_HV_HYPERCALL 0x40000001
#define MSR_HV_RESET 0x40000003
#define MSR_HV_REFERENCE_TSC 0x40000021
#define MSR_HV_TSC_HZ 0x40000022
#define MSR_HV_APIC_HZ 0x40000023
#define MSR_HV_STIMER_FIRST 0x400000B0
#define MSR_HV_STIMER_LAST 0x400000B7
#define MSR_MCG_CAP 0x179
#define MSR_MCG_STATUS 0x17A

#define EFER_WRITABLE (EFER_SCE | EFER_LME | EFER_NXE | EFER_FFXSR)

struct range {
	uint32_t first;
	uint32_t last;
	uint32_t name; /* of the register that the first one is */
};

static const struct range ranges[] = {
	{ 0x40000000, 0x40000000, REG_GUEST_OS_ID },
	{ 0x40000002, 0x40000002, REG_VP_INDEX },
	{ 0x40000020, 0x40000020, REG_TIME_REF_COUNT },
	{ 0x40000073, 0x40000073, REG_VP_ASSIST_PAGE },
	{ 0x40000080, 0x40000084, REG_SCONTROL },
	{ 0x40000090, 0x4000009F, REG_SINT0 },
	{ 0x40000100, 0x40000105, REG_CRASH_P0 },
};

static bool find_register(uint32_t index, uint32_t *name)
{
	uint32_t n;

	for (n = 0; n < sizeof(ranges) / sizeof(ranges[0]); n++) {
		if (index >= ranges[n].first && index <= ranges[n].last) {
			*name = ranges[n].name + (index - ranges[n].first);
			return true;
		}
	}
	return false;
}

/* PAT has eight fields; not every value is a memory type. */
static bool is_good_pat(uint64_t value)
{
	uint32_t n;

	for (n = 0; n < 8; n++) {
		uint32_t type = (value >> (8 * n)) & 0xFF;

		if (type > 7 || type == 2 || type == 3) {
			return false;
		}
	}
	return true;
}

static bool write_efer(struct svm_save *save, uint64_t value)
{
	uint64_t old = save->efer;

	if ((value & ~(EFER_WRITABLE | EFER_LMA)) != 0) {
		return false;
	}
	if ((save->cr0 & CR0_PG) != 0 && ((value ^ old) & EFER_LME) != 0) {
		return false;
	}
	save->efer = (value & EFER_WRITABLE) | (old & EFER_LMA) | EFER_SVME;
	return true;
}

/* False: not a register that the host has. *good: no fault. */
static bool read_msr(struct cpu *cpu, uint32_t index, uint64_t *value, bool *good)
{
	struct hypercall call = { .vp = &cpu->vp, .vtl = cpu->vp.active };
	uint32_t slot = vtl_slot(call.vtl);
	uint64_t wide[2] = { 0, 0 };
	uint32_t name;

	*good = true;
	*value = 0;
	if (find_register(index, &name)) {
		*good = regs_get(&call, call.vp, call.vtl, name, wide) == HV_SUCCESS;
		*value = wide[0];
		return true;
	}
	if (index >= MSR_X2APIC_FIRST && index <= MSR_X2APIC_LAST) {
		*good = lapic_read_msr(cpu, slot, index, value);
		return true;
	}
	if (index >= MSR_HV_STIMER_FIRST && index <= MSR_HV_STIMER_LAST) {
		*value = timer_get(cpu, slot, index - MSR_HV_STIMER_FIRST);
		return true;
	}
	switch (index) {
	case MSR_HV_HYPERCALL:
		*value = page_msr(call.vtl);
		return true;
	case MSR_HV_REFERENCE_TSC:
		*value = timer_page(slot);
		return true;
	case MSR_HV_TSC_HZ:
		*value = boot_tsc_hz();
		return true;
	case MSR_HV_APIC_HZ:
		*value = TIMER_APIC_HZ;
		return true;
	case MSR_HV_RESET:
		*good = call.vtl == vm.opt.vtl;
		return true;
	case MSR_TSC:
		*value = rdtsc();
		return true;
	case MSR_APIC_BASE:
		*value = cpu->lapic[slot].base;
		return true;
	case MSR_EFER:
		*value = cpu_vmcb(cpu)->save.efer & ~EFER_SVME;
		return true;
	case MSR_PAT:
		*value = cpu_vmcb(cpu)->save.pat;
		return true;
	case MSR_UCODE_REVISION:
	case MSR_MCG_CAP: /* no banks */
	case MSR_MCG_STATUS:
	case MSR_MTRR_CAP: /* there are none */
	case MSR_MTRR_DEF_TYPE:
		return true;
	default:
		return false;
	}
}

static bool write_reset(struct cpu *cpu, uint64_t value)
{
	if (cpu->vp.active != vm.opt.vtl || value > 1) {
		return false;
	}
	if (value == 1) {
		if (!inspect_end()) {
			arch_fatal("VTL2 at the end is not as it should be");
		}
		restart_or_end("by the reset register");
	}
	return true;
}

static bool write_msr(struct cpu *cpu, uint32_t index, uint64_t value, bool *good)
{
	struct hypercall call = { .vp = &cpu->vp, .vtl = cpu->vp.active };
	uint32_t slot = vtl_slot(call.vtl);
	uint64_t wide[2] = { value, 0 };
	uint32_t name;

	*good = true;
	if (find_register(index, &name)) {
		*good = regs_set(&call, call.vp, call.vtl, name, wide) == HV_SUCCESS;
		return true;
	}
	if (index >= MSR_X2APIC_FIRST && index <= MSR_X2APIC_LAST) {
		*good = lapic_write_msr(cpu, slot, index, value);
		return true;
	}
	if (index >= MSR_HV_STIMER_FIRST && index <= MSR_HV_STIMER_LAST) {
		*good = timer_set(cpu, slot, index - MSR_HV_STIMER_FIRST, value);
		return true;
	}
	switch (index) {
	case MSR_HV_REFERENCE_TSC:
		*good = timer_set_page(slot, value);
		return true;
	case MSR_HV_HYPERCALL:
		*good = page_set_msr(call.vtl, value);
		return true;
	case MSR_HV_RESET:
		*good = write_reset(cpu, value);
		return true;
	case MSR_APIC_BASE:
		*good = value == cpu->lapic[slot].base;
		return true;
	case MSR_EFER:
		*good = write_efer(&cpu_vmcb(cpu)->save, value);
		return true;
	case MSR_PAT:
		*good = is_good_pat(value);
		if (*good) {
			cpu_vmcb(cpu)->save.pat = value;
		}
		return true;
	case MSR_UCODE_REVISION:
		return true;
	case MSR_MCG_STATUS:
		*good = value == 0;
		return true;
	case MSR_TSC:
	case MSR_HV_TSC_HZ:
	case MSR_HV_APIC_HZ:
	case MSR_MCG_CAP:
	case MSR_MTRR_CAP:
	case MSR_MTRR_DEF_TYPE:
		*good = false;
		return true;
	default:
		return false;
	}
}

void msr_handle(struct cpu *cpu)
{
	bool is_write = cpu_vmcb(cpu)->control.exit_info1 != 0;
	uint32_t index = (uint32_t)cpu->gpr[GPR_RCX];
	uint64_t value = (uint32_t)cpu->gpr[GPR_RAX] | cpu->gpr[GPR_RDX] << 32;
	bool good;
	bool known;

	count(COUNT_MSR);
	known = is_write ? write_msr(cpu, index, value, &good) :
			   read_msr(cpu, index, &value, &good);
	if (!known && cpu->vp.active == 0 && intercept_msr(is_write)) {
		(void)message_msr(cpu, is_write);
		return;
	}
	if (!known || !good) {
		inject_gp(cpu);
		return;
	}
	if (!is_write) {
		cpu->gpr[GPR_RAX] = (uint32_t)value;
		cpu->gpr[GPR_RDX] = value >> 32;
	}
	inject_nothing(cpu, 2);
}
