/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a hostile VTL0 try? (the order of the rows)
 *
 * Each line "row A-nn F|B|H doors=.. vps=.. rounds=.. checks=.. pass" is one attack that ran to its
 * end. scripts/attack-summary reads them. Command line, numbers in hexadecimal: seed=, vtl2=,
 * vtl2size=; only= (rows.c), rounds= (of A-44, by each door), times= (rows.c's few()), late= and
 * millis= (irq.c).
 */
#include "tests/guest/attack/attack.h"

void guest_main(void)
{
	if (!ok(paravane_init() && paravane_has_vtl_call(), "the doors are there")) {
		return;
	}
	model_begin();
	rows_begin();
	address_rows();
	field_rows();
	smccc_rows();
	leak_rows();
	own_rows();
	irq_rows();
	hyper_rows();
	own_hyper_rows();
	start_rows();
	race_rows();
	rows_end();
}
