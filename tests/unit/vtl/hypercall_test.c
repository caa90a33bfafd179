/* SPDX-License-Identifier: BSD-2-Clause */
/* Is each call made in the right form, continued where it stopped, and given up in the end? */
#include "vtl/hypercall.h"

#include <string.h>

#include "core/types.h"

#include "tests/fake/hv.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

/* Any code that the fake knows nothing about. */
#define CODE 0x0123
#define CODE_GET 0x0050

#define SUCCESS 0x0000
#define TIME_OUT 0x0078

static struct platform platform;
static uint8_t in[4096];
static uint8_t out[4096];

static int setup(void **state)
{
	size_t i;

	(void)state;
	fake_machine(&platform, 2);
	fake_hv_reset();
	for (i = 0; i < sizeof(in); i++) {
		in[i] = (uint8_t)(i * 11 + 1);
	}
	memset(out, 0x11, sizeof(out));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	return fake_hv_malformed() == 0 ? 0 : 1;
}

static struct hypercall_result call(uint16_t reps, size_t in_size, size_t out_size)
{
	return hypercall(&(struct hypercall){ .code = CODE,
					      .reps = reps,
					      .in = in,
					      .in_size = in_size,
					      .out = out,
					      .out_size = out_size });
}

/* Pairs of 16 bytes: eight fit. A call with output never goes by registers. */
static void test_form_by_size(void **state)
{
	static const struct {
		size_t in;
		size_t out;
		bool fast;
	} rows[] = {
		{ 0, 0, true },	    { 1, 0, true },	   { 8, 0, true },    { 16, 0, true },
		{ 17, 0, true },    { 128, 0, true },	   { 129, 0, false }, { 136, 0, false },
		{ 112, 16, false }, { 0, 1, false },	   { 20, 16, false }, { 0, 128, false },
		{ 4096, 0, false }, { 4096, 4096, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct fake_hv_call *c;

		assert_int_equal(setup(state), 0);
		assert_int_equal(call(0, rows[i].in, rows[i].out).status, SUCCESS);
		assert_int_equal(fake_hv_count(), 1);
		c = fake_hv_call(CODE, 0);
		assert_int_equal(c->fast, rows[i].fast);
		assert_int_equal(c->control, CODE | (rows[i].fast ? 0x10000 : 0));
		assert_memory_equal(c->in, in, rows[i].in);
		if (rows[i].fast) {
			assert_int_equal(c->in_pairs, (rows[i].in + 15) / 16);
		} else {
			/* The calling VP's own pages. */
			assert_int_equal(c->in_pa, (uintptr_t)vp_boot()->hypercall_in);
			assert_int_equal(c->out_pa, (uintptr_t)vp_boot()->hypercall_out);
		}
		assert_int_equal(fake_hv_malformed(), 0);
	}
}

/* What fills up the last pair is zero, not what lies behind the input. */
static void test_padding_is_zero(void **state)
{
	static const uint8_t zeroes[16];

	(void)state;
	assert_int_equal(call(0, 20, 0).status, SUCCESS);
	assert_memory_equal(fake_hv_call(CODE, 0)->in + 20, zeroes, 12);
}

static void test_other_vp_has_other_pages(void **state)
{
	(void)state;
	arch_set_this_vp(vp_by_number(1));
	assert_int_equal(call(0, 200, 0).status, SUCCESS);
	assert_int_equal(fake_hv_call(CODE, 0)->in_pa, (uintptr_t)vp_by_number(1)->hypercall_in);
}

/* The output of exactly the size that was asked for. */
static void test_output_size(void **state)
{
	(void)state;
	memset(vp_boot()->hypercall_out, 0x77, 4096);
	assert_int_equal(call(0, 8, 9).status, SUCCESS);
	assert_int_equal(out[8], 0x77);
	assert_int_equal(out[9], 0x11);
}

static void test_too_large(void **state)
{
	struct hypercall too_large = { .code = CODE, .in = in, .in_size = 4097 };

	(void)state;
	RUN_UNTIL_STOP((void)hypercall(&too_large));
	assert_int_equal(fake_stop.kind, STOP_FATAL);
	too_large.in_size = 8;
	too_large.out = out;
	too_large.out_size = 4097;
	RUN_UNTIL_STOP((void)hypercall(&too_large));
	assert_int_equal(fake_stop.kind, STOP_FATAL);
	assert_int_equal(fake_hv_count(), 0);
}

/* The control word of a rep call: count in 43:32, start in 59:48. */
static void test_rep_control(void **state)
{
	(void)state;
	assert_int_equal(call(0xABC, 16, 0).done, 0xABC);
	assert_int_equal(fake_hv_call(CODE, 0)->control, UINT64_C(0x00000ABC00010123));
}

/* Stopped after each possible number of elements, by success or by time: on from there. */
static void test_continuation(void **state)
{
	static const uint16_t statuses[] = { SUCCESS, TIME_OUT };
	uint16_t reps = 9;
	uint16_t done;
	size_t s;

	for (s = 0; s < ARRAY_SIZE(statuses); s++) {
		for (done = 1; done < reps; done++) {
			struct hypercall_result r;

			assert_int_equal(setup(state), 0);
			fake_hv_script(CODE, statuses[s], done, 1);
			r = call(reps, 100, 0);
			assert_int_equal(r.status, SUCCESS);
			assert_int_equal(r.done, reps);
			assert_int_equal(fake_hv_count(), 2);
			assert_int_equal(fake_hv_call(CODE, 1)->start, done);
			assert_int_equal(fake_hv_call(CODE, 1)->reps, reps);
			/* The list does not move: element i stays where it is. */
			assert_memory_equal(fake_hv_call(CODE, 1)->in, in, 100);
			assert_int_equal(fake_hv_malformed(), 0);
		}
	}
}

static void test_many_stops(void **state)
{
	uint16_t done;

	(void)state;
	for (done = 1; done < 30; done++) {
		fake_hv_script(CODE, TIME_OUT, done, 1);
	}
	assert_int_equal(call(30, 200, 0).done, 30);
	assert_int_equal(fake_hv_count(), 30);
}

/* Output of elements that an earlier turn finished is kept. */
static void test_output_over_a_stop(void **state)
{
	struct {
		uint64_t partition;
		uint32_t vp;
		uint32_t vtl;
		uint32_t name[40];
	} get = { .partition = UINT64_MAX, .vp = 0xFFFFFFFE };
	uint64_t value[40][2];
	uint16_t counts[] = { 3, 40 };
	uint16_t done;
	uint32_t i;
	size_t k;

	(void)state;
	for (i = 0; i < 40; i++) {
		get.name[i] = 0x90100 + i;
		fake_hv_set(2, get.name[i], 0x1000 + i);
	}
	for (k = 0; k < ARRAY_SIZE(counts); k++) {
		struct hypercall c = {
			.code = CODE_GET,
			.reps = counts[k],
			.in = &get,
			.in_size = 16 + 4 * counts[k],
			.out = value,
			.out_size = 16 * (size_t)counts[k],
		};

		for (done = 1; done < counts[k]; done++) {
			memset(value, 0, sizeof(value));
			fake_hv_script(CODE_GET, TIME_OUT, done, 1);
			assert_int_equal(hypercall(&c).done, counts[k]);
			for (i = 0; i < counts[k]; i++) {
				assert_int_equal(value[i][0], 0x1000 + i);
				assert_int_equal(value[i][1], 0);
			}
		}
	}
}

/* Without progress there is an end, and it is told. */
static void test_time_out_bound(void **state)
{
	static const uint16_t reps[] = { 0, 5 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reps); i++) {
		struct hypercall_result r;

		assert_int_equal(setup(state), 0);
		fake_hv_script(CODE, TIME_OUT, i == 0 ? 0 : 2, UINT32_MAX);
		r = call(reps[i], 16, 0);
		assert_int_equal(r.status, TIME_OUT);
		assert_int_equal(r.done, i == 0 ? 0 : 2);
		assert_in_range(fake_hv_count(), 100, 3000);
	}
	/* "Success" that never does anything is no success. */
	assert_int_equal(setup(state), 0);
	fake_hv_script(CODE, SUCCESS, 0, UINT32_MAX);
	assert_int_equal(call(5, 16, 0).status, TIME_OUT);
	assert_in_range(fake_hv_count(), 100, 3000);
	/* A hypervisor that goes back and forth. */
	assert_int_equal(setup(state), 0);
	for (i = 0; i < 10; i++) {
		fake_hv_script(CODE, TIME_OUT, 3, 1);
		fake_hv_script(CODE, TIME_OUT, 1, 1);
	}
	fake_hv_script(CODE, TIME_OUT, 1, UINT32_MAX);
	assert_int_equal(call(5, 16, 0).status, TIME_OUT);
	assert_int_equal(fake_hv_call(CODE, 1)->start, 3);
	assert_int_equal(fake_hv_call(CODE, 2)->start, 3);
}

