/* SPDX-License-Identifier: BSD-2-Clause */
/* Does VTL0's kernel find boot_params, memory map, page tables and ACPI where the documents say? */
#include "arch/x86_64/icept.h"
#include "core/arch.h"
#include "core/log.h"
#include "core/payload.h"
#include "core/vtl0_facts.h"

#include <string.h>

#include "tests/unit/test.h"

#define BLOCK UINT64_C(0x200000)
#define BLOCK_SIZE 0x10000
#define KERNEL UINT64_C(0xFFC800)
#define RAMDISK UINT64_C(0x123456000)

static uint8_t block[BLOCK_SIZE];
static uint8_t kernel[0x1000];
static struct vtl0_facts facts;
static struct payload_plan plan;

uint8_t *vtl0_mem_boot_view(struct gpa_range range)
{
	return range.checked_base == BLOCK ? block : kernel;
}

bool icept_port_is_ours(uint16_t port)
{
	(void)port;
	return true;
}

void log_print(enum log_level level, const char *fmt, ...)
{
	(void)level;
	(void)fmt;
}

static uint64_t get(const uint8_t *at, size_t offset, size_t size)
{
	uint64_t v = 0;

	memcpy(&v, at + offset, size);
	return v;
}

static int setup(void **state)
{
	(void)state;
	memset(block, 0xEE, sizeof(block));
	memset(kernel, 0x11, sizeof(kernel));
	kernel[0x201] = 0x66;
	memset(&facts, 0, sizeof(facts));
	facts.memory_count = 3;
	facts.memory[0] = (struct range){ 0, 0xA0000 };
	facts.memory[1] = (struct range){ 0x100000, 0x7F00000 };
	facts.memory[2] = (struct range){ UINT64_C(0x100000000), 0x40000000 };
	facts.cpu_count = 3;
	facts.cpus[0].v = 7;
	facts.cpus[1].v = 0;
	facts.cpus[2].v = 0x12345;
	plan = (struct payload_plan){
		.kernel = { KERNEL, 0x3000000 },
		.ramdisk = { RAMDISK, UINT64_C(0x100000321) },
		.handover = { BLOCK, BLOCK_SIZE },
	};
	return 0;
}

static void test_params(void **state)
{
	(void)state;
	assert_int_equal(arch_hand_over(&facts, &plan, "quiet"), OK);
	assert_int_equal(get(block, 0x1F0, 1), 0); /* the header begins behind it */
	assert_int_equal(get(block, 0x1F1, 1), 0x11);
	assert_int_equal(get(block, 0x267, 1), 0x11);
	assert_int_equal(get(block, 0x268, 1), 0);
	assert_int_equal(get(block, 0x1EF, 1), 0); /* sentinel */
	assert_int_equal(get(block, 0x210, 1), 0xFF);
	assert_int_equal(get(block, 0x218, 4) | get(block, 0x0C0, 4) << 32, RAMDISK);
	assert_int_equal(get(block, 0x21C, 4) | get(block, 0x0C4, 4) << 32, 0x100000321);
	assert_int_equal(get(block, 0x0C8, 4), 0);
	assert_string_equal((const char *)block + (get(block, 0x228, 4) - BLOCK), "quiet");
}

static void test_memory(void **state)
{
	static const uint64_t expected[][3] = {
		{ 0, 0xA0000, 1 },
		{ 0x100000, 0x209000 - 0x100000, 1 },
		{ 0x209000, 0x2000, 3 },
		{ 0x20B000, 0x8000000 - 0x20B000, 1 },
		{ UINT64_C(0x100000000), 0x40000000, 1 },
	};
	size_t i;

	(void)state;
	assert_int_equal(arch_hand_over(&facts, &plan, ""), OK);
	assert_int_equal(get(block, 0x1E8, 1), 5);
	for (i = 0; i < 5; i++) {
		assert_int_equal(get(block, 0x2D0 + 20 * i, 8), expected[i][0]);
		assert_int_equal(get(block, 0x2D8 + 20 * i, 8), expected[i][1]);
		assert_int_equal(get(block, 0x2E0 + 20 * i, 4), expected[i][2]);
	}
}

