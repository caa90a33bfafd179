/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MSRs, ports and CPUID leaves that VTL0 has nothing to look for in.
 */
#include "paravane/services.h"
#include "tests/guest/attack/x86_64.h"
#include "tests/guest/lib/x86_64/port.h"

#define HV_RESET 0x40000003
#define VM_CR 0xC0010114
#define VM_HSAVE_PA 0xC0010117
#define EFER 0xC0000080
#define EFER_SVME 0x1000
#define COM1 0x3F8
#define COM1_LAST 0x3FF
#define COM1_SCRATCH 0x3FF
#define POWER 0x404
#define POWER_LAST 0x405
#define SCI_EN 1
#define SLP_EN 0x2000
#define SLP_EN_UPPER 0x20
#define RESET 0xCF9
#define RESET_CPU 4
#define CLOCK 0x70
#define CLOCK_DATA 0x71
#define CLOCK_B 0x0B
#define CLOCK_D 0x0D
#define CLOCK_SET 0x80
#define PORTS 0x10000
#define LEAF_PRIVILEGES 0x40000003
#define PRIVILEGE_VSM (1U << 16)
#define PRIVILEGE_START_VP (1U << 21)
#define LEAF_SVM 0x80000001
#define ECX_SVM 4

static void one_msr(struct me *me, uint32_t msr)
{
	if (msr != PARAVANE_DOOR_MSR) {
		want_read_gp(me, "an MSR of nobody's is read", msr);
		want_write_gp(me, "an MSR of nobody's is written", msr, rng(me));
	}
}

/* The door's neighbours and every other bit of its number; numbers of other hypervisors, of
 * nobody, and by chance. None is a request. */
static void a67(struct me *me, enum door door)
{
	uint64_t requests = counter(PARAVANE_STAT_REQUESTS);

	(void)door;
	for (uint32_t i = 1; i < 64; i++) {
		one_msr(me, PARAVANE_DOOR_MSR + i);
		one_msr(me, PARAVANE_DOOR_MSR - i);
		one_msr(me, 0x4B564D00 + i);
		one_msr(me, 0x40000200 + i * 16);
		one_msr(me, 0xF0000000 + i * 0x10001);
	}
	for (unsigned int bit = 0; bit < 32; bit++) {
		one_msr(me, PARAVANE_DOOR_MSR ^ 1U << bit);
	}
	for (uint64_t i = 0; i < share(); i++) {
		one_msr(me, 0x50000000 | (uint32_t)rng(me) >> 4);
	}
	if (vps() == 1) {
		want(me, "none is a request", counter(PARAVANE_STAT_REQUESTS), requests + 1);
	}
}

/* Those that are another's: the reset register is VTL2's, the processor's SVM the hypervisor's. */
static void h67(struct me *me, enum door door)
{
	(void)door;
	want_read_gp(me, "the reset register", HV_RESET);
	want_write_gp(me, "the reset register", HV_RESET, 1);
	want_read_gp(me, "VM_CR", VM_CR);
	want_write_gp(me, "VM_CR", VM_CR, 0);
	want_read_gp(me, "VM_HSAVE_PA", VM_HSAVE_PA);
	want_write_gp(me, "VM_HSAVE_PA", VM_HSAVE_PA, vtl2_base());
	want_write_gp(me, "SVM switched on", EFER, try_rdmsr(EFER) | EFER_SVME);
}

static uint32_t ones(unsigned int size)
{
	return size == 4 ? UINT32_MAX : (1U << (8 * size)) - 1;
}

static bool is_claimed(uint32_t port)
{
	return (port >= COM1 && port <= COM1_LAST) || port == POWER || port == POWER_LAST ||
	       port == RESET || port == CLOCK || port == CLOCK_DATA;
}

static void want_in(struct me *me, const char *what, uint16_t port, unsigned int size,
		    uint32_t wanted)
{
	want(me, what, try_in(port, size), wanted);
}

static void one_string(struct me *me, uint16_t port)
{
	struct exception seen;
	uint8_t byte = 0xA5;

	exception_expect();
	try_outs(port, &byte);
	seen = exception_end();
	want(me, "a string to a port", seen.taken && seen.cause == GENERAL_PROTECTION, true);
	exception_expect();
	try_ins(port, &byte);
	seen = exception_end();
	want(me, "a string from a port", seen.taken && seen.cause == GENERAL_PROTECTION, true);
	want(me, "  gives nothing", byte, 0xA5);
}

/* The upper part of RAX is kept, or cleared by a result of 32 bits. */
static void widths(struct me *me, uint16_t port)
{
	for (unsigned int size = 2; size <= 4; size += 2) {
		want_in(me, "a console register as a wider one", port, size, ones(size));
		try_out(port, size, (uint32_t)rng(me));
	}
}

