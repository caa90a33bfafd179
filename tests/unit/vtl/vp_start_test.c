/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Do processors get their numbers, are they enabled before any is started, and is one that does
 * not come up told and left out? Built twice: leave out, and stop.
 */
#include "vtl/vp_start.h"

#include <string.h>

#include "core/kconfig.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/hv.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define CPUS 4
#define ENABLE_VP_VTL 0x0F
#define START_VP 0x99
#define GET_INDEX 0x9A

static struct platform platform;
static uint32_t index_that_stays_off;

/* A permutation: nothing follows from the order of the tree. */
static const uint32_t indices[CPUS] = { 2, 0, 3, 1 };

static int setup(void **state)
{
	uint32_t i;

	(void)state;
	fake_console_reset();
	fake_machine(&platform, CPUS);
	fake_hv_reset();
	fake_vtl_reset();
	index_that_stays_off = UINT32_MAX;
	for (i = 0; i < CPUS; i++) {
		fake_hv_add_vp(0x100 + i, indices[i]);
	}
	return 0;
}

/* A started VP comes up at once. */
static void comes_up(const struct fake_hv_call *call)
{
	uint32_t index;
	uint32_t i;

	memcpy(&index, call->in + 8, 4);
	for (i = 0; call->code == START_VP && i < CPUS; i++) {
		if (vp_by_number(i)->index.v == index && index != index_that_stays_off) {
			vp_set_state(vp_by_number(i), VP_UP);
		}
	}
}

static void test_indices(void **state)
{
	static const uint8_t block[24] = {
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, /* self */
		0x00, 0,    0,	  0,	0,    0,    0,	  0,	/* VTL 0, the plain number */
		0x02, 0x01, 0,	  0,	0,    0,    0,	  0,	/* MPIDR, 8 bytes */
	};
	uint32_t i;

	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	/* One id per call. */
	assert_int_equal(fake_hv_count_of(GET_INDEX), CPUS);
	assert_int_equal(fake_hv_call(GET_INDEX, 2)->control, 0x000000010000009A);
	assert_memory_equal(fake_hv_call(GET_INDEX, 2)->in, block, sizeof(block));
	for (i = 0; i < CPUS; i++) {
		assert_int_equal(vp_by_number(i)->index.v, indices[i]);
	}
	assert_int_equal(fake_hv_malformed(), 0);
}

static void test_index_refused(void **state)
{
	(void)state;
	fake_hv_script(GET_INDEX, 0, 1, 2);
	fake_hv_script(GET_INDEX, 0x0005, 0, 1);
	assert_int_equal(vp_start_find_indices(), ERR_INVALID);
	assert_true(fake_console_has("no VP index for 0x102: INVALID_PARAMETER"));
}

static void test_index_twice(void **state)
{
	(void)state;
	fake_hv_reset();
	fake_hv_add_vp(0x100, 0);
	fake_hv_add_vp(0x101, 7);
	fake_hv_add_vp(0x102, 1);
	fake_hv_add_vp(0x103, 7);
	assert_int_equal(vp_start_find_indices(), ERR_INVALID);
	assert_true(fake_console_has("0x101 and 0x103 both have VP index 7"));
}

/* Header and context of EnableVpVtl; all VPs but the one that runs. */
static void test_enable(void **state)
{
	static const uint8_t head[16] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
					  0xFF, 0xFF, 0x03, 0,	  0,	0, /* index of number 2 */
					  0x02, 0,    0,    0 /* VTL 2, the plain number */ };
	uint8_t context[FAKE_CONTEXT_SIZE];
	const struct fake_hv_call *c;

	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	assert_int_equal(vp_start_enable_all(), OK);
	assert_int_equal(fake_hv_count_of(ENABLE_VP_VTL), CPUS - 1);
	c = fake_hv_call(ENABLE_VP_VTL, 1);
	assert_memory_equal(c->in, head, sizeof(head));
	memset(context, 0xC2, sizeof(context));
	assert_memory_equal(c->in + 16, context, sizeof(context));
	assert_int_equal(c->reps, 0);
	assert_int_equal(fake_hv_count_of(START_VP), 0);
}

static void test_enable_refused(void **state)
{
	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	/* Some hosts have done it already. */
	fake_hv_script(ENABLE_VP_VTL, 0x0086, 0, 2);
	fake_hv_script(ENABLE_VP_VTL, 0x0006, 0, 1);
	assert_int_equal(vp_start_enable_all(), ERR_DENIED);
	assert_int_equal(fake_hv_count_of(ENABLE_VP_VTL), 3);
	assert_int_equal(fake_console_lines(), 1);
	assert_true(fake_console_has("VP 1: EnableVpVtl: ACCESS_DENIED"));
}

