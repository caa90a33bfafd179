/* SPDX-License-Identifier: BSD-2-Clause */
/* Does VTL0's serial port behave as the driver of a stock kernel probes it? */
#include "core/dev_16550.h"
#include "core/uart.h"

#include <string.h>

#include "tests/unit/test.h"

static char sent[64];
static size_t sent_count;
static const char *typed = "";
static struct vp vp;

void uart_put(uint64_t base, char c)
{
	assert_int_equal(base, 0x2F8);
	if (sent_count < sizeof(sent)) {
		sent[sent_count++] = c;
	}
}

bool uart_get(uint64_t base, uint8_t *c)
{
	assert_int_equal(base, 0x2F8);
	if (*typed == '\0') {
		return false;
	}
	*c = (uint8_t)*typed++;
	return true;
}

static int setup(void **state)
{
	struct platform platform = { .uart_count = 2 };
	uint32_t i;

	(void)state;
	platform.uart[0].base = 0x3F8;
	platform.uart[1].base = 0x2F8;
	dev_16550_init(&platform);
	dev_16550_write(&vp, 3, 0);
	for (i = 1; i < 8; i++) {
		dev_16550_write(&vp, i, 0);
	}
	sent_count = 0;
	typed = "";
	memset(&vp, 0, sizeof(vp));
	return 0;
}

static void test_sends(void **state)
{
	(void)state;
	assert_int_equal(dev_16550_read(5), 0x60);
	dev_16550_write(&vp, 0, 'h');
	dev_16550_write(&vp, 0, 'i');
	assert_int_equal(sent_count, 2);
	assert_memory_equal(sent, "hi", 2);
	assert_int_equal(vp.stats.count[PARAVANE_STAT_CONSOLE_BYTES], 2);
	assert_int_equal(dev_16550_read(5), 0x60);
}

static void test_receives(void **state)
{
	(void)state;
	typed = "ab";
	assert_int_equal(dev_16550_read(5), 0x61);
	assert_int_equal(dev_16550_read(5), 0x61); /* a look takes nothing */
	assert_int_equal(dev_16550_read(0), 'a');
	assert_int_equal(dev_16550_read(0), 'b');
	assert_int_equal(dev_16550_read(0), 0);
	assert_int_equal(dev_16550_read(5), 0x60);
}

/* With DLAB the first two registers are the divisor: nothing is sent. */
static void test_divisor(void **state)
{
	(void)state;
	dev_16550_write(&vp, 3, 0x83);
	dev_16550_write(&vp, 0, 0x12);
	dev_16550_write(&vp, 1, 0x34);
	assert_int_equal(dev_16550_read(0), 0x12);
	assert_int_equal(dev_16550_read(1), 0x34);
	dev_16550_write(&vp, 3, 0x03);
	assert_int_equal(dev_16550_read(3), 0x03);
	assert_int_equal(dev_16550_read(1), 0);
	assert_int_equal(sent_count, 0);
}

/* How Linux finds out that there is one (drivers/tty/serial/8250: autoconfig). */
static void test_probe(void **state)
{
	(void)state;
	dev_16550_write(&vp, 1, 0x0F);
	assert_int_equal(dev_16550_read(1), 0x0F);
	dev_16550_write(&vp, 1, 0x00);
	assert_int_equal(dev_16550_read(1), 0x00);
	dev_16550_write(&vp, 4, 0x1A); /* loop, OUT2, RTS */
	assert_int_equal(dev_16550_read(6) & 0xF0, 0x90);
	dev_16550_write(&vp, 4, 0x00);
	dev_16550_write(&vp, 2, 0x01);
	assert_int_equal(dev_16550_read(2) >> 6, 3); /* 16550A */
	dev_16550_write(&vp, 7, 0x5A);
	assert_int_equal(dev_16550_read(7), 0x5A);
}

/* No line interrupts: what would is told to whoever looks. */
static void test_identification(void **state)
{
	(void)state;
	assert_int_equal(dev_16550_read(2), 0x01);
	dev_16550_write(&vp, 1, 0x02);
	assert_int_equal(dev_16550_read(2), 0x02);
	dev_16550_write(&vp, 1, 0x03);
	typed = "x";
	assert_int_equal(dev_16550_read(2), 0x04);
	(void)dev_16550_read(0);
	assert_int_equal(dev_16550_read(2), 0x02);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sends), TEST(test_receives),	     TEST(test_divisor),
		TEST(test_probe), TEST(test_identification),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
