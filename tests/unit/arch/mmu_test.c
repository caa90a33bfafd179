/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is no page both writable and executable, is everything else absent, and the guard page with it?
 *
 * The tables are walked here as DDI0487 says, by bits written by hand. The image is an array with
 * the linker script's marks inside it.
 */
#include "arch/arm64/entry.h"
#include "core/arch.h"
#include "core/page_pool.h"

#include <string.h>

#include "tests/unit/arch/sysreg.h"
#include "tests/unit/test.h"

/* Of each granule: ID_AA64MMFR0_EL1's field for "not there", TCR_EL1.TG0, the largest block. */
#if ARCH_PAGE_SHIFT == 12
#define PAGE 0x1000
#define MMFR0_NOT UINT64_C(0xF0000000)
#define MMFR0_ALSO UINT64_C(0x10000000)
#define TG0 0
#define BLOCK_SHIFT 30
#elif ARCH_PAGE_SHIFT == 14
#define PAGE 0x4000
#define MMFR0_NOT UINT64_C(0)
#define MMFR0_ALSO UINT64_C(0x00200000)
#define TG0 2
#define BLOCK_SHIFT 25
#else
#define PAGE 0x10000
#define MMFR0_NOT UINT64_C(0x0F000000)
#define MMFR0_ALSO UINT64_C(0)
#define TG0 1
#define BLOCK_SHIFT 29
#endif
#define MMFR0 (ARCH_PAGE_SHIFT == 14 ? UINT64_C(0x00100000) : UINT64_C(0))
#define LEVEL_BITS (ARCH_PAGE_SHIFT - 3)
#define PAGES 512 /* of our memory */
#define TEXT_END 3
#define RODATA_END 5
#define DATA 6
#define GUARD 8
#define IMAGE_END 12

static _Alignas(0x200000) uint8_t memory[PAGES * PAGE];
uint8_t vectors[16];

#define STRING_(x) #x
#define STRING(x) STRING_(x)

/* Marks inside the array; a symbol cannot be so defined in C. */
#define MARK(name, page) ".set " #name ", memory + " #page " * " STRING(PAGE) "\n"
__asm__(".global fw_start, __text_end, __rodata_start, __rodata_end, fw_data_start\n"
	".global __image_end, boot_stack_guard\n"
	".set fw_start, memory\n" /* */
	MARK(__text_end, 3) MARK(__rodata_start, 3) MARK(__rodata_end, 5) MARK(fw_data_start, 6)
		MARK(boot_stack_guard, 8) MARK(__image_end, 12));

static uint64_t switched[4];
static uint32_t switches;

void mmu_switch(uint64_t mair, uint64_t tcr, uint64_t ttbr0, uint64_t sctlr)
{
	memcpy(switched, (uint64_t[]){ mair, tcr, ttbr0, sctlr }, sizeof(switched));
	switches++;
}

static struct range range(uint64_t first, uint64_t end)
{
	return (struct range){ (uintptr_t)memory + first * PAGE, (end - first) * PAGE };
}

static enum err start(uint64_t pool_pages)
{
	page_pool_init(range(PAGES - pool_pages, PAGES));
	return arch_mmu_init(range(0, IMAGE_END), range(0, PAGES));
}

static int setup(void **state)
{
	(void)state;
	sysreg_reset();
	sysreg_set("id_aa64mmfr0_el1", MMFR0 | 5); /* 48 bits */
	switches = 0;
	memset(memory, 0xEE, sizeof(memory));
	return (int)start(64);
}

/* The leaf for that address, 0 where there is none; *pa is where it leads. */
static uint64_t leaf(uint64_t va, uint64_t *pa)
{
	const uint64_t *table = (const uint64_t *)(uintptr_t)switched[2];
	unsigned int shift = ARCH_PAGE_SHIFT;

	while (shift + LEVEL_BITS < 48) {
		shift += LEVEL_BITS;
	}
	for (;; shift -= LEVEL_BITS) {
		uint64_t e = table[va >> shift & ((1U << LEVEL_BITS) - 1)];
		uint64_t inside = va & ((UINT64_C(1) << shift) - 1);

		if ((e & 1) == 0) {
			return 0;
		}
		if (shift == ARCH_PAGE_SHIFT || (e & 2) == 0) {
			assert_int_equal(e & 2, shift == ARCH_PAGE_SHIFT ? 2 : 0);
			assert_in_range(shift, ARCH_PAGE_SHIFT, BLOCK_SHIFT);
			*pa = (e & UINT64_C(0xFFFFFFFFF000)) + inside;
			return e;
		}
		table = (const uint64_t *)(uintptr_t)(e & UINT64_C(0xFFFFFFFFF000));
	}
}

#define AP_RO (UINT64_C(1) << 7)
#define PXN (UINT64_C(1) << 53)
#define UXN (UINT64_C(1) << 54)

