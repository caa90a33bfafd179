/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which x86-64 registers can be named in a hypercall, and where do they lie?
 *
 * The private ones of a VTL lie in its VMCB, the shared ones in struct cpu or in the processor. Of
 * another VP only a VTL that does not run there can be reached. No effect but the value.
 */
#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/machine.h"

#define NAME_RAX 0x00020000u
#define NAME_RSP 0x00020004u
#define NAME_R15 0x0002000Fu
#define NAME_RFLAGS 0x00020011u
#define NAME_CR0 0x00040000u
#define NAME_CR2 0x00040001u
#define NAME_CR8 0x00040004u
#define NAME_ES 0x00060000u
#define NAME_GS 0x00060005u
#define NAME_LDTR 0x00060006u
#define NAME_TR 0x00060007u
#define NAME_IDTR 0x00070000u
#define NAME_GDTR 0x00070001u
#define NAME_EFER 0x00080001u
#define NAME_APIC_BASE 0x00080003u
#define NAME_APIC_ID 0x0008000Cu
#define NAME_TSC_AUX 0x0008007Bu

#define EFER_KNOWN (EFER_SCE | EFER_LME | EFER_LMA | EFER_NXE | EFER_FFXSR)
#define ATTRIBUTES_RESERVED 0xF00ull

struct reg_row {
	uint32_t name;
	uint32_t offset;
};

#define ROW(name, field)                                                                           \
	{                                                                                          \
		name, offsetof(struct svm_save, field)                                             \
	}

static const struct reg_row rows[] = {
	ROW(0x00020004, rsp),	       ROW(0x00020010, rip),
	ROW(0x00020011, rflags),       ROW(0x00040000, cr0),
	ROW(0x00040002, cr3),	       ROW(0x00040003, cr4),
	ROW(0x00050004, dr6),	       ROW(0x00050005, dr7),
	ROW(0x00080001, efer),	       ROW(0x00080002, kernel_gs_base),
	ROW(0x00080004, pat),	       ROW(0x00080005, sysenter_cs),
	ROW(0x00080006, sysenter_eip), ROW(0x00080007, sysenter_esp),
	ROW(0x00080008, star),	       ROW(0x00080009, lstar),
	ROW(0x0008000A, cstar),	       ROW(0x0008000B, sfmask),
};

static bool is_reachable(const struct cpu *cpu, uint32_t vtl)
{
	return cpu == cpu_self() || !cpu->running || cpu->vp.active != vtl || cpu->parked;
}

static struct svm_segment *segment_of(struct svm_save *save, uint32_t name)
{
	if (name >= NAME_ES && name <= NAME_GS) {
		return &save->segment[name - NAME_ES];
	}
	if (name == NAME_LDTR) {
		return &save->ldtr;
	}
	return name == NAME_TR ? &save->tr : NULL;
}

static struct svm_segment *table_of(struct svm_save *save, uint32_t name)
{
	if (name == NAME_IDTR) {
		return &save->idtr;
	}
	return name == NAME_GDTR ? &save->gdtr : NULL;
}

/* A plain register of 64 bits: where it lies, or NULL. */
static uint64_t *place_of(struct cpu *cpu, uint32_t slot, uint32_t name)
{
	struct svm_save *save = &cpu->vmcb[slot]->save;
	uint32_t n;

	if (name >= NAME_RAX && name <= NAME_R15 && name != NAME_RSP) {
		return &cpu->gpr[name - NAME_RAX];
	}
	if (name == NAME_CR2) {
		/* Shared: the loaded VTL's is the live one. */
		return &cpu->vmcb[vtl_slot(cpu->vp.active)]->save.cr2;
	}
	if (name == NAME_TSC_AUX) {
		return &cpu->tsc_aux[slot];
	}
	for (n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		if (rows[n].name == name) {
			return (uint64_t *)((uint8_t *)save + rows[n].offset);
		}
	}
	return NULL;
}

static void get_segment(const struct svm_segment *segment, uint64_t value[2])
{
	value[0] = segment->base;
	value[1] = segment->limit | (uint64_t)segment->selector << 32 |
		   (uint64_t)svm_attributes_word(segment->attributes) << 48;
}

static bool read_only(const struct cpu *cpu, uint32_t name, uint64_t *value)
{
	if (name == REG_VSM_CODE_PAGE_OFFSETS) {
		*value = page_offsets();
		return true;
	}
	if (name == NAME_APIC_ID) {
		*value = cpu->vp.hw_id;
		return true;
	}
	return false;
}

