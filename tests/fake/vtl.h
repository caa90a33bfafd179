/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What else does the fake architecture of VTL2 do, and what was it asked for? (vtl/vtl_arch.h)
 *
 * Its intercept messages carry the decoded structs themselves: see fake_message_*().
 */
#ifndef TESTS_FAKE_VTL_H
#define TESTS_FAKE_VTL_H

#include "vtl/vtl_arch.h"

#include "hv/synic.h"

#define FAKE_VTL_RECORDS 128
#define FAKE_CONTEXT_SIZE 72
#define FAKE_KICK 15

struct fake_vtl {
	/* What it answers. */
	enum err identify_err;
	enum err start_err;
	enum err hold_err;
	enum err abort_err;
	enum err operand_err;
	enum err irq_init_err;
	bool end_returns;		  /* power-off and reboot come back */
	void (*on_switch)(struct vp *vp); /* VTL0's turn; after the last one: NULL */
	uint32_t switches_left;
	bool from_user; /* accesses are those of VTL0's user mode */
	uint32_t irq_count;
	uint32_t irq[FAKE_VTL_RECORDS]; /* pending, in this order */

	/* What was asked. */
	uint32_t identifies;
	uint32_t features;
	uint32_t starts_without;
	uint32_t reports;
	uint32_t switches;
	uint64_t entry;
	uint64_t handover;
	struct mem_access access; /* that was taken last */
	uint32_t aborts;
	struct mem_access abort;
	uint32_t refusals;
	uint32_t irq_inits;
	uint32_t irq_enabled_count;
	uint32_t irq_enabled[FAKE_VTL_RECORDS];
	uint32_t irq_taken;
	uint32_t irq_ended_count;
	uint32_t irq_ended[FAKE_VTL_RECORDS];
	uint32_t kicks;
	uint32_t power_offs;
	uint32_t reboots;
	const struct vp *held; /* by the architecture's own way */
	uint32_t other_type;   /* the last message of a type that is only an architecture's */
	bool other_known;      /* which this one answers */
	/* One letter for each thing whose order matters: E end of interrupt, ... */
	char order[64];
};
extern struct fake_vtl fake_vtl;

void fake_vtl_reset(void);
void fake_vtl_note(char letter);

/* Messages as this architecture's hypervisor writes them. */
struct hv_message fake_message_memory(uint32_t type, const struct mem_access *access);
struct hv_message fake_message_hypercall(bool is_hypercall, uint64_t pc);

#endif
