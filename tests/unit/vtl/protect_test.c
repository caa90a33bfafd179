/* SPDX-License-Identifier: BSD-2-Clause */
/* Is every page of a range taken, in as few calls as possible, and a refused one named? */
#include "vtl/protect.h"

#include <string.h>

#include "tests/fake/hv.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define MODIFY 0x0C
#define BATCH 510
#define BASE UINT64_C(0x12345000)

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_machine(&platform, 1);
	fake_hv_reset();
	return 0;
}

static struct range pages(uint64_t count)
{
	return (struct range){ BASE, count * HV_HYP_PAGE_SIZE };
}

static uint64_t gpn(const struct fake_hv_call *c, uint32_t i)
{
	uint64_t v;

	memcpy(&v, c->in + 16 + 8 * i, sizeof(v));
	return v;
}

/* All pages, once each, in order; how often the hypervisor was called. */
static void check_pages(uint64_t count, uint64_t calls, uint8_t flags)
{
	const uint8_t head[16] = { 0xFF,  0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
				   flags, 0,	0,    0,    0,	  0,	0,    0 };
	uint64_t next = BASE / HV_HYP_PAGE_SIZE;
	uint32_t c;
	uint32_t i;

	assert_int_equal(fake_hv_count(), calls);
	for (c = 0; c < calls; c++) {
		const struct fake_hv_call *call = fake_hv_call(MODIFY, c);

		assert_memory_equal(call->in, head, sizeof(head));
		assert_true(call->reps <= BATCH);
		for (i = 0; i < call->reps; i++) {
			assert_int_equal(gpn(call, i), next++);
		}
	}
	assert_int_equal(next, BASE / HV_HYP_PAGE_SIZE + count);
	assert_int_equal(fake_hv_malformed(), 0);
}

static void test_batches(void **state)
{
	static const uint64_t counts[] = { 1, 2, 509, 510, 511, 1020, 1021, 5000 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		struct protect_result result = { 0 };
		uint64_t calls = (counts[i] + BATCH - 1) / BATCH;

		assert_int_equal(setup(state), 0);
		assert_int_equal(protect_range(pages(counts[i]), &result), OK);
		check_pages(counts[i], calls, 0);
		assert_int_equal(result.pages, counts[i]);
		assert_int_equal(result.calls, calls);
	}
}

static void test_nothing(void **state)
{
	struct protect_result result = { 0 };

	(void)state;
	assert_int_equal(protect_range(pages(0), &result), OK);
	assert_int_equal(fake_hv_count(), 0);
}

/* Refused at page k, for k in the first and in a later call: k is named, those before count. */
static void test_refused_page(void **state)
{
	static const uint16_t ks[] = { 0, 1, 255, 509 };
	size_t i;
	uint64_t before;

	for (before = 0; before <= BATCH; before += BATCH) {
		for (i = 0; i < ARRAY_SIZE(ks); i++) {
			struct protect_result result = { 0 };

			assert_int_equal(setup(state), 0);
			if (before != 0) {
				fake_hv_script(MODIFY, 0, BATCH, 1);
			}
			fake_hv_script(MODIFY, 0x0006, ks[i], 1);
			assert_int_equal(protect_range(pages(2 * BATCH), &result), ERR_DENIED);
			assert_int_equal(result.failed_gpa,
					 BASE + (before + ks[i]) * HV_HYP_PAGE_SIZE);
			assert_int_equal(result.status, 0x0006);
			assert_int_equal(result.pages, before + ks[i]);
			assert_int_equal(fake_hv_count(), before == 0 ? 1 : 2);
		}
	}
}

/* A call that stops in the middle without an error goes on: no page is left out or done twice. */
static void test_partial_completion(void **state)
{
	struct protect_result result = { 0 };

	(void)state;
	fake_hv_script(MODIFY, 0, 100, 1);
	fake_hv_script(MODIFY, 0x0078, 509, 1);
	assert_int_equal(protect_range(pages(600), &result), OK);
	assert_int_equal(fake_hv_count(), 4);
	assert_int_equal(fake_hv_call(MODIFY, 1)->start, 100);
	assert_int_equal(fake_hv_call(MODIFY, 2)->start, 509);
	assert_int_equal(fake_hv_call(MODIFY, 3)->reps, 90);
	assert_int_equal(gpn(fake_hv_call(MODIFY, 3), 0), BASE / HV_HYP_PAGE_SIZE + BATCH);
	assert_int_equal(result.pages, 600);
}

/* Page k is refused after a stop: named by its own number, not by the turn's. */
static void test_refused_after_stop(void **state)
{
	struct protect_result result = { 0 };

	(void)state;
	fake_hv_script(MODIFY, 0, 100, 1);
	fake_hv_script(MODIFY, 0x0005, 123, 1);
	assert_int_equal(protect_range(pages(200), &result), ERR_INVALID);
	assert_int_equal(result.failed_gpa, BASE + 123 * HV_HYP_PAGE_SIZE);
	assert_int_equal(result.pages, 123);
}

static void test_never_ends(void **state)
{
	struct protect_result result = { 0 };

	(void)state;
	fake_hv_script(MODIFY, 0x0078, 7, UINT32_MAX);
	assert_int_equal(protect_range(pages(20), &result), ERR_BUSY);
	assert_int_equal(result.failed_gpa, BASE + 7 * HV_HYP_PAGE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_batches, setup),
		cmocka_unit_test_setup(test_nothing, setup),
		cmocka_unit_test_setup(test_refused_page, setup),
		cmocka_unit_test_setup(test_partial_completion, setup),
		cmocka_unit_test_setup(test_refused_after_stop, setup),
		cmocka_unit_test_setup(test_never_ends, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