/* Power and reset: every value without the bit that ends the machine does nothing. */
static void power(struct me *me)
{
	for (unsigned int i = 0; i < 64; i++) {
		uint32_t value = (uint32_t)rng(me);

		try_out(POWER, 2, value & ~(uint32_t)SLP_EN);
		try_out(POWER, 4, value & ~(uint32_t)SLP_EN);
		try_out(POWER, 1, value);
		try_out(POWER_LAST, 1, value & ~(uint32_t)SLP_EN_UPPER);
		try_out(RESET, 1, value & ~(uint32_t)RESET_CPU);
		want_in(me, "power control", POWER, 2, SCI_EN);
		want_in(me, "reset control", RESET, 1, 0);
	}
	want_in(me, "power control, upper byte", POWER_LAST, 1, 0);
}

static uint32_t clock_register(uint32_t index)
{
	try_out(CLOCK, 1, index);
	return try_in(CLOCK_DATA, 1);
}

/* Anything into every register, the time being set or not: it stays a clock, with a time. */
static void clock(struct me *me)
{
	for (uint32_t i = 0; i < 1024; i++) {
		try_out(CLOCK, 1, i);
		try_out(CLOCK_DATA, 1, (uint32_t)rng(me));
		(void)try_in(CLOCK_DATA, 1);
	}
	try_out(CLOCK, 1, CLOCK_B);
	try_out(CLOCK_DATA, 1, 0);
	if (vps() == 1) {
		want(me, "the clock runs", clock_register(CLOCK_B) & CLOCK_SET, 0);
		want(me, "its time is valid", clock_register(CLOCK_D), 0x80);
		want(me, "a month", clock_register(8) >= 1 && clock_register(8) <= 0x12, true);
	}
	want_in(me, "which register", CLOCK, 1, 0xFF);
	widths(me, CLOCK);
	widths(me, CLOCK_DATA);
	one_string(me, CLOCK_DATA);
}

static void a68(struct me *me, enum door door)
{
	uint64_t console = counter(PARAVANE_STAT_CONSOLE_BYTES);

	(void)door;
	for (uint16_t port = COM1; port <= COM1_LAST; port++) {
		widths(me, port);
		one_string(me, port);
	}
	for (uint32_t i = 0; i < 256; i++) {
		try_out(COM1_SCRATCH, 1, i);
		if (vps() == 1) {
			want_in(me, "the scratch register", COM1_SCRATCH, 1, i);
		}
	}
	one_string(me, POWER);
	one_string(me, RESET);
	/* Across the edges: a port in front of ours is nobody's, whatever the size. */
	want_in(me, "two bytes across the edge", COM1 - 1, 2, 0xFFFF);
	want_in(me, "four bytes across the edge", COM1 - 2, 4, UINT32_MAX);
	try_out(COM1 - 1, 2, 0x5858);
	try_out(COM1 - 3, 4, 0x58585858);
	power(me);
	clock(me);
	want(me, "no character on the line", counter(PARAVANE_STAT_CONSOLE_BYTES), console);
}

/* All others: nothing is there. */
static void h68(struct me *me, enum door door)
{
	(void)door;
	for (uint32_t port = me->n; port < PORTS; port += stride()) {
		if (!is_claimed(port)) {
			unsigned int size = 1U << (rng(me) % 3);

			want_in(me, "a port of nobody's", (uint16_t)port, size, ones(size));
			try_out((uint16_t)port, size, (uint32_t)rng(me));
		}
	}
	one_string(me, 0x80);
}

/* What VTL0 may do is not what VTL2 may, and what is not there is zeroes. */
static void h69(struct me *me, enum door door)
{
	uint32_t r[4];

	(void)door;
	cpuid(LEAF_PRIVILEGES, r);
	want(me, "no privilege of VTL2's", r[1] & (PRIVILEGE_VSM | PRIVILEGE_START_VP), 0);
	cpuid(LEAF_SVM, r);
	want(me, "no SVM", r[2] & ECX_SVM, 0);
	for (uint32_t i = 0; i < 256; i++) {
		cpuid(0x40000100 + i * 37, r);
		want(me, "a leaf that is none", r[0] | r[1] | r[2] | r[3], 0);
	}
}

void port_rows(void)
{
	row("A-67", 'B', THROUGH(DOOR_PAGE), few(1000), a67);
	row("A-67", 'H', THROUGH(DOOR_PAGE), 1, h67);
	row("A-68", 'F', THROUGH(DOOR_PAGE), 1, a68);
	row("A-68", 'H', THROUGH(DOOR_PAGE), PORTS / stride(), h68);
	row("A-69", 'H', THROUGH(DOOR_PAGE), 1, h69);
}
