/* SPDX-License-Identifier: BSD-2-Clause */
/* What was counted since VTL0 started: PARAVANE_STATISTICS(index). All VPs' counts are added up. */
#include "core/handlers.h"
#include "core/vp.h"

#include "paravane/services.h"

/* An address is not a sum: the newest one of any VP. */
static uint64_t last_access(void)
{
	uint64_t newest = 0;
	uint64_t best = 0;
	uint32_t i;

	for (i = 0; i < vp_count(); i++) {
		const struct stats *s = &vp_by_number(i)->stats;

		if (s->denied_time >= best && s->denied_time != 0) {
			best = s->denied_time;
			newest = s->count[PARAVANE_STAT_DENIED_GPA];
		}
	}
	return newest;
}

enum err paravane_stats(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
			uint64_t out[SERVICE_OUT_MAX])
{
	uint32_t i;

	(void)vp;
	if (in[0] >= PARAVANE_STAT_COUNT) {
		return ERR_INVALID;
	}
	if (in[0] == PARAVANE_STAT_DENIED_GPA) {
		out[1] = last_access();
		return OK;
	}
	for (i = 0; i < vp_count(); i++) {
		out[1] += __atomic_load_n(&vp_by_number(i)->stats.count[in[0]], __ATOMIC_RELAXED);
	}
	return OK;
}
