/* SPDX-License-Identifier: BSD-2-Clause */
/* Do the discovery calls say what is there, and pass on what the hypervisor says? */
#include "core/handlers.h"

#include <string.h>

#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"

#include "tests/unit/test.h"

static struct vp vp;
static uint64_t out[SERVICE_OUT_MAX];

static int setup(void **state)
{
	(void)state;
	service_open_doors(DOOR_ANY);
	smccc_set_host_answers(NULL, 0);
	memset(out, 0, sizeof(out));
	return 0;
}

static enum err ask(service_handler *handler, uint64_t argument)
{
	const uint64_t in[SERVICE_IN_MAX] = { argument };

	memset(out, 0, sizeof(out));
	return handler(&vp, in, out);
}

static void test_version(void **state)
{
	(void)state;
	assert_int_equal(ask(smccc_version, 0), OK);
	assert_int_equal(out[0], 0x10003);
}

static void test_arch_features(void **state)
{
	(void)state;
	assert_int_equal(ask(smccc_arch_features, 0x80000000), OK);
	assert_int_equal(out[0], 0);
	assert_int_equal(ask(smccc_arch_features, 0x80000001), OK);
	assert_int_equal(ask(smccc_arch_features, 0x84000050), OK);
	assert_int_equal(ask(smccc_arch_features, 0x80008000), ERR_NOT_SUPPORTED);
	assert_int_equal(ask(smccc_arch_features, 0), ERR_NOT_SUPPORTED);
	assert_int_equal(ask(smccc_arch_features, UINT32_MAX), ERR_NOT_SUPPORTED);
	assert_int_equal(ask(smccc_arch_features, 0x84000000), ERR_NOT_SUPPORTED);
}

/* Never invented: only what was asked for at boot, with the sign it had. */
static void test_host_answers(void **state)
{
	struct smccc_host_answer answers[SMCCC_HOST_ANSWERS_MAX + 1] = {
		{ 0x80008000, 0 },  { 0x80007FFF, -2 }, { 0x80003FFF, 1 },
		{ 0x80000002, -1 }, { 0x80009999, 0 },
	};

	(void)state;
	smccc_set_host_answers(answers, ARRAY_SIZE(answers));
	assert_int_equal(ask(smccc_arch_features, 0x80008000), OK);
	assert_int_equal(out[0], 0);
	assert_int_equal(ask(smccc_arch_features, 0x80007FFF), OK);
	assert_int_equal((int64_t)out[0], -2);
	assert_int_equal(ask(smccc_arch_features, 0x80003FFF), OK);
	assert_int_equal(out[0], 1);
	assert_int_equal(ask(smccc_arch_features, 0x80000002), OK);
	assert_int_equal((int64_t)out[0], -1);
	/* More answers than there is room for are not kept. */
	assert_int_equal(ask(smccc_arch_features, 0x80009999), ERR_NOT_SUPPORTED);
	/* Kept as a copy: what becomes of the caller's list does not matter. */
	answers[2].answer = 7;
	assert_int_equal(ask(smccc_arch_features, 0x80003FFF), OK);
	assert_int_equal(out[0], 1);
}

static void test_what_is_asked_at_boot(void **state)
{
	static const uint32_t wanted[] = { 0x80008000, 0x80007FFF, 0x80003FFF };
	size_t i;
	uint32_t k;

	(void)state;
	assert_true(smccc_host_id_count <= SMCCC_HOST_ANSWERS_MAX);
	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		bool found = false;

		for (k = 0; k < smccc_host_id_count; k++) {
			found = found || smccc_host_ids[k] == wanted[i];
		}
		assert_true(found);
	}
}

/* The calls of owner 56 that are there; the three queries of owner 63 are not counted. */
static void test_call_count(void **state)
{
	(void)state;
	assert_int_equal(ask(trusted_os_call_count, 0), OK);
	assert_int_equal(out[0], 3);
	service_open_doors(0);
	assert_int_equal(ask(trusted_os_call_count, 0), OK);
	assert_int_equal(out[0], 0);
}

/* The words are the bytes of a760eb9d-3b77-4978-8333-ee89abd89327 in order. */
static void test_uid(void **state)
{
	static const uint8_t uuid[16] = { 0xa7, 0x60, 0xeb, 0x9d, 0x3b, 0x77, 0x49, 0x78,
					  0x83, 0x33, 0xee, 0x89, 0xab, 0xd8, 0x93, 0x27 };
	uint32_t i;

	(void)state;
	assert_int_equal(ask(trusted_os_uid, 0), OK);
	for (i = 0; i < 16; i++) {
		assert_int_equal((uint8_t)(out[i / 4] >> (8 * (i % 4))), uuid[i]);
	}
	for (i = 0; i < 4; i++) {
		assert_int_equal(out[i] >> 32, 0);
	}
}

static void test_revision(void **state)
{
	(void)state;
	assert_int_equal(ask(trusted_os_revision, 0), OK);
	assert_int_equal(out[0], PARAVANE_REVISION_MAJOR);
	assert_int_equal(out[1], PARAVANE_REVISION_MINOR);
}

static void test_features(void **state)
{
	(void)state;
	assert_int_equal(ask(paravane_features, 0xF8000000), OK);
	assert_int_equal(ask(paravane_features, TRNG_RND64), OK);
	assert_int_equal(ask(paravane_features, 0xF8000003), ERR_NOT_SUPPORTED);
	assert_int_equal(ask(paravane_features, 0), ERR_NOT_SUPPORTED);
	/* An id has 32 bits: a longer one is refused and not cut. */
	assert_int_equal(ask(paravane_features, UINT64_C(0x1F8000000)), ERR_INVALID);
	assert_int_equal(ask(paravane_features, UINT64_MAX), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_version, setup),
		cmocka_unit_test_setup(test_arch_features, setup),
		cmocka_unit_test_setup(test_host_answers, setup),
		cmocka_unit_test_setup(test_what_is_asked_at_boot, setup),
		cmocka_unit_test_setup(test_call_count, setup),
		cmocka_unit_test_setup(test_uid, setup),
		cmocka_unit_test_setup(test_revision, setup),
		cmocka_unit_test_setup(test_features, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
