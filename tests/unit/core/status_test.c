/* SPDX-License-Identifier: BSD-2-Clause */
/* Does every error of ours become the code that the document of the call has for it? */
#include "core/status.h"

#include "core/types.h"

#include "tests/unit/test.h"

/* By hand from DEN0028 and DEN0098: "invalid" is -3 in one and -2 in the other. */
static const struct {
	enum err err;
	int64_t smccc;
	int64_t trng;
} wanted[] = {
	{ OK, 0, 0 },
	{ ERR_INVALID, -3, -2 },
	{ ERR_RANGE, -3, -2 },
	{ ERR_ALIGN, -3, -2 },
	{ ERR_NO_MEMORY, -3, -2 },
	{ ERR_NOT_FOUND, -3, -2 },
	{ ERR_NOT_SUPPORTED, -1, -1 },
	{ ERR_DENIED, -3, -2 },
	{ ERR_BUSY, -3, -2 },
	{ ERR_STATE, -3, -2 },
	{ ERR_CORRUPT, -3, -2 },
	{ ERR_NO_ENTROPY, -3, -3 },
	{ ERR_IO, -3, -2 },
};

static void test_every_error(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		/* The table is complete and in order: no error is left out. */
		assert_int_equal(wanted[i].err, i);
		assert_int_equal((int64_t)status_for_guest(CODES_SMCCC, wanted[i].err).x0,
				 wanted[i].smccc);
		assert_int_equal((int64_t)status_for_guest(CODES_TRNG, wanted[i].err).x0,
				 wanted[i].trng);
	}
	assert_int_equal(ARRAY_SIZE(wanted), ERR_IO + 1);
}

/* What no list knows is never a success. */
static void test_unknown_error(void **state)
{
	(void)state;
	assert_int_equal((int64_t)status_for_guest(CODES_SMCCC, (enum err)(ERR_IO + 1)).x0, -3);
	assert_int_equal((int64_t)status_for_guest(CODES_TRNG, (enum err)1000).x0, -2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_error),
		cmocka_unit_test(test_unknown_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
