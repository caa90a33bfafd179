/* SPDX-License-Identifier: BSD-2-Clause */
/* With pages of 64 KiB in our own tables: is what is left beside them nobody's? */
#include "core/mem_map.h"

#include "core/arch.h"
#include "core/log.h"
#include "tests/fake/console.h"
#include "tests/unit/test.h"

#define KIB UINT64_C(1024)

static const struct range image = { 0x400000, 0x200000 };

static void put(struct platform *p, uint64_t base, uint64_t size, enum mem_type type)
{
	p->mem[p->mem_count].range = (struct range){ base, size };
	p->mem[p->mem_count].type = type;
	p->mem_count++;
}

static bool is_vtl0(uint64_t base, uint64_t size)
{
	return mem_map_is_vtl0((struct range){ base, size });
}

static void test_edges(void **state)
{
	static struct platform p;

	(void)state;
	assert_int_equal(ARCH_PAGE_SIZE, 64 * KIB);
	log_console_set(FAKE_CONSOLE);
	fake_console_reset();
	/* Two that are whole only together; one too small; ours; one with an edge at each end. */
	put(&p, 0x10000, 0x11000, MEM_NORMAL);
	put(&p, 0x21000, 0xF000, MEM_NORMAL);
	put(&p, 0x101000, 0x1000, MEM_NORMAL);
	put(&p, image.base, image.size, MEM_VTL2);
	put(&p, 0x601000, 0x20000, MEM_NORMAL);
	put(&p, 0x701000, 0x2F000, MEM_PERSISTENT);
	assert_int_equal(mem_map_init(&p, image), OK);
	assert_int_equal(mem_map_vtl0_count(), 2);
	assert_true(is_vtl0(0x10000, 0x20000));
	assert_false(is_vtl0(0x101000, 1));
	assert_false(is_vtl0(0x60FFFF, 1));
	assert_true(is_vtl0(0x610000, 0x10000));
	assert_false(is_vtl0(0x620000, 1));
	assert_true(
		fake_console_has("W memory: 0x101000, 4096 bytes: cut to whole pages of 64 KiB"));
	assert_true(fake_console_has("W memory: 0x601000, 131072 bytes: cut"));
	assert_int_equal(fake_console_lines(), 2);
	/* Ours to the last byte, but used in whole pages. */
	assert_true(mem_map_touches_vtl2((struct range){ 0x701000, 1 }));
	assert_int_equal(mem_map_kept().base, 0x710000);
	assert_int_equal(mem_map_kept().size, 0x20000);
}

static void test_nothing_whole(void **state)
{
	static struct platform p;

	(void)state;
	put(&p, 0x1000, 0x1E000, MEM_NORMAL);
	put(&p, image.base, image.size, MEM_VTL2);
	assert_int_equal(mem_map_init(&p, image), ERR_NO_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_nothing_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