static void test_all_come_up(void **state)
{
	uint32_t i;

	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	fake_hv_on_call(comes_up);
	assert_int_equal(vp_start_all(&platform), OK);
	assert_ptr_equal(vp_start_platform(), &platform);
	assert_int_equal(fake_hv_count_of(START_VP), CPUS - 1);
	assert_int_equal(fake_vtl.reports, CPUS);
	for (i = 0; i < CPUS; i++) {
		assert_int_equal(vp_state(vp_by_number(i)), VP_UP);
	}
	assert_int_equal(fake_console_lines(), 0);
	/* The same block as for enabling. */
	assert_int_equal(fake_hv_call(START_VP, 0)->in[16], 0xC1);
	assert_int_equal(fake_hv_call(START_VP, 0)->in[8], indices[1]);
}

/* StartVirtualProcessor refused, and the architecture's other way works. */
static void test_started_otherwise(void **state)
{
	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	fake_hv_on_call(comes_up);
	fake_hv_refuse(START_VP, 0x0002);
	fake_vtl.start_err = OK;
	assert_int_equal(vp_start_all(&platform), OK);
	assert_int_equal(fake_vtl.starts_without, CPUS - 1);
	assert_true(fake_console_has("INVALID_HYPERCALL_CODE; started without it"));
	assert_int_equal(fake_vtl.reports, CPUS);
}

/* Neither way: the others go on, or boot stops, as Kconfig says. */
static void test_refused_both_ways(void **state)
{
	bool stop = IS_ENABLED(CONFIG_VP_START_MISSING_STOP);

	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	fake_hv_on_call(comes_up);
	index_that_stays_off = indices[1];
	fake_hv_script(START_VP, 0x000B, 0, 1);
	assert_int_equal(vp_start_all(&platform), stop ? ERR_IO : OK);
	assert_int_equal(vp_state(vp_by_number(1)), VP_OFF);
	assert_true(fake_console_has("StartVirtualProcessor: INSUFFICIENT_MEMORY"));
	assert_int_equal(fake_hv_count_of(START_VP), stop ? 1 : CPUS - 1);
	if (!stop) {
		assert_true(fake_console_has("VP 0 (0x101) did not come up"));
		assert_int_equal(fake_vtl.reports, CPUS - 1);
	}
}

/* Started, and never heard of: waited for within a bound. */
static void test_never_comes_up(void **state)
{
	bool stop = IS_ENABLED(CONFIG_VP_START_MISSING_STOP);

	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	fake_hv_on_call(comes_up);
	index_that_stays_off = indices[3];
	assert_int_equal(vp_start_all(&platform), stop ? ERR_IO : OK);
	assert_true(fake_console_has("VP 1 (0x103) did not come up"));
	/* Nobody waits for it at the end, and it does not run VTL0 if it comes after all. */
	assert_int_equal(vp_state(vp_by_number(3)), VP_FAILED);
	assert_in_range(fake_cpu.waits, 10, 100000);
	/* Seconds, by the counter's own rate. */
	assert_in_range(fake_cpu.counter, fake_cpu.counter_hz, 100 * fake_cpu.counter_hz);
}

/* One that came up wrong is settled: nobody waits for it. */
static void fail_number_2(void)
{
	vp_set_state(vp_by_number(2), VP_FAILED);
	index_that_stays_off = UINT32_MAX;
}

static void test_came_up_wrong(void **state)
{
	bool stop = IS_ENABLED(CONFIG_VP_START_MISSING_STOP);

	(void)state;
	assert_int_equal(vp_start_find_indices(), OK);
	fake_hv_on_call(comes_up);
	index_that_stays_off = indices[2];
	fake_cpu.on_wait = fail_number_2;
	assert_int_equal(vp_start_all(&platform), stop ? ERR_IO : OK);
	assert_int_equal(fake_cpu.waits, 1);
	assert_true(fake_console_has("VP 3 (0x102) did not come up"));
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_indices),	      TEST(test_index_refused),
		TEST(test_index_twice),	      TEST(test_enable),
		TEST(test_enable_refused),    TEST(test_all_come_up),
		TEST(test_started_otherwise), TEST(test_refused_both_ways),
		TEST(test_never_comes_up),    TEST(test_came_up_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
