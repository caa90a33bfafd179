/* SPDX-License-Identifier: BSD-2-Clause */
/* Which processors does an image take that is built for fewer than the tree has? */
#include "core/vp.h"

#include "core/page_pool.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/memory.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define CPUS 5

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_vps_forget();
	fake_memory_reset();
	fake_cpu_reset();
	fake_platform(&platform, CPUS);
	page_pool_init((struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
	return 0;
}

/* The boot VP stands last: it is taken, and the first of the others. */
static void test_boot_vp_last(void **state)
{
	(void)state;
	fake_cpu.hw_id.v = 0x104;
	assert_int_equal(vp_create_all(&platform), OK);
	assert_int_equal(vp_count(), CONFIG_MAX_VPS);
	assert_ptr_equal(vp_boot(), vp_by_number(CONFIG_MAX_VPS - 1));
	assert_int_equal(vp_by_number(0)->hw_id.v, CONFIG_MAX_VPS == 1 ? 0x104 : 0x100);
	assert_int_equal(vp_boot()->hw_id.v, 0x104);
	assert_int_equal(fake_console_lines(), CPUS - CONFIG_MAX_VPS);
	assert_true(fake_console_has("0x103 left out"));
}

static void test_boot_vp_first(void **state)
{
	uint32_t i;

	(void)state;
	assert_int_equal(vp_create_all(&platform), OK);
	assert_int_equal(vp_count(), CONFIG_MAX_VPS);
	assert_ptr_equal(vp_boot(), vp_by_number(0));
	for (i = 0; i < CONFIG_MAX_VPS; i++) {
		assert_int_equal(vp_by_number(i)->number, i);
		assert_int_equal(vp_by_number(i)->hw_id.v, 0x100 + i);
	}
	assert_true(fake_console_has("0x104 left out"));
}

static void test_boot_vp_absent(void **state)
{
	(void)state;
	fake_cpu.hw_id.v = 0x900;
	assert_int_equal(vp_create_all(&platform), ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_boot_vp_last, setup),
		cmocka_unit_test_setup(test_boot_vp_first, setup),
		cmocka_unit_test_setup(test_boot_vp_absent, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
