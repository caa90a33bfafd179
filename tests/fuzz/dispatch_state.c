/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the firmware forget what VTL0 did? A real one restarts; here these files are included,
 * because their state cannot be taken back otherwise.
 */
/* NOLINTNEXTLINE(bugprone-suspicious-include): its state */
#include "core/service.c"
/* NOLINTNEXTLINE(bugprone-suspicious-include): its state */
#include "core/svc_log.c"
/* NOLINTNEXTLINE(bugprone-suspicious-include): its state */
#include "vtl/crash.c"
/* NOLINTNEXTLINE(bugprone-suspicious-include): its state */
#include "vtl/end.c"

#include "tests/fuzz/dispatch_world.h"

void world_forget_state(void)
{
	service_open_doors(service_open_doors_get());
	lines_written = 0;
	ending = 0;
	stopping = 0;
	registers_usable = false;
}
