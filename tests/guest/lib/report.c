/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the runner count?
 *
 * Lines of the Test Anything Protocol. They say what this payload saw; that the run ended well is
 * the host's word, not ours.
 */
#include "tests/guest/lib/guest.h"

static unsigned int count;
static unsigned int failed;

bool ok(bool passed, const char *name)
{
	count++;
	if (!passed) {
		failed++;
		print("not ");
	}
	print("ok %u %s\n", count, name);
	return passed;
}

bool ok_equal(uint64_t seen, uint64_t wanted, const char *name)
{
	bool passed = ok(seen == wanted, name);

	if (!passed) {
		print("# seen 0x%lx, wanted 0x%lx\n", seen, wanted);
	}
	return passed;
}

void skip(const char *name, const char *why)
{
	count++;
	print("ok %u %s # SKIP %s\n", count, name, why);
}

bool report_end(void)
{
	print("1..%u\n", count);
	if (failed != 0) {
		print("# %u failed\n", failed);
	}
	return failed == 0;
}
