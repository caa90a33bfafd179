/* SPDX-License-Identifier: BSD-2-Clause */
/* Is each byte of a device's registers found, and no other address? */
#include "core/devices.h"

#include <string.h>

#include "core/kconfig.h"

#include "tests/fake/memory.h"
#include "tests/unit/test.h"

static bool is_found(uint64_t gpa, uint64_t wanted)
{
	uint64_t offset = 0x5A5A;
	const struct device *d = device_find((gpa_t){ gpa }, &offset);

	assert_int_equal(offset, d == NULL ? 0x5A5A : wanted);
	return d != NULL;
}

static void test_absent(void **state)
{
	(void)state;
	assert_false(is_found(0, 0));
	assert_false(is_found(FAKE_UART1, 0));
}

static void test_edges(void **state)
{
	struct platform platform;
	bool there = IS_ENABLED(CONFIG_DEV_UART) != 0;

	(void)state;
	fake_platform(&platform, 1);
	dev_uart_init(&platform, FAKE_UART1);
	assert_int_equal(is_found(FAKE_UART1, 0), there);
	assert_int_equal(is_found(FAKE_UART1 + 1, 1), there);
	assert_int_equal(is_found(FAKE_UART1 + 0xFFF, 0xFFF), there);
	assert_false(is_found(FAKE_UART1 - 1, 0));
	assert_int_equal(is_found(FAKE_UART1 + 0x1000, 0), false);
	assert_false(is_found(FAKE_UART1 + (UINT64_C(1) << 32), 0));
	assert_false(is_found(UINT64_MAX, 0));
	assert_false(is_found(FAKE_LOW, 0));
}

static void test_row_is_complete(void **state)
{
	uint64_t offset;
	const struct device *d = device_find((gpa_t){ FAKE_UART1 }, &offset);

	(void)state;
	if (IS_ENABLED(CONFIG_DEV_UART)) {
		assert_non_null(d);
		assert_string_equal(d->name, "pl011");
		assert_string_equal(d->config, "DEV_UART");
		assert_ptr_equal(d->read, dev_uart_read);
		assert_ptr_equal(d->write, dev_uart_write);
	} else {
		assert_null(d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_row_is_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