/* An error at element k ends the call there. */
static void test_error_at_element(void **state)
{
	uint16_t k;

	for (k = 0; k < 6; k++) {
		struct hypercall_result r;

		assert_int_equal(setup(state), 0);
		fake_hv_script(CODE, 0x0005, k, 1);
		r = call(6, 64, 0);
		assert_int_equal(r.status, 0x0005);
		assert_int_equal(r.done, k);
		assert_int_equal(fake_hv_count(), 1);
	}
}

/* By hand from the interface's list. */
static void test_status_words(void **state)
{
	static const struct {
		uint16_t status;
		enum err err;
		const char *name;
	} rows[] = {
		{ 0x0000, OK, "SUCCESS" },
		{ 0x0002, ERR_NOT_SUPPORTED, "INVALID_HYPERCALL_CODE" },
		{ 0x0003, ERR_INVALID, "INVALID_HYPERCALL_INPUT" },
		{ 0x0004, ERR_ALIGN, "INVALID_ALIGNMENT" },
		{ 0x0005, ERR_INVALID, "INVALID_PARAMETER" },
		{ 0x0006, ERR_DENIED, "ACCESS_DENIED" },
		{ 0x0007, ERR_STATE, "INVALID_PARTITION_STATE" },
		{ 0x0008, ERR_DENIED, "OPERATION_DENIED" },
		{ 0x000B, ERR_NO_MEMORY, "INSUFFICIENT_MEMORY" },
		{ 0x000D, ERR_INVALID, "INVALID_PARTITION_ID" },
		{ 0x000E, ERR_NOT_FOUND, "INVALID_VP_INDEX" },
		{ 0x0015, ERR_STATE, "INVALID_VP_STATE" },
		{ 0x001E, ERR_NOT_SUPPORTED, "FEATURE_UNAVAILABLE" },
		{ 0x0050, ERR_INVALID, "INVALID_REGISTER_VALUE" },
		{ 0x0051, ERR_STATE, "INVALID_VTL_STATE" },
		{ 0x0078, ERR_BUSY, "TIME_OUT" },
		{ 0x0086, ERR_STATE, "VTL_ALREADY_ENABLED" },
		{ 0x0087, ERR_NOT_SUPPORTED, "UNKNOWN_REGISTER_NAME" },
	};
	uint32_t status;
	size_t i = 0;

	(void)state;
	for (status = 0; status <= UINT16_MAX; status++) {
		if (i < ARRAY_SIZE(rows) && rows[i].status == status) {
			assert_int_equal(hypercall_err((uint16_t)status), rows[i].err);
			assert_string_equal(hypercall_status_name((uint16_t)status), rows[i].name);
			i++;
		} else {
			assert_int_equal(hypercall_err((uint16_t)status), ERR_IO);
			assert_string_equal(hypercall_status_name((uint16_t)status),
					    "unknown status");
		}
	}
	fake_hv_script(CODE, 0x0006, 0, 1);
	assert_int_equal(hypercall_do(&(struct hypercall){ .code = CODE }), ERR_DENIED);
	assert_int_equal(hypercall_do(&(struct hypercall){ .code = CODE }), OK);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_form_by_size),
		TEST(test_padding_is_zero),
		TEST(test_other_vp_has_other_pages),
		TEST(test_output_size),
		TEST(test_too_large),
		TEST(test_rep_control),
		TEST(test_continuation),
		TEST(test_many_stops),
		TEST(test_output_over_a_stop),
		TEST(test_time_out_bound),
		TEST(test_error_at_element),
		TEST(test_status_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
