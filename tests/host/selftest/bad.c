/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the host end the run of a VTL2 that breaks the interface's rules? Each of these never comes
 * back: the host must end it with a named reason, or the run has no end. The number of processors
 * says which one is meant.
 */
#include "tests/host/selftest/tests.h"

#include <stddef.h>

#include "tests/host/common/hv.h"
#include "tests/host/selftest/lib.h"

#define SINT_INTID 18
#define NOWHERE 0xEFFE0000ull
#define CONFIG (CONFIG_ENABLE_PROTECTION | 0xFull << 1 | CONFIG_ICEPT_NOT_PRESENT)

static void set_up(void)
{
	(void)set_register(0, REG_GUEST_OS_ID, 1);
	(void)set_register(0, REG_VSM_PARTITION_CONFIG, CONFIG);
	(void)set_register(0, REG_VP_ASSIST_PAGE, (uint64_t)assist_page | 1);
	(void)set_register(0, REG_SCONTROL, 1);
	(void)set_register(0, REG_SIMP, (uint64_t)message_page | 1);
	(void)set_register(0, REG_SINT0, SINT_INTID);
	controller_on(0);
}

/* VTL0 runs into nothing again and again; VTL2 does of what is due only what it is told to. */
static void serve(bool acknowledges, bool empties)
{
	struct vtl0 regs = { .x = { 0, NOWHERE } };

	(void)run_vtl0(vtl0_load, &regs);
	for (;;) {
		if (acknowledges) {
			(void)acknowledge();
		}
		if (empties) {
			*(volatile uint32_t *)message_page = 0;
		}
		(void)run_vtl0(NULL, &regs);
	}
}

static void use_reserved_slots(void)
{
	struct vtl0 regs = { .x = { 0 } };

	*(volatile uint64_t *)(assist_page + ASSIST_RETURN_SLOTS) = 1;
	(void)run_vtl0(vtl0_nothing, &regs);
}

void test_bad(uint32_t which)
{
	set_up();
	switch (which) {
	case 3:
		serve(false, true);
		break;
	case 4:
		use_reserved_slots();
		break;
	case 5:
		serve(true, false);
		break;
	default: /* with slot=pending: EOM is not written */
		serve(true, true);
		break;
	}
}
