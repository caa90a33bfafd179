/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line from VTL0 in our log: PARAVANE_LOG(GPA, length).
 *
 * The text is copied once and cleaned of control characters. How many lines VTL0 may write is
 * bounded, so that it cannot flood the operator's console; the rest is counted.
 */
#include "core/handlers.h"
#include "core/log.h"
#include "core/vtl0_mem.h"

#include "paravane/services.h"

/* For the whole partition, until the machine restarts. */
#define LINES_MAX 1024

static uint32_t lines_written;

enum err paravane_log(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
		      uint64_t out[SERVICE_OUT_MAX])
{
	char text[PARAVANE_LOG_MAX];
	struct gpa_range range;
	enum err err;

	(void)vp;
	(void)out;
	if (in[1] == 0 || in[1] > sizeof(text)) {
		return ERR_INVALID;
	}
	err = vtl0_mem_check((gpa_t){ in[0] }, in[1], &range);
	if (err != OK) {
		return err;
	}
	if (__atomic_fetch_add(&lines_written, 1, __ATOMIC_RELAXED) >= LINES_MAX) {
		__atomic_store_n(&lines_written, LINES_MAX, __ATOMIC_RELAXED);
		return ERR_DENIED;
	}
	vtl0_mem_read(text, range);
	log_text(LOG_INFO, "vtl0", text, range.checked_size);
	return OK;
}
