/* SPDX-License-Identifier: BSD-2-Clause */
/* Is AssertVirtualInterrupt's block right, and a refusal no more than a debug line? */
#include "core/devices.h"

#include <string.h>

#include "tests/fake/console.h"
#include "tests/fake/hv.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define ASSERT_INTERRUPT 0x94

static void test_block(void **state)
{
	static const uint8_t block[32] = {
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, /* self */
		0,    0,    0,	  0,	0x04, 0,    0,	  0,	/* type fixed; asserted */
		0,    1,    0,	  0,	0,    0,    0,	  0,	/* boot VP; not read for an SPI */
		0x22, 0,    0,	  0,	0,    0,    0,	  0,	/* INTID 34, VTL 0 */
	};
	struct platform platform;

	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	fake_hv_reset();
	vtl0_line_set(34, true);
	assert_int_equal(fake_hv_call(ASSERT_INTERRUPT, 0)->control, 0x10094);
	assert_memory_equal(fake_hv_call(ASSERT_INTERRUPT, 0)->in, block, sizeof(block));
	vtl0_line_set(34, false);
	assert_int_equal(fake_hv_call(ASSERT_INTERRUPT, 1)->in[12], 0);
	assert_int_equal(fake_hv_count(), 2);
	assert_int_equal(fake_console_lines(), 0);
	fake_hv_refuse(ASSERT_INTERRUPT, 0x0005);
	vtl0_line_set(34, true);
	assert_memory_equal(fake_console_text(), "D ", 2);
	assert_int_equal(fake_hv_malformed(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
