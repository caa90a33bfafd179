/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is the services table well formed, and does a service that was left out keep its row and say
 * "not supported"? Built twice: with everything, and with services_off.h.
 */
#include "core/handlers.h"
#include "core/kconfig.h"
#include "core/service.h"

#include <string.h>

#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"

#include "tests/fake/vps.h"
#include "tests/unit/test.h"

/* As the documents number them. */
static const struct {
	uint32_t id;
	bool enabled;
	const char *name;
} known[] = {
	{ 0x80000000, true, "SMCCC_VERSION" },
	{ 0x80000001, true, "SMCCC_ARCH_FEATURES" },
	{ 0x84000050, IS_ENABLED(CONFIG_SVC_TRNG), "TRNG_VERSION" },
	{ 0x84000051, IS_ENABLED(CONFIG_SVC_TRNG), "TRNG_FEATURES" },
	{ 0x84000052, IS_ENABLED(CONFIG_SVC_TRNG), "TRNG_GET_UUID" },
	{ 0x84000053, IS_ENABLED(CONFIG_SVC_TRNG), "TRNG_RND32" },
	{ 0xBF00FF00, true, "PARAVANE_CALL_COUNT" },
	{ 0xBF00FF01, true, "PARAVANE_UID" },
	{ 0xBF00FF03, true, "PARAVANE_REVISION" },
	{ 0xC4000053, IS_ENABLED(CONFIG_SVC_TRNG), "TRNG_RND64" },
	{ 0xF8000000, true, "PARAVANE_FEATURES" },
	{ 0xF8000001, IS_ENABLED(CONFIG_SVC_LOG), "PARAVANE_LOG" },
	{ 0xF8000002, IS_ENABLED(CONFIG_SVC_STATS), "PARAVANE_STATISTICS" },
};

static void test_rows(void **state)
{
	uint32_t i;

	(void)state;
	assert_int_equal(service_count, ARRAY_SIZE(known));
	for (i = 0; i < service_count; i++) {
		assert_int_equal(services[i].id, known[i].id);
		assert_string_equal(services[i].name, known[i].name);
		assert_int_equal(services[i].handler != NULL, known[i].enabled);
		assert_ptr_equal(service_find(known[i].id), &services[i]);
	}
}

static void test_columns(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < service_count; i++) {
		const struct service *s = &services[i];

		assert_true(s->in_min == s->in_max && s->in_max <= SERVICE_IN_MAX);
		assert_in_range(s->out, 1, SERVICE_OUT_MAX);
		/* Configured out: shut in every state. */
		assert_int_equal(s->gate != 0, s->handler != NULL);
		assert_int_equal(s->gate & ~(uint32_t)(DOOR_ANY * WHEN_ANY), 0);
		assert_true(s->spec != NULL && s->spec[0] != '\0');
		assert_non_null(s->config);
	}
}

/* No two rows share an id; each lies in a range that is ours to give. */
static void test_ids(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < service_count; i++) {
		uint32_t id = services[i].id;
		uint32_t owner = (id & SMCCC_OWNER_MASK) >> SMCCC_OWNER_SHIFT;
		uint32_t number = id & SMCCC_NUMBER_MASK;

		assert_true(i == 0 || services[i - 1].id < id);
		assert_true((id & SMCCC_FAST_CALL) != 0);
		assert_int_equal(id & (SMCCC_MUST_BE_ZERO_MASK | SMCCC_SVE_HINT), 0);
		switch (owner) {
		case SMCCC_OWNER_ARCH:
			/* HVC #0 is answered by the hypervisor. */
			assert_int_equal(services[i].gate & DOOR_HVC0 * WHEN_ANY, 0);
			break;
		case SMCCC_OWNER_STANDARD:
			assert_in_range(number, 0x50, 0x5F); /* TRNG's; PSCI is not ours */
			break;
		case SMCCC_OWNER_TRUSTED_OS_END:
			assert_in_range(number, 0xFF00, 0xFF03);
			break;
		default:
			assert_int_equal(owner, PARAVANE_OWNER);
			assert_true((id & SMCCC_CALL_64BIT) != 0);
			break;
		}
	}
}

static void test_no_row(void **state)
{
	(void)state;
	assert_null(service_find(0));
	assert_null(service_find(UINT32_MAX));
	assert_null(service_find(0x84000000));
	assert_null(service_find(0xF8000003));
	assert_int_equal(service_offered(0xF8000003), ERR_NOT_SUPPORTED);
}

/* A row without its handler: the same answer as an unknown id, and no feature. */
static void test_left_out(void **state)
{
	static struct vp vp;
	uint64_t in[SERVICE_IN_MAX] = { 0 };
	uint64_t out[SERVICE_OUT_MAX] = { 0 };
	uint32_t ours = 0;
	uint32_t i;

	(void)state;
	service_open_doors(DOOR_ANY);
	for (i = 0; i < service_count; i++) {
		in[0] = services[i].id;
		assert_int_equal(paravane_features(&vp, in, out),
				 known[i].enabled ? OK : ERR_NOT_SUPPORTED);
		ours += known[i].enabled && services[i].id >= 0xF8000000;
		if (known[i].enabled) {
			continue;
		}
		memset(&vp.regs, 0x5A, sizeof(vp.regs));
		vp.regs.x[0] = services[i].id;
		service_dispatch(&vp, DOOR_PAGE);
		assert_int_equal(vp.regs.x[0], UINT64_MAX);
		assert_int_equal(vp.regs.x[1], UINT64_C(0x5A5A5A5A5A5A5A5A));
		assert_int_equal(service_offered(services[i].id), ERR_NOT_SUPPORTED);
	}
	out[0] = 0;
	assert_int_equal(trusted_os_call_count(&vp, in, out), OK);
	assert_int_equal(out[0], ours);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),	 cmocka_unit_test(test_columns),
		cmocka_unit_test(test_ids),	 cmocka_unit_test(test_no_row),
		cmocka_unit_test(test_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