uint16_t arch_reg_get(struct vp *vp, uint32_t vtl, uint32_t name, uint64_t value[2])
{
	struct cpu *cpu = cpu_of(vp);
	uint32_t slot = vtl_slot(vtl);
	struct svm_save *save = &cpu->vmcb[slot]->save;
	const uint64_t *place = place_of(cpu, slot, name);

	value[0] = 0;
	value[1] = 0;
	if (read_only(cpu, name, &value[0])) {
		return HV_SUCCESS;
	}
	if (!is_reachable(cpu, vtl)) {
		return HV_INVALID_VP_STATE;
	}
	if (place != NULL) {
		value[0] = *place & ~(name == NAME_EFER ? EFER_SVME : 0);
	} else if (segment_of(save, name) != NULL) {
		get_segment(segment_of(save, name), value);
	} else if (table_of(save, name) != NULL) {
		value[0] = (uint64_t)table_of(save, name)->limit << 48;
		value[1] = table_of(save, name)->base;
	} else if (name == NAME_CR8) {
		value[0] = cpu->lapic[slot].tpr >> 4;
	} else if (name == NAME_APIC_BASE) {
		value[0] = cpu->lapic[slot].base;
	} else {
		return (uint16_t)vm.opt.status_bad_register;
	}
	return HV_SUCCESS;
}

/* What the register can hold; VMRUN refuses other control registers, and the run ends then. */
static bool is_good_plain(uint32_t name, const uint64_t value[2])
{
	if (value[1] != 0) {
		return false;
	}
	switch (name) {
	case NAME_RFLAGS:
		return (value[0] & ~RFLAGS_KNOWN) == 0 && (value[0] & RFLAGS_FIXED) != 0;
	case NAME_CR0:
		return value[0] >> 32 == 0;
	case NAME_EFER:
		return (value[0] & ~EFER_KNOWN) == 0;
	default:
		return true;
	}
}

static uint16_t set_wide(struct svm_save *save, uint32_t name, const uint64_t value[2])
{
	struct svm_segment *segment = segment_of(save, name);
	struct svm_segment *table = table_of(save, name);

	if (segment != NULL) {
		if ((value[1] >> 48 & ATTRIBUTES_RESERVED) != 0) {
			return HV_INVALID_REGISTER_VALUE;
		}
		segment->base = value[0];
		segment->limit = (uint32_t)value[1];
		segment->selector = (uint16_t)(value[1] >> 32);
		segment->attributes = svm_attributes((uint16_t)(value[1] >> 48));
		if (name - NAME_ES == SVM_SS) {
			save->cpl = (segment->attributes >> 5) & 3;
		}
		return HV_SUCCESS;
	}
	if (table != NULL) {
		table->limit = (uint32_t)(value[0] >> 48);
		table->base = value[1];
		return HV_SUCCESS;
	}
	return (uint16_t)vm.opt.status_bad_register;
}

uint16_t arch_reg_set(struct vp *vp, uint32_t vtl, uint32_t name, const uint64_t value[2])
{
	struct cpu *cpu = cpu_of(vp);
	uint32_t slot = vtl_slot(vtl);
	uint64_t *place = place_of(cpu, slot, name);
	uint64_t ignored;

	if (read_only(cpu, name, &ignored) || name == NAME_APIC_BASE) {
		return (uint16_t)vm.opt.status_read_only;
	}
	if (!is_reachable(cpu, vtl)) {
		return HV_INVALID_VP_STATE;
	}
	if (name == NAME_CR8) {
		if (value[0] > 15 || value[1] != 0) {
			return HV_INVALID_REGISTER_VALUE;
		}
		cpu->lapic[slot].tpr = (uint32_t)value[0] << 4;
		return HV_SUCCESS;
	}
	if (place == NULL) {
		return set_wide(&cpu->vmcb[slot]->save, name, value);
	}
	if (!is_good_plain(name, value)) {
		return HV_INVALID_REGISTER_VALUE;
	}
	*place = value[0] | (name == NAME_EFER ? EFER_SVME : 0);
	return HV_SUCCESS;
}

void arch_privileges(uint32_t vtl, uint64_t value[2])
{
	/* Synthetic timers, the reference TSC page, frequencies. */
	value[0] |= 1ull << 3 | 1ull << 9 | 1ull << 11;
	/* Fast calls with XMM registers, frequencies, the crash registers, timers with vectors. */
	value[1] = (1ull << 4 | 1ull << 8 | 1ull << 10 | 1ull << 15 | 1ull << 19) << 32;
	if (vtl == 2) {
		value[0] |= 1ull << 7; /* the reset register */
	}
}