/* r, w, x, and d for device memory; "-" absent. EL0 never has anything. */
static const char *access_of(uint64_t va, uint64_t wanted_pa)
{
	uint64_t pa = 0;
	uint64_t e = leaf(va, &pa);

	if (e == 0) {
		return "-";
	}
	assert_int_equal(pa, wanted_pa);
	assert_int_equal(e & (UINT64_C(1) << 6), 0); /* AP[1]: EL0 */
	assert_int_equal(e >> 10 & 1, 1);	     /* AF */
	assert_true((e & UXN) != 0);
	if ((e >> 2 & 7) == 0) {
		return (e & (AP_RO | PXN)) == PXN ? "rwd" : "bad";
	}
	assert_int_equal(e >> 2 & 7, 1);
	assert_int_equal(e >> 8 & 3, 3); /* inner shareable */
	switch (e & (AP_RO | PXN)) {
	case AP_RO:
		return "rx";
	case AP_RO | PXN:
		return "r";
	case PXN:
		return "rw";
	default:
		return "wx";
	}
}

static const char *own(uint64_t page)
{
	uint64_t va = (uintptr_t)memory + page * PAGE;

	return access_of(va + 8, va + 8);
}

static void test_our_memory(void **state)
{
	uint64_t page;

	(void)state;
	for (page = 0; page < PAGES; page++) {
		const char *wanted = page < TEXT_END   ? "rx" :
				     page < RODATA_END ? "r" :
				     page < DATA       ? "-" :
				     page == GUARD     ? "-" :
							 "rw";

		assert_string_equal(own(page), wanted);
	}
	assert_string_equal(access_of((uintptr_t)memory - 1, 0), "-");
	assert_string_equal(access_of((uintptr_t)memory + sizeof(memory), 0), "-");
	assert_string_equal(access_of(0, 0), "-");
	assert_string_equal(access_of(UINT64_C(0xFFFFFFFFFFFF), 0), "-");
}

static void test_switch(void **state)
{
	(void)state;
	assert_int_equal(switches, 1);
	assert_int_equal(switched[0] & 0xFFFF, 0xFF04); /* 0: device nGnRE, 1: write-back */
	/* 48 bits, the granule, walks cached and shareable, nothing by TTBR1. */
	assert_int_equal(switched[1] & 0x3F, 16);
	assert_int_equal(switched[1] >> 8 & 0x3F, 0x35);
	assert_int_equal(switched[1] >> 14 & 3, TG0);
	assert_int_equal(switched[1] >> 23 & 1, 1);
	assert_int_equal(switched[1] >> 32 & 7, 5);
	/* M, A, C, SA, I, WXN. */
	assert_int_equal(switched[3] & 0x8100F, 0x8100D | 0x2);
	assert_int_equal(switched[2], vp_start_registers.ttbr0);
	assert_int_equal(vp_start_registers.sctlr, switched[3]);
	assert_int_equal(vp_start_registers.vbar, (uintptr_t)vectors);
}

