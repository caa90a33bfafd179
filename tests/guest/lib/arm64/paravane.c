/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload call Paravane, and how does it see that nothing else changed?
 *
 * The doors are what the tree's node says they are. A checked call fills every register it may
 * with a pattern and compares all of them afterwards, the SIMD ones and the flags included.
 */
#include "hv/arm64.h"
#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "paravane/services.h"
#include "tests/guest/lib/arm64/arm64.h"
#include "tests/guest/lib/arm64/sysreg.h"

#define DT_NODE PARAVANE_DT_PATH
#define PATTERN UINT64_C(0x5AA5C33C0FF00000)
#define NZCV_PATTERN UINT64_C(0xA0000000)

static uint64_t door_page;
static bool has_vtl_call;

bool paravane_init(void)
{
	uint64_t size = 0;

	if (!tree_lists(DT_NODE, "compatible", PARAVANE_DT_COMPATIBLE) ||
	    !tree_lists(DT_NODE, "method", PARAVANE_DT_METHOD_DOOR_PAGE) ||
	    !tree_reg(DT_NODE, &door_page, &size) || size < 4) {
		return false;
	}
	has_vtl_call = tree_lists(DT_NODE, "method", PARAVANE_DT_METHOD_VTL_CALL);
	return true;
}

bool paravane_has_vtl_call(void)
{
	return has_vtl_call;
}

uint64_t paravane_door_page(void)
{
	return door_page;
}

unsigned int service_doors(void)
{
	return THROUGH(DOOR_PAGE) | THROUGH(DOOR_VTL_CALL) | hypercall_doors();
}

/* By the SMC calling convention, and the native one. */
unsigned int hypercall_doors(void)
{
	return THROUGH(DOOR_HVC0) | THROUGH(DOOR_HYPERCALL);
}

struct result call(enum door door, uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3)
{
	struct registers r;
	memset(&r, 0, sizeof(r));
	r.x[0] = id;
	r.x[1] = a1;
	r.x[2] = a2;
	r.x[3] = a3;
	r.x[29] = door_page + PARAVANE_DOOR_OFFSET;
	call_with(&r, door);
	return (struct result){ { r.x[0], r.x[1], r.x[2], r.x[3] } };
}

/* What is private to VTL0 and must come back as it was. */
struct system_state {
	uint64_t value[12];
};

static struct system_state system_state(void)
{
	struct system_state s;

	s.value[0] = sysreg_read(sp_el0);
	s.value[1] = sysreg_read(tpidr_el0);
	s.value[2] = sysreg_read(tpidrro_el0);
	s.value[3] = sysreg_read(tpidr_el1);
	s.value[4] = sysreg_read(vbar_el1);
	s.value[5] = sysreg_read(sctlr_el1);
	s.value[6] = sysreg_read(cpacr_el1);
	s.value[7] = sysreg_read(ttbr0_el1);
	s.value[8] = sysreg_read(tcr_el1);
	s.value[9] = sysreg_read(mair_el1);
	s.value[10] = sysreg_read(daif);
	s.value[11] = sysreg_read(contextidr_el1);
	return s;
}

static void fill(struct registers *r)
{
	for (unsigned int i = 0; i < 31; i++) {
		r->x[i] = PATTERN + i;
	}
	for (unsigned int i = 0; i < 32; i++) {
		r->q[i][0] = ~PATTERN + i;
		r->q[i][1] = (PATTERN << 1) + i;
	}
	r->nzcv = NZCV_PATTERN;
}

static bool same(const char *what, unsigned int number, uint64_t before, uint64_t after)
{
	if (before != after) {
		print("# %s%u was 0x%lx, is 0x%lx\n", what, number, before, after);
	}
	return before == after;
}

static bool compare(const struct registers *before, const struct registers *after,
		    unsigned int results)
{
	bool all = same("flags ", 0, before->nzcv, after->nzcv);

	for (unsigned int i = results; i < 31; i++) {
		all = same("x", i, before->x[i], after->x[i]) && all;
	}
	for (unsigned int i = 0; i < 32; i++) {
		all = same("q (low) ", i, before->q[i][0], after->q[i][0]) && all;
		all = same("q (high) ", i, before->q[i][1], after->q[i][1]) && all;
	}
	return all;
}

bool call_checked(enum door door, uint64_t id, uint64_t a1, uint64_t a2, unsigned int results,
		  struct result *result)
{
	struct registers before;
	struct registers after;
	struct system_state state_before;
	struct system_state state_after;
	bool all = true;

	fill(&before);
	before.x[0] = id;
	before.x[1] = a1;
	before.x[2] = a2;
	before.x[29] = door_page + PARAVANE_DOOR_OFFSET;
	memcpy(&after, &before, sizeof(after));
	sysreg_write(tpidr_el0, PATTERN + 100);
	sysreg_write(tpidrro_el0, PATTERN + 101);
	sysreg_write(sp_el0, PATTERN + 102);
	sysreg_write(tpidr_el1, PATTERN + 103);
	state_before = system_state();
	call_with(&after, door);
	state_after = system_state();
	memcpy(result->x, after.x, sizeof(result->x));
	all = compare(&before, &after, results);
	for (unsigned int i = 0; i < 12; i++) {
		all = same("system register ", i, state_before.value[i], state_after.value[i]) &&
		      all;
	}
	return all;
}

bool ask(enum door door, uint64_t x[8])
{
	switch (door) {
	case DOOR_HVC0:
		call_at(x, (uint64_t)piece_hvc0, 0);
		break;
	case DOOR_HYPERCALL:
		call_at(x, (uint64_t)piece_hvc1, 0);
		break;
	case DOOR_VTL_CALL:
		call_at(x, (uint64_t)piece_hvc2, 0);
		break;
	case DOOR_SMC:
		call_at(x, (uint64_t)piece_smc, 0);
		break;
	default:
		call_at(x, (uint64_t)piece_page, door_page + PARAVANE_DOOR_OFFSET);
	}
	return true;
}

struct result open_call(enum door door, uint64_t id)
{
	uint64_t x[8] = { id };

	call_at(x, (uint64_t)(door == DOOR_PAGE ? piece_open_page : piece_open_hvc2),
		door_page + PARAVANE_DOOR_OFFSET);
	return (struct result){ { x[0], x[1], x[2], x[3] } };
}

uint64_t hypercall(enum door door, uint64_t control, const uint64_t words[6])
{
	uint64_t x[8] = { 0 };
	unsigned int shift = 0;

	if (door == DOOR_HVC0) {
		x[shift++] = HV_ARM64_SMCCC_HYPERCALL;
	}
	x[shift] = control;
	for (unsigned int i = 0; i < 6; i++) {
		x[shift + 1 + i] = words[i];
	}
	(void)ask(door, x);
	return x[0] & (HV_HYPERCALL_RESULT_MASK | HV_HYPERCALL_REP_COMP_MASK);
}

bool hypercall_open(void)
{
	const uint64_t words[6] = {
		HV_PARTITION_ID_SELF, HV_VP_INDEX_SELF, HV_REGISTER_GUEST_OS_ID, 0, 1, 0
	};
	uint64_t control = HVCALL_SET_VP_REGISTERS | HV_HYPERCALL_REP_COMP_1 | UINT64_C(1) << 16;

	return hypercall(DOOR_HYPERCALL, control, words) == HV_HYPERCALL_REP_COMP_1;
}
