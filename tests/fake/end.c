/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of the machine, for tests that do not link vtl/end.c; fatal.c has the other two. */
#include "tests/fake/end.h"

#include "vtl/end.h"

#include "tests/fake/stop.h"

struct fake_end fake_end;

_Noreturn void end_machine(struct vp *vp, enum reset_kind kind)
{
	(void)vp;
	fake_end.kind = kind;
	fake_stop_plain(STOP_END);
}

void end_check(struct vp *vp)
{
	(void)vp;
	fake_end.checks++;
	if (fake_end.is_ending) {
		fake_stop_plain(STOP_HALT);
	}
}

void end_others_at_once(void)
{
	fake_end.at_once++;
}
