/* SPDX-License-Identifier: BSD-2-Clause */
/* The VP context of an IGVM file; igvm_vp.h says what this file may and may not do. */
#include "tests/host/common/igvm_vp.h"

#include "tests/host/common/bytes.h"

/* Offsets in VP_CONTEXT. */
#define VP_GPA 0
#define VP_FILE_OFFSET 12
#define VP_INDEX 16
#define VP_RESERVED 18

/* The list: a count, then records of this form. */
#define LIST_HEAD 4U
#define RECORD_SIZE 32U
#define RECORD_VTL 0
#define RECORD_NAME 1
#define RECORD_ZERO 5
#define RECORD_LOW 16
#define RECORD_HIGH 24

#define SCTLR_M 0x1U
#define CR0_PG 0x80000000U

struct name_range {
	uint32_t first;
	uint32_t last;
};

static const struct name_range names_arm64[] = {
	{ IGVM_REG_X0, IGVM_REG_X0 + 7 },	    { IGVM_REG_XPC, IGVM_REG_CPSR },
	{ IGVM_REG_SCTLR_EL1, IGVM_REG_SCTLR_EL1 }, { IGVM_REG_TTBR0_EL1, IGVM_REG_TCR_EL1 },
	{ IGVM_REG_MAIR_EL1, IGVM_REG_VBAR_EL1 },
};

static const struct name_range names_x64[] = {
	{ 0x00020004, 0x00020006 },	    /* RSP RBP RSI */
	{ 0x00020008, 0x0002000C },	    /* R8 to R12 */
	{ IGVM_REG_RIP, IGVM_REG_RIP + 1 }, /* and RFLAGS */
	{ IGVM_REG_CR0, IGVM_REG_CR0 },	    { IGVM_REG_CR3, IGVM_REG_CR4 },
	{ 0x00060000, 0x00060005 }, /* ES CS SS DS FS GS */
	{ 0x00060007, 0x00060007 }, /* TR */
	{ 0x00070000, 0x00070001 }, /* IDTR GDTR */
	{ 0x00080001, 0x00080001 }, /* EFER */
	{ 0x00080004, 0x00080004 }, /* PAT */
	{ 0x0008000E, 0x0008000E }, /* MTRRs from here on */
	{ 0x00080010, 0x00080014 },	    { 0x00080040, 0x00080044 },
	{ 0x00080070, 0x00080071 },	    { 0x00080077, 0x0008007A },
};

static bool name_known(enum igvm_arch arch, uint32_t name)
{
	bool arm = arch == IGVM_ARCH_ARM64;
	const struct name_range *row = arm ? names_arm64 : names_x64;
	uint32_t count = arm ? sizeof(names_arm64) / sizeof(names_arm64[0]) :
			       sizeof(names_x64) / sizeof(names_x64[0]);
	uint32_t i;

	for (i = 0; i < count; i++) {
		if (name >= row[i].first && name <= row[i].last) {
			return true;
		}
	}
	return false;
}

/* Segment and table registers fill their 16 bytes, all others leave the upper half zero. */
static bool name_is_wide(uint32_t name)
{
	return name >> 16 == 0x6 || name >> 16 == 0x7;
}

static struct igvm_register *find(struct igvm_result *result, uint32_t name)
{
	uint32_t i;

	for (i = 0; i < result->reg_count; i++) {
		if (result->regs[i].name == name) {
			return &result->regs[i];
		}
	}
	return NULL;
}

bool igvm_register(const struct igvm_result *result, uint32_t name, uint64_t *value)
{
	uint32_t i;

	for (i = 0; i < result->reg_count; i++) {
		if (result->regs[i].name == name) {
			*value = result->regs[i].low;
			return true;
		}
	}
	return false;
}

static enum igvm_err read_record(const uint8_t *record, struct igvm_result *result)
{
	struct igvm_register *reg = &result->regs[result->reg_count];
	uint32_t i;

	reg->name = bytes_le32(record + RECORD_NAME);
	reg->low = bytes_le64(record + RECORD_LOW);
	reg->high = bytes_le64(record + RECORD_HIGH);
	result->value = reg->name;
	if (record[RECORD_VTL] != result->vtl) {
		return IGVM_BAD_REG_VTL;
	}
	for (i = RECORD_ZERO; i < RECORD_LOW; i++) {
		if (record[i] != 0) {
			return IGVM_BAD_RESERVED;
		}
	}
	if (!name_known(result->arch, reg->name)) {
		return IGVM_BAD_REG_NAME;
	}
	if (find(result, reg->name) != NULL) {
		return IGVM_BAD_REG_TWICE;
	}
	if (!name_is_wide(reg->name) && reg->high != 0) {
		return IGVM_BAD_REG_VALUE;
	}
	result->reg_count++;
	result->value = 0;
	return IGVM_OK;
}

enum igvm_err igvm_vp_read(const struct igvm_file *file, const uint8_t *body,
			   struct igvm_result *result)
{
	uint32_t offset = bytes_le32(body + VP_FILE_OFFSET);
	const uint8_t *list;
	uint32_t count;
	uint32_t i;
	enum igvm_err err;

	if (bytes_le16(body + VP_RESERVED) != 0) {
		return IGVM_BAD_RESERVED;
	}
	if (bytes_le16(body + VP_INDEX) != 0) {
		return IGVM_BAD_VP_INDEX;
	}
	if (bytes_le64(body + VP_GPA) != 0 || offset == 0) {
		return IGVM_BAD_VP_GPA;
	}
	err = igvm_file_data(file, offset, LIST_HEAD, &list);
	if (err != IGVM_OK) {
		return err;
	}
	count = bytes_le32(list);
	if (count == 0 || count > IGVM_REGS_MAX) {
		result->value = count;
		return IGVM_BAD_REG_COUNT;
	}
	err = igvm_file_data(file, offset, LIST_HEAD + (uint64_t)count * RECORD_SIZE, &list);
	for (i = 0; err == IGVM_OK && i < count; i++) {
		err = read_record(list + LIST_HEAD + i * RECORD_SIZE, result);
	}
	return err;
}

bool igvm_vp_pc(const struct igvm_result *result, uint64_t *pc)
{
	bool arm = result->arch == IGVM_ARCH_ARM64;

	return igvm_register(result, arm ? IGVM_REG_XPC : IGVM_REG_RIP, pc);
}

void igvm_vp_move(const struct igvm_reloc *reloc, struct igvm_result *result)
{
	bool arm = result->arch == IGVM_ARCH_ARM64;
	struct igvm_register *pc = find(result, arm ? IGVM_REG_XPC : IGVM_REG_RIP);
	struct igvm_register *root = find(result, arm ? IGVM_REG_TTBR0_EL1 : IGVM_REG_CR3);
	struct igvm_register *gdtr = find(result, IGVM_REG_GDTR);

	if (pc != NULL && (reloc->flags & IGVM_RELOC_PC) != 0) {
		pc->low += reloc->delta;
	}
	if (gdtr != NULL && (reloc->flags & IGVM_RELOC_GDTR) != 0) {
		gdtr->high += reloc->delta;
	}
	if (root != NULL && reloc->has_tables) {
		root->low += reloc->delta;
	}
}

bool igvm_vp_paging(const struct igvm_result *result)
{
	bool arm = result->arch == IGVM_ARCH_ARM64;
	uint64_t control = 0;

	(void)igvm_register(result, arm ? IGVM_REG_SCTLR_EL1 : IGVM_REG_CR0, &control);
	return (control & (arm ? SCTLR_M : CR0_PG)) != 0;
}
