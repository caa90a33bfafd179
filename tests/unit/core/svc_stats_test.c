/* SPDX-License-Identifier: BSD-2-Clause */
/* Are the counters of all VPs added up, and is an index that does not exist refused? */
#include "core/handlers.h"

#include "paravane/services.h"

#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define CPUS 4

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_machine(&platform, CPUS);
	return 0;
}

static enum err ask(uint64_t index, uint64_t *value)
{
	const uint64_t in[SERVICE_IN_MAX] = { index };
	uint64_t out[SERVICE_OUT_MAX] = { 0 };
	enum err err = paravane_stats(vp_boot(), in, out);

	assert_int_equal(out[0] | out[2] | out[3], 0);
	*value = out[1];
	return err;
}

static void test_sums(void **state)
{
	uint64_t value;
	uint32_t i;
	uint32_t k;

	(void)state;
	for (i = 0; i < CPUS; i++) {
		for (k = 0; k < PARAVANE_STAT_COUNT; k++) {
			vp_by_number(i)->stats.count[k] = 1000 * k + i;
		}
	}
	for (k = 0; k < PARAVANE_STAT_COUNT; k++) {
		if (k != PARAVANE_STAT_DENIED_GPA) {
			assert_int_equal(ask(k, &value), OK);
			assert_int_equal(value, CPUS * 1000 * k + 0 + 1 + 2 + 3);
		}
	}
}

static void test_index(void **state)
{
	static const uint64_t bad[] = { PARAVANE_STAT_COUNT, PARAVANE_STAT_COUNT + 1, UINT32_MAX,
					UINT64_C(1) << 32,   UINT64_C(1) << 61,	      UINT64_MAX };
	uint64_t value;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(ask(bad[i], &value), ERR_INVALID);
		assert_int_equal(value, 0);
	}
}

/* An address is not a sum: the newest one, 0 when there was none. */
static void test_last_denied_address(void **state)
{
	uint64_t value;

	(void)state;
	assert_int_equal(ask(PARAVANE_STAT_DENIED_GPA, &value), OK);
	assert_int_equal(value, 0);
	vp_by_number(2)->stats.count[PARAVANE_STAT_DENIED_GPA] = 0x1000;
	vp_by_number(2)->stats.denied_time = 50;
	assert_int_equal(ask(PARAVANE_STAT_DENIED_GPA, &value), OK);
	assert_int_equal(value, 0x1000);
	vp_by_number(1)->stats.count[PARAVANE_STAT_DENIED_GPA] = 0x2000;
	vp_by_number(1)->stats.denied_time = 70;
	vp_by_number(3)->stats.count[PARAVANE_STAT_DENIED_GPA] = 0x3000;
	vp_by_number(3)->stats.denied_time = 60;
	assert_int_equal(ask(PARAVANE_STAT_DENIED_GPA, &value), OK);
	assert_int_equal(value, 0x2000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_sums, setup),
		cmocka_unit_test_setup(test_index, setup),
		cmocka_unit_test_setup(test_last_denied_address, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
