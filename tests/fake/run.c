/* SPDX-License-Identifier: BSD-2-Clause */
/* The run loop, for tests that do not link vtl/run.c. */
#include "vtl/run.h"

#include "tests/fake/stop.h"

_Noreturn void run_loop(struct vp *vp)
{
	(void)vp;
	fake_stop_plain(STOP_RUN_LOOP);
}
