/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which arm64 registers can be named in a hypercall, and where do they lie?
 *
 * A register of a VTL that is loaded on the calling processor lies in the processor, of one that is
 * not in struct vtl_regs; the shared ones lie in struct cpu. Of another VP only a VTL that is not
 * loaded there, or waits in the host, can be reached. No effect but the value.
 */
#include <stddef.h>

#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"

#define NAME_X0 0x00020000u
#define NAME_X18 0x00020012u
#define NAME_X30 0x0002001Eu
#define NAME_SP 0x0002001Fu
#define NAME_XZR 0x0002FFFEu
#define NAME_MIDR 0x00022000u
#define NAME_MPIDR 0x00022005u
#define NAME_MPIDR_OLD 0x00040001u

struct reg_row {
	uint32_t name;
	uint32_t offset;
};

#define ROW(name, field)                                                                           \
	{                                                                                          \
		name, offsetof(struct vtl_regs, field)                                             \
	}

static const struct reg_row rows[] = {
	ROW(0x00020012, x18),	  ROW(0x00020020, sp_el0),     ROW(0x00020021, sp_el1),
	ROW(0x00020022, pc),	  ROW(0x00020023, pstate),     ROW(0x00040002, sctlr),
	ROW(0x00040003, actlr),	  ROW(0x00040004, cpacr),      ROW(0x00040005, ttbr0),
	ROW(0x00040006, ttbr1),	  ROW(0x00040007, tcr),	       ROW(0x00040008, esr),
	ROW(0x00040009, far),	  ROW(0x0004000A, par),	       ROW(0x0004000B, mair),
	ROW(0x0004000C, vbar),	  ROW(0x0004000D, contextidr), ROW(0x0004000E, tpidr_el1),
	ROW(0x00040010, tpidrro), ROW(0x00040011, tpidr_el0),  ROW(0x00040012, fpcr),
	ROW(0x00040013, fpsr),	  ROW(0x00040014, spsr),       ROW(0x00040015, elr),
	ROW(0x00040016, afsr0),	  ROW(0x00040018, amair),      ROW(0x0005004D, mdscr),
	ROW(0x00058008, cntkctl), ROW(0x0005800E, cntv_ctl),   ROW(0x0005800F, cntv_cval),
};

static bool is_loaded(const struct cpu *cpu, uint32_t vtl)
{
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): no register lies at address 0 */
	return cpu->running && cpu->vp.active == vtl && !cpu->parked;
}

/* Registers that are the same for both VTLs, and read-only ones; NULL when it is none of them. */
static uint64_t *shared_register(struct cpu *cpu, uint32_t name)
{
	if (name >= NAME_X0 && name <= NAME_X30 && name != NAME_X18) {
		return &cpu->x[name - NAME_X0];
	}
	return NULL;
}

static uint64_t *private_register(struct vtl_regs *regs, uint32_t name)
{
	uint32_t n;

	if (name == NAME_SP) {
		return (regs->pstate & 1) != 0 ? &regs->sp_el1 : &regs->sp_el0;
	}
	for (n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		if (rows[n].name == name) {
			return (uint64_t *)((uint8_t *)regs + rows[n].offset);
		}
	}
	return NULL;
}

static bool read_only(struct cpu *cpu, uint32_t name, uint64_t *value)
{
	switch (name) {
	case NAME_MIDR:
		*value = sysreg_read(midr_el1);
		return true;
	case NAME_MPIDR:
	case NAME_MPIDR_OLD:
		*value = 0x80000000ull | cpu->vp.hw_id;
		return true;
	case NAME_XZR:
		*value = 0;
		return true;
	case REG_GICR_BASE:
		*value = VGIC_GICR + (uint64_t)cpu->number * VGIC_GICR_SIZE;
		return true;
	default:
		return false;
	}
}

/* Status other than success: these registers cannot be reached now. */
static uint16_t reach(struct cpu *cpu, uint32_t vtl)
{
	if (cpu != cpu_self() && is_loaded(cpu, vtl)) {
		return HV_INVALID_VP_STATE;
	}
	return HV_SUCCESS;
}

uint16_t arch_reg_get(struct vp *vp, uint32_t vtl, uint32_t name, uint64_t value[2])
{
	struct cpu *cpu = cpu_of(vp);
	struct vtl_regs *regs = &cpu->regs[vtl_slot(vtl)];
	uint64_t *place = shared_register(cpu, name);
	uint16_t status = reach(cpu, vtl);

	value[1] = 0;
	if (read_only(cpu, name, &value[0])) {
		return HV_SUCCESS;
	}
	if (status != HV_SUCCESS) {
		return status;
	}
	if (place == NULL) {
		if (is_loaded(cpu, vtl)) {
			context_save(cpu, regs);
		}
		place = private_register(regs, name);
	}
	if (place == NULL) {
		return (uint16_t)vm.opt.status_bad_register;
	}
	value[0] = *place;
	return HV_SUCCESS;
}

/* EL0 or EL1, 64-bit, no illegal bits: what an exception return at EL2 can enter. */
static bool is_good_pstate(uint64_t value)
{
	uint64_t mode = value & 0x1F;

	return value <= 0xFFFFFFFF && (mode == 0 || mode == 4 || mode == 5);
}

uint16_t arch_reg_set(struct vp *vp, uint32_t vtl, uint32_t name, const uint64_t value[2])
{
	struct cpu *cpu = cpu_of(vp);
	struct vtl_regs *regs = &cpu->regs[vtl_slot(vtl)];
	uint64_t *place = shared_register(cpu, name);
	uint16_t status = reach(cpu, vtl);
	uint64_t ignored;

	if (read_only(cpu, name, &ignored)) {
		return (uint16_t)vm.opt.status_read_only;
	}
	if (status != HV_SUCCESS) {
		return status;
	}
	if (place != NULL) {
		*place = value[0];
		return HV_SUCCESS;
	}
	if (is_loaded(cpu, vtl)) {
		context_save(cpu, regs);
	}
	place = private_register(regs, name);
	if (place == NULL) {
		return (uint16_t)vm.opt.status_bad_register;
	}
	if (value[1] != 0 || (place == &regs->pstate && !is_good_pstate(value[0])) ||
	    (place == &regs->pc && (value[0] & 3) != 0)) {
		return HV_INVALID_REGISTER_VALUE;
	}
	*place = value[0];
	if (is_loaded(cpu, vtl)) {
		context_load(cpu, regs);
	}
	return HV_SUCCESS;
}
