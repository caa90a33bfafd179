/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does VTL0's console behave as a PL011, whatever VTL0 writes to it? Register numbers and bits
 * here are by hand from DDI0183.
 */
#include "core/devices.h"

#include <string.h>

#include "paravane/services.h"

#include "tests/fake/line.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/unit/test.h"

#define DR 0x00
#define FR 0x18
#define IMSC 0x38
#define RIS 0x3C
#define MIS 0x40
#define ICR 0x44

#define RX 0x10
#define TX 0x20
#define RT 0x40

#define FIFO 256
#define INTERRUPT 34

static struct vp vp;
static struct platform platform;

static uint64_t get(uint64_t offset)
{
	return dev_uart_read(&vp, offset, 4);
}

static void put(uint64_t offset, uint64_t value)
{
	dev_uart_write(&vp, offset, 4, value);
}

static void type(const char *text, size_t size)
{
	fake_pl011_type(text, size);
	dev_uart_host_interrupt();
}

/* The device cannot be made anew: everything that the last test left is taken out. */
static int setup(void **state)
{
	uint32_t i;

	(void)state;
	fake_pl011_reset(FAKE_UART1);
	put(IMSC, 0);
	for (i = 0; i < FIFO; i++) {
		(void)get(DR);
	}
	put(ICR, 0x7FF);
	memset(&fake_line, 0, sizeof(fake_line));
	memset(&vp, 0, sizeof(vp));
	return 0;
}

/* First: a machine without a UART has no such device. */
static void test_absent(void **state)
{
	(void)state;
	fake_platform(&platform, 1);
	platform.uart_count = 0;
	dev_uart_init(&platform, 0);
	assert_int_equal(dev_uart_registers().size, 0);
	assert_int_equal(dev_uart_interrupt(), 0);
}

/* Second: as it comes out of reset. */
static void test_reset_values(void **state)
{
	(void)state;
	fake_platform(&platform, 1);
	dev_uart_init(&platform, FAKE_UART1);
	fake_pl011_reset(FAKE_UART1);
	assert_int_equal(dev_uart_registers().base, FAKE_UART1);
	assert_int_equal(dev_uart_registers().size, 0x1000);
	assert_int_equal(dev_uart_interrupt(), INTERRUPT);
	assert_int_equal(get(FR), 0x90);    /* both FIFOs empty, not busy */
	assert_int_equal(get(0x30), 0x300); /* UARTCR: TXE, RXE */
	assert_int_equal(get(0x34), 0x12);  /* UARTIFLS */
	assert_int_equal(get(IMSC), 0);
	assert_int_equal(get(RIS) & 0xF, 0);
	assert_int_equal(get(MIS), 0);
	assert_int_equal(get(0x24) | get(0x28) | get(0x2C), 0);
}

static void test_identification(void **state)
{
	/* Part 011, designer 41, revision r1p4; PrimeCell. */
	static const uint8_t id[] = { 0x11, 0x10, 0x14, 0x00, 0x0D, 0xF0, 0x05, 0xB1 };
	uint32_t i;

	(void)state;
	for (i = 0; i < 8; i++) {
		put(0xFE0 + 4 * i, 0);
		assert_int_equal(get(0xFE0 + 4 * i), id[i]);
	}
}

/* Each register keeps the bits that it has and no others. */
static void test_register_widths(void **state)
{
	static const struct {
		uint64_t offset;
		uint64_t bits;
	} rows[] = {
		{ 0x24, 0xFFFF }, { 0x28, 0x3F }, { 0x2C, 0xFF },
		{ 0x30, 0xFFFF }, { 0x34, 0x3F }, { IMSC, 0x7FF },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		put(rows[i].offset, UINT64_MAX);
		assert_int_equal(get(rows[i].offset), rows[i].bits);
		put(rows[i].offset, 0);
		assert_int_equal(get(rows[i].offset), 0);
	}
	/* Read-only ones. */
	put(FR, UINT64_MAX);
	assert_int_equal(get(FR), 0x90);
	put(RIS, UINT64_MAX);
	put(MIS, UINT64_MAX);
	assert_int_equal(get(RIS), 0);
}

/* Every offset of the page, aligned or not, can be read and written without effect elsewhere. */
static void test_every_offset(void **state)
{
	uint64_t offset;

	(void)state;
	for (offset = 4; offset < 0x1000; offset++) {
		put(offset, 0);
		assert_true(get(offset) <= 0xFFFF);
	}
	assert_int_equal(fake_pl011.sent_count, 0);
	assert_int_equal(vp.stats.count[PARAVANE_STAT_CONSOLE_BYTES], 0);
}

static void test_transmit(void **state)
{
	(void)state;
	put(DR, 'h');
	put(DR, 0x1269); /* only the character's eight bits go out */
	assert_memory_equal(fake_pl011.sent, "hi", 2);
	assert_int_equal(fake_pl011.sent_count, 2);
	assert_int_equal(vp.stats.count[PARAVANE_STAT_CONSOLE_BYTES], 2);
	/* Always room again, so a driver that polls never waits. */
	assert_int_equal(get(FR), 0x90);
}

