/* SPDX-License-Identifier: BSD-2-Clause */
/* Do characters go out and come in, and does a console that does not answer never stop us? */
#include "core/uart.h"

#include <string.h>

#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/unit/test.h"

static int setup(void **state)
{
	(void)state;
	fake_pl011_reset(FAKE_UART0);
	return 0;
}

static void test_put(void **state)
{
	(void)state;
	uart_put(FAKE_UART0, 'a');
	uart_put(FAKE_UART0, (char)0xFF);
	assert_int_equal(fake_pl011.sent_count, 2);
	assert_memory_equal(fake_pl011.sent, "a\xFF", 2);
}

static void test_put_waits(void **state)
{
	(void)state;
	fake_pl011.busy_polls = 50;
	uart_put(FAKE_UART0, 'b');
	assert_int_equal(fake_pl011.polls, 51);
	assert_memory_equal(fake_pl011.sent, "b", 1);
}

static void test_put_gives_up(void **state)
{
	(void)state;
	fake_pl011.stuck = true;
	uart_put(FAKE_UART0, 'c');
	assert_int_equal(fake_pl011.sent_count, 0);
	assert_in_range(fake_pl011.polls, 1000, 1000000);
}

static void test_get(void **state)
{
	uint8_t c = 0x5A;

	(void)state;
	assert_false(uart_get(FAKE_UART0, &c));
	assert_int_equal(c, 0x5A);
	fake_pl011_type("x\xFE", 2);
	assert_true(uart_get(FAKE_UART0, &c));
	assert_int_equal(c, 'x');
	assert_true(uart_get(FAKE_UART0, &c));
	assert_int_equal(c, 0xFE);
	assert_false(uart_get(FAKE_UART0, &c));
}

static void test_interrupt(void **state)
{
	(void)state;
	uart_enable_rx_interrupt(FAKE_UART0);
	/* Receive and receive timeout, and none of the others. */
	assert_int_equal(fake_pl011.mask, 0x50);
	assert_int_equal(fake_pl011.cleared & 0x50, 0x50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_put, setup),
		cmocka_unit_test_setup(test_put_waits, setup),
		cmocka_unit_test_setup(test_put_gives_up, setup),
		cmocka_unit_test_setup(test_get, setup),
		cmocka_unit_test_setup(test_interrupt, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
