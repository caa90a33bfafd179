/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the log survive a restart?
 *
 * Its ring lies in memory that the host's tree marks persistent, taken from VTL0 like our own. The
 * next boot shows what the last one wrote, if that one did not end by VTL0's wish. Host and image
 * may be other ones by then: what is found there is parsed as hostile.
 */
#ifndef CORE_LOG_KEPT_H
#define CORE_LOG_KEPT_H

#include "core/types.h"

#include "core/kconfig.h"

#define LOG_RING_MAGIC UINT64_C(0x31474F4C4E525650) /* "PVRNLOG1" */

enum log_ring_state {
	LOG_RING_RUNS = 1,  /* the machine was stopped from outside, or it still runs */
	LOG_RING_ENDED = 2, /* power-off or reset as VTL0 asked for it */
};

/* Where lines are kept, in our own image or in persistent memory. All fields little endian. */
struct log_ring {
	uint64_t magic;
	uint32_t size;	  /* of text */
	uint32_t state;	  /* enum log_ring_state */
	uint64_t written; /* characters ever put into text, which is a ring */
	char text[CONFIG_LOG_BUF_SIZE];
};

/*
 * Shows what lies at memory (size bytes, taken from VTL0, mapped) and puts the log there. Boot VP,
 * before VTL0 runs. A memory that is too small: says so and changes nothing.
 */
void log_kept_init(void *memory, uint64_t size);

/* The machine ends as VTL0 wished: nothing to show at the next boot. */
void log_kept_ended(void);

/* core/log.c: everything written so far, and from here on, is in that ring. */
void log_move(struct log_ring *to);

#endif