static void test_transmit_interrupt(void **state)
{
	(void)state;
	put(DR, 'a');
	assert_int_equal(get(RIS), TX);
	assert_int_equal(fake_line.changes, 0);
	put(IMSC, TX);
	assert_int_equal(get(MIS), TX);
	assert_true(fake_line.asserted);
	assert_int_equal(fake_line.number, INTERRUPT);
	put(DR, 'b');
	assert_int_equal(fake_line.changes, 1); /* a level: no second edge */
	put(ICR, TX);
	assert_false(fake_line.asserted);
	assert_int_equal(fake_line.changes, 2);
	assert_int_equal(get(RIS), 0);
	put(DR, 'c');
	assert_true(fake_line.asserted);
	put(IMSC, 0);
	assert_false(fake_line.asserted);
}

static void test_receive(void **state)
{
	(void)state;
	put(IMSC, RX | RT);
	type("ab", 2);
	assert_true(fake_line.asserted);
	assert_int_equal(get(FR), 0x80);
	assert_int_equal(get(RIS), RX | RT);
	assert_int_equal(get(DR), 'a'); /* no error bits of the host's UART */
	assert_true(fake_line.asserted);
	assert_int_equal(get(DR), 'b');
	assert_false(fake_line.asserted);
	assert_int_equal(get(RIS), 0);
	assert_int_equal(get(FR), 0x90);
	/* Empty: reading it does no harm. */
	assert_int_equal(get(DR), 0);
	assert_int_equal(get(FR), 0x90);
	type("\xFF", 1);
	assert_int_equal(get(DR), 0xFF);
}

/* Unmasking finds what is already there; clearing it takes the line back, data stays. */
static void test_receive_masked(void **state)
{
	(void)state;
	type("z", 1);
	assert_int_equal(fake_line.changes, 0);
	put(IMSC, RT);
	assert_true(fake_line.asserted);
	put(ICR, RT);
	assert_false(fake_line.asserted);
	assert_int_equal(get(RIS), RX);
	assert_int_equal(get(DR), 'z');
}

static void test_fifo_full(void **state)
{
	char many[FIFO + 44];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(many); i++) {
		many[i] = (char)(i * 7);
	}
	type(many, FIFO - 1);
	assert_int_equal(get(FR) & 0x40, 0);
	type(many + FIFO - 1, 45);
	assert_int_equal(get(FR), 0xC0); /* RXFF; what did not fit is lost, not what was there */
	assert_int_equal(fake_pl011.typed_left, 0);
	for (i = 0; i < FIFO; i++) {
		assert_int_equal(get(DR), (uint8_t)many[i]);
	}
	assert_int_equal(get(FR), 0x90);
	/* Room again, over the end of the buffer. */
	type(many, 3);
	assert_int_equal(get(DR), (uint8_t)many[0]);
	assert_int_equal(get(DR), (uint8_t)many[1]);
	assert_int_equal(get(DR), (uint8_t)many[2]);
}

/* A host whose UART never runs empty must not keep us for ever. */
static void test_host_never_empty(void **state)
{
	static char endless[100000];

	(void)state;
	type(endless, sizeof(endless));
	assert_true(fake_pl011.typed_left > 0);
	assert_int_equal(get(FR), 0xC0);
}

/* Where the tree names no interrupt, VTL0's line is never touched. */
static void test_polled(void **state)
{
	(void)state;
	platform.uart[1].intid = 0;
	dev_uart_init(&platform, FAKE_UART1);
	put(IMSC, TX | RX);
	put(DR, 'x');
	type("y", 1);
	assert_int_equal(get(MIS), TX | RX);
	assert_int_equal(fake_line.changes, 0);
}

/* One UART of the host for both of us; and VTL0's registers on a page of ours. */
static void test_shared_and_moved(void **state)
{
	(void)state;
	platform.uart_count = 1;
	fake_pl011_reset(FAKE_UART0);
	dev_uart_init(&platform, FAKE_VTL2);
	assert_int_equal(dev_uart_registers().base, FAKE_VTL2);
	assert_int_equal(dev_uart_interrupt(), 33);
	put(DR, 'q');
	assert_memory_equal(fake_pl011.sent, "q", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_reset_values),
		cmocka_unit_test_setup(test_identification, setup),
		cmocka_unit_test_setup(test_register_widths, setup),
		cmocka_unit_test_setup(test_every_offset, setup),
		cmocka_unit_test_setup(test_transmit, setup),
		cmocka_unit_test_setup(test_transmit_interrupt, setup),
		cmocka_unit_test_setup(test_receive, setup),
		cmocka_unit_test_setup(test_receive_masked, setup),
		cmocka_unit_test_setup(test_fifo_full, setup),
		cmocka_unit_test_setup(test_host_never_empty, setup),
		cmocka_unit_test_setup(test_polled, setup),
		cmocka_unit_test_setup(test_shared_and_moved, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