/* Every page of the lowest 4 GiB at its own address. */
static void test_tables(void **state)
{
	const uint8_t *pml4 = block + 0x3000;
	uint64_t va;

	(void)state;
	assert_int_equal(arch_hand_over(&facts, &plan, ""), OK);
	for (va = 0; va < UINT64_C(4) << 30; va += 0x200000) {
		uint64_t pdpt = get(pml4, 8 * (va >> 39), 8);
		uint64_t pd = get(block, (pdpt & ~0xFFFULL) - BLOCK + 8 * (va >> 30 & 511), 8);
		uint64_t page = get(block, (pd & ~0xFFFULL) - BLOCK + 8 * (va >> 21 & 511), 8);

		assert_int_equal(pdpt & 0xFFF, 3);
		assert_int_equal(pd & 0xFFF, 3);
		assert_int_equal(page, va | 0x83);
	}
	assert_int_equal(get(pml4, 8, 8), 0);
	assert_int_equal(get(block, 0x1010, 8), 0x00AF9B000000FFFF);
	assert_int_equal(get(block, 0x1018, 8), 0x00CF93000000FFFF);
}

static const uint8_t *table(uint64_t gpa, const char *signature)
{
	const uint8_t *at = block + (gpa - BLOCK);
	uint8_t sum = 0;
	size_t i;

	assert_memory_equal(at, signature, 4);
	for (i = 0; i < get(at, 4, 4); i++) {
		sum += at[i];
	}
	assert_int_equal(sum, 0);
	return at;
}

static void test_acpi(void **state)
{
	const uint8_t *rsdp, *xsdt, *fadt, *madt;
	uint8_t sum = 0;
	size_t i;

	(void)state;
	assert_int_equal(arch_hand_over(&facts, &plan, ""), OK);
	rsdp = block + (get(block, 0x070, 8) - BLOCK);
	assert_memory_equal(rsdp, "RSD PTR ", 8);
	for (i = 0; i < 20; i++) {
		sum += rsdp[i];
	}
	assert_int_equal(sum, 0);
	for (; i < 36; i++) {
		sum += rsdp[i];
	}
	assert_int_equal(sum, 0);
	xsdt = table(get(rsdp, 24, 8), "XSDT");
	assert_int_equal(get(xsdt, 4, 4), 36 + 16);
	fadt = table(get(xsdt, 36, 8), "FACP");
	assert_true(get(fadt, 112, 4) >> 20 & 1); /* hardware reduced */
	assert_int_equal(get(fadt, 248, 8), 0x405);
	(void)table(get(fadt, 140, 8), "DSDT");
	madt = table(get(xsdt, 44, 8), "APIC");
	assert_int_equal(get(madt, 4, 4), 44 + 3 * 16);
	for (i = 0; i < 3; i++) {
		assert_int_equal(get(madt, 44 + 16 * i, 2), 0x1009);
		assert_int_equal(get(madt, 48 + 16 * i, 4), facts.cpus[i].v);
		assert_int_equal(get(madt, 52 + 16 * i, 4), 1);
		assert_int_equal(get(madt, 56 + 16 * i, 4), i);
	}
}

static void test_does_not_fit(void **state)
{
	static char line[4097];

	(void)state;
	memset(line, 'x', 4096);
	assert_int_equal(arch_hand_over(&facts, &plan, line), ERR_NO_MEMORY);
	line[4095] = '\0';
	assert_int_equal(arch_hand_over(&facts, &plan, line), OK);
	plan.kernel.checked_base = (UINT64_C(4) << 30) - 0x3000000 + 1;
	assert_int_equal(arch_hand_over(&facts, &plan, ""), ERR_RANGE);
	setup(state);
	plan.handover.checked_size = 0xA000;
	assert_int_equal(arch_hand_over(&facts, &plan, ""), ERR_NO_MEMORY);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_params), TEST(test_memory),	    TEST(test_tables),
		TEST(test_acpi),   TEST(test_does_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
