/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the VSM host keep its own interface? A VTL2 image of the host's own, with a VTL0 of a few
 * instructions: no other software is needed to try the host. With two VPs it tries what works and
 * what is refused; with three and more it breaks a rule (bad.c).
 */
#include "tests/host/common/hv.h"
#include "tests/host/selftest/lib.h"
#include "tests/host/selftest/tests.h"

void test_main(void);

void test_main(void)
{
	uint64_t limits;

	if (get_register(0, REG_LIMITS, &limits) == 0 && (uint32_t)limits > 2) {
		test_bad((uint32_t)limits);
	}
	test_early();
	test_control_word();
	test_blocks();
	test_header();
	test_reps();
	test_both_conventions();
	test_vsm_config();
	test_protection_calls();
	test_vtl_calls();
	test_vtl0_edges();
	test_intercepts();
	test_forwarding();
	test_event();
	test_interrupt();
	test_private_registers();
	test_all_private();
	test_second_vp();
	test_preemption();
	test_message_slot();
	test_vtl0_hypercalls();
	test_attacks();
	finish();
}
