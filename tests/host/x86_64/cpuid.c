/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does CPUID say? The processor's own answers, without what a guest cannot have here, with
 * this VM's processors, and the hypervisor's leaves, in which VTL2 sees more than VTL0.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"
#include "tests/host/common/mem.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/intercept.h"
#include "tests/host/x86_64/machine.h"

#define LEAF_HV_FIRST 0x40000000u
#define LEAF_HV_INTERFACE 0x40000001u
#define LEAF_HV_VERSION 0x40000002u
#define LEAF_HV_LAST 0x40000006u
#define LEAF_EXTENDED 0x80000000u

#define LEAF1_ECX_MONITOR (1u << 3)
#define LEAF1_ECX_VMX (1u << 5)
#define LEAF1_ECX_X2APIC (1u << 21)
#define LEAF1_ECX_TSC_DEADLINE (1u << 24)
#define LEAF1_ECX_OSXSAVE (1u << 27)
#define LEAF1_ECX_HYPERVISOR (1u << 31)
#define LEAF1_EDX_MTRR (1u << 12)
#define LEAF1_EDX_HTT (1u << 28)
#define LEAF7_ECX_OSPKE (1u << 4)
#define LEAF7_ECX_LA57 (1u << 16)
#define EXTENDED_ECX_SVM (1u << 2)
#define EXTENDED_ECX_TOPOLOGY (1u << 22)

/* Bits of an APIC id below the package's. */
static uint32_t core_bits(void)
{
	uint32_t last = 0;
	uint32_t bits = 0;
	uint32_t n;

	for (n = 0; n < vm.opt.vps; n++) {
		uint32_t id = (uint32_t)vm_vp(n)->hw_id;

		last = id > last ? id : last;
	}
	while (last >> bits != 0) {
		bits++;
	}
	return bits;
}

static void leaf_1(const struct cpu *cpu, uint32_t out[4])
{
	uint32_t id = (uint32_t)cpu->vp.hw_id;

	out[1] = (out[1] & 0xFFFF) | (vm.opt.vps & 0xFF) << 16 | (id & 0xFF) << 24;
	out[2] &= ~(LEAF1_ECX_MONITOR | LEAF1_ECX_VMX | LEAF1_ECX_TSC_DEADLINE | LEAF1_ECX_OSXSAVE);
	out[2] |= LEAF1_ECX_X2APIC | LEAF1_ECX_HYPERVISOR;
	out[2] |= (cpu_vmcb(cpu)->save.cr4 & CR4_OSXSAVE) != 0 ? LEAF1_ECX_OSXSAVE : 0;
	out[3] &= ~LEAF1_EDX_MTRR;
	out[3] = vm.opt.vps > 1 ? out[3] | LEAF1_EDX_HTT : out[3] & ~LEAF1_EDX_HTT;
}

static void leaf_7(const struct cpu *cpu, uint32_t subleaf, uint32_t out[4])
{
	if (subleaf != 0) {
		return;
	}
	out[2] &= ~(LEAF7_ECX_OSPKE | LEAF7_ECX_LA57);
	out[2] |= (cpu_vmcb(cpu)->save.cr4 & CR4_PKE) != 0 ? LEAF7_ECX_OSPKE : 0;
}

/* One thread in each core, all cores in one package. */
static void leaf_topology(const struct cpu *cpu, uint32_t subleaf, uint32_t out[4])
{
	memset(out, 0, 4 * sizeof(out[0]));
	out[2] = subleaf & 0xFF;
	out[3] = (uint32_t)cpu->vp.hw_id;
	if (subleaf == 0) {
		out[1] = 1;
		out[2] |= 1u << 8;
	} else if (subleaf == 1) {
		out[0] = core_bits();
		out[1] = vm.opt.vps;
		out[2] |= 2u << 8;
	}
}

static void leaf_hypervisor(const struct cpu *cpu, uint32_t leaf, uint32_t out[4])
{
	struct hypercall call = { .vp = (struct vp *)&cpu->vp, .vtl = cpu->vp.active };
	uint64_t value[2] = { 0, 0 };

	memset(out, 0, 4 * sizeof(out[0]));
	if (leaf == LEAF_HV_FIRST) {
		out[0] = LEAF_HV_LAST;
		memcpy(&out[1], "Microsoft Hv", 12);
		return;
	}
	if (leaf == LEAF_HV_INTERFACE) {
		memcpy(&out[0], "Hv#1", 4);
		return;
	}
	if (leaf == LEAF_HV_VERSION) {
		(void)regs_get(&call, call.vp, call.vtl, REG_HV_VERSION, value);
	} else if (leaf <= LEAF_HV_LAST) {
		(void)regs_get(&call, call.vp, call.vtl, REG_PRIVILEGES + leaf - 0x40000003u,
			       value);
	}
	memcpy(out, value, sizeof(value));
}

/* Is this a leaf that the processor or the host defines? */
static bool is_defined(uint32_t leaf)
{
	uint32_t last[4];

	if (leaf >= LEAF_HV_FIRST && leaf < LEAF_HV_FIRST + 0x10000) {
		return leaf <= LEAF_HV_LAST;
	}
	cpuid(leaf & LEAF_EXTENDED, 0, last);
	return leaf <= last[0];
}

static void answer(const struct cpu *cpu, uint32_t leaf, uint32_t subleaf, uint32_t out[4])
{
	if (leaf >= LEAF_HV_FIRST && leaf < LEAF_HV_FIRST + 0x10000) {
		leaf_hypervisor(cpu, leaf, out);
		return;
	}
	memset(out, 0, 4 * sizeof(out[0]));
	if (!is_defined(leaf)) {
		return;
	}
	cpuid(leaf, subleaf, out);
	switch (leaf) {
	case 1:
		leaf_1(cpu, out);
		break;
	case 5:
	case 0x8000000A:
	case 0x8000001E:
		memset(out, 0, 4 * sizeof(out[0]));
		break;
	case 7:
		leaf_7(cpu, subleaf, out);
		break;
	case 0xB:
		leaf_topology(cpu, subleaf, out);
		break;
	case 0x80000001:
		out[2] &= ~(EXTENDED_ECX_SVM | EXTENDED_ECX_TOPOLOGY);
		break;
	case 0x80000008:
		out[2] = vm.opt.vps - 1;
		break;
	default:
		break;
	}
}

static bool is_intercepted(uint32_t leaf)
{
	return intercept_cpuid(leaf) ||
	       ((vm.config & CONFIG_ICEPT_CPUID) != 0 && !is_defined(leaf));
}

void cpuid_handle(struct cpu *cpu)
{
	uint32_t leaf = (uint32_t)cpu->gpr[GPR_RAX];
	uint32_t out[4];

	count(COUNT_CPUID);
	answer(cpu, leaf, (uint32_t)cpu->gpr[GPR_RCX], out);
	if (cpu->vp.active == 0 && cpu->vp.vtl2_started && is_intercepted(leaf)) {
		(void)message_cpuid(cpu, out);
		return;
	}
	cpu->gpr[GPR_RAX] = out[0];
	cpu->gpr[GPR_RBX] = out[1];
	cpu->gpr[GPR_RCX] = out[2];
	cpu->gpr[GPR_RDX] = out[3];
	inject_nothing(cpu, 2);
}