static void test_features(void **state)
{
	static const struct {
		uint64_t mmfr0;
		enum err err;
		uint64_t ips;
	} rows[] = {
		{ MMFR0 | 0x0, OK, 0 },	     { MMFR0 | 0x2, OK, 2 },
		{ MMFR0 | 0x6, OK, 5 },	     { MMFR0_NOT | 0x5, ERR_NOT_SUPPORTED, 0 },
		{ MMFR0_ALSO | 0x5, OK, 5 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		sysreg_set("id_aa64mmfr0_el1", rows[i].mmfr0);
		switches = 0;
		assert_int_equal(start(64), rows[i].err);
		assert_int_equal(switches, rows[i].err == OK);
		if (rows[i].err == OK) {
			assert_int_equal(switched[1] >> 32 & 7, rows[i].ips);
		}
	}
}

/* The builder's word for the image must be the linker's. */
static void test_wrong_image(void **state)
{
	(void)state;
	switches = 0;
	assert_int_equal(arch_mmu_init(range(0, IMAGE_END - 1), range(0, PAGES)), ERR_INVALID);
	assert_int_equal(arch_mmu_init(range(0, IMAGE_END + 1), range(0, PAGES)), ERR_INVALID);
	assert_int_equal(arch_mmu_init(range(1, IMAGE_END), range(0, PAGES)), ERR_INVALID);
	assert_int_equal(switches, 0);
}

/* Too few pages for tables, by any number: refused, and not switched to. */
static void test_every_shortage(void **state)
{
	uint64_t pages;

	(void)state;
	for (pages = 0; pages < 8; pages++) {
		enum err err;

		switches = 0;
		err = start(pages);
		assert_true(err == OK || err == ERR_NO_MEMORY);
		assert_int_equal(switches, err == OK);
		if (err == OK) {
			break;
		}
	}
	assert_in_range(pages, 3, 7);
}

static void test_devices(void **state)
{
	const uint64_t uart = UINT64_C(0xEFFEB000);
	const uint64_t page = uart & ~(uint64_t)(PAGE - 1);

	(void)state;
	assert_int_equal(arch_map_device((struct range){ uart, 0x1000 }), OK);
	assert_string_equal(access_of(uart + 0x18, uart + 0x18), "rwd");
	assert_string_equal(access_of(page - 1, 0), "-");
	assert_string_equal(access_of(page + PAGE, 0), "-");
	/* A second time something is there: only where devices may share a page that is right. */
	assert_int_equal(arch_map_device((struct range){ uart, 0x1000 }),
			 PAGE == 0x1000 ? ERR_STATE : OK);
	/* Over our own memory it never is. */
	assert_int_equal(arch_map_device(range(20, 21)), ERR_STATE);
	assert_string_equal(own(20), "rw");
}

/* Large ranges take large leaves: no page of the pool for each 4 KiB. */
static void test_large(void **state)
{
	const struct range ram = { UINT64_C(1) << 40, UINT64_C(1) << 35 };
	uint64_t va = ARCH_VTL0_WINDOW + ram.base + ram.size - 1;

	(void)state;
	assert_int_equal(arch_map_vtl0(ram), OK);
	assert_string_equal(access_of(va, ram.base + ram.size - 1), "rw");
}

/* A device of less than a page beside another kind of mapping: never taken for its own. */
static void test_shared_page(void **state)
{
	const uint64_t gicr = UINT64_C(0xEFFEE000);

	(void)state;
	assert_int_equal(arch_map_device((struct range){ gicr, 0x20000 }), OK);
	assert_string_equal(access_of(gicr + 0x1FFFF, gicr + 0x1FFFF), "rwd");
	assert_int_equal(arch_map_device((struct range){ 0xEFFEB000, 0x1000 }), OK);
	assert_string_equal(access_of(0xEFFEB000, 0xEFFEB000), "rwd");
}

/* VTL0's RAM: in its window, never executable, not at its own address. */
static void test_vtl0(void **state)
{
	const struct range ram = { PAGE, UINT64_C(0x40000000) + 0x200000 + 2 * PAGE };
	const uint64_t window = ARCH_VTL0_WINDOW;
	const uint64_t places[] = { ram.base, 0x200000, 0x3FFFFFFF, 0x40000000,
				    ram.base + ram.size - 1 };
	size_t i;

	(void)state;
	assert_int_equal(arch_map_vtl0(ram), OK);
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		assert_string_equal(access_of(window + places[i], places[i]), "rw");
		assert_string_equal(access_of(places[i], 0), "-");
	}
	assert_string_equal(access_of(window + PAGE - 1, 0), "-");
	assert_string_equal(access_of(window + ram.base + ram.size, 0), "-");
	/* What would reach past the window's own size is refused. */
	assert_int_equal(arch_map_vtl0((struct range){ window - PAGE, 2 * PAGE }), ERR_RANGE);
	assert_int_equal(arch_map_vtl0((struct range){ window - PAGE, PAGE }), OK);
}

static void test_unmap(void **state)
{
	uint64_t va = (uintptr_t)memory + 20 * PAGE;

	(void)state;
	sysreg_done_count = 0;
	assert_int_equal(arch_unmap_page((pa_t){ va }), OK);
	assert_string_equal(own(20), "-");
	assert_string_equal(own(19), "rw");
	assert_string_equal(own(21), "rw");
	/* Stored, then invalidated, then waited for. */
	assert_int_equal(sysreg_done[0].what, 's');
	assert_int_equal(sysreg_done[1].what, 't');
	assert_int_equal(sysreg_done[1].va, va);
	assert_int_equal(sysreg_done[2].what, 's');
	assert_int_equal(sysreg_done[3].what, 'i');
	assert_int_equal(arch_unmap_page((pa_t){ UINT64_C(1) << 41 }), ERR_STATE);
}

/* Every line that the range touches, and no other. */
static void test_clean(void **state)
{
	uint32_t i;

	(void)state;
	sysreg_set("ctr_el0", 4U << 16); /* 64 bytes */
	sysreg_done_count = 0;
	arch_clean_to_memory((const void *)0x10203F, 0x42);
	assert_int_equal(sysreg_done_count, 4);
	for (i = 0; i < 3; i++) {
		assert_int_equal(sysreg_done[i].what, 'c');
		assert_int_equal(sysreg_done[i].va, 0x102000 + 64 * i);
	}
	assert_int_equal(sysreg_done[3].what, 's');
	sysreg_done_count = 0;
	arch_clean_to_memory((const void *)0x102000, 64);
	assert_int_equal(sysreg_done_count, 2);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_our_memory),	TEST(test_switch),	   TEST(test_features),
		TEST(test_wrong_image), TEST(test_every_shortage), TEST(test_devices),
		TEST(test_large),	TEST(test_shared_page),	   TEST(test_vtl0),
		TEST(test_unmap),	TEST(test_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
