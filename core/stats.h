/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is counted?
 *
 * Each VP counts in its own struct, without a lock; a reader adds them up. The indices are part of
 * the interface of the statistics service: include/paravane/services.h.
 */
#ifndef CORE_STATS_H
#define CORE_STATS_H

#include <stdint.h>

#include "paravane/services.h"

struct stats {
	uint64_t count[PARAVANE_STAT_COUNT];
	/* When VTL0 on this VP last touched our memory, in counter steps; 0: never. */
	uint64_t denied_time;
};

#endif
