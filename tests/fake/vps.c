/* SPDX-License-Identifier: BSD-2-Clause */
/* How does a test make the VPs of its machine more than once? */
#include "tests/fake/vps.h"

/* NOLINTNEXTLINE(bugprone-suspicious-include): its VPs are made once */
#include "core/vp.c"

#include <stdlib.h>
#include <string.h>

#include "tests/fake/cpu.h"
#include "tests/fake/memory.h"

void fake_vps_forget(void)
{
	memset(&all, 0, sizeof(all));
}

void fake_machine(struct platform *platform, uint32_t cpu_count)
{
	fake_vps_forget();
	fake_memory_reset();
	fake_cpu_reset();
	fake_platform(platform, cpu_count);
	page_pool_init((struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
	if (vp_create_all(platform) != OK) {
		abort();
	}
	fake_cpu.this_vp = vp_boot();
}
