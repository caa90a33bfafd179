/* SPDX-License-Identifier: BSD-2-Clause */
/* Is VTL0 told of its own memory, of the processors that came up, and of nothing of ours? */
#include "core/vtl0_facts.h"

#include <string.h>

#include "core/devices.h"
#include "core/entropy.h"
#include "core/mem_map.h"
#include "core/service.h"

#include "tests/fake/console.h"
#include "tests/fake/memory.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define CPUS 4
#define DOOR (FAKE_VTL2 + 0x5000)

static struct platform platform;
static struct vtl0_facts facts;

static int setup(void **state)
{
	(void)state;
	fake_console_reset();
	fake_machine(&platform, CPUS);
	service_open_doors(DOOR_PAGE);
	platform.gic = (struct platform_gic){ true, 0xFFFF0000, 0xEFFEE000 };
	vp_set_state(vp_boot(), VP_UP);
	return (int)mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
}

static void collect(void)
{
	memset(&facts, 0x5A, sizeof(facts));
	vtl0_facts_collect(&platform, (gpa_t){ DOOR }, &facts);
}

static void test_memory(void **state)
{
	uint32_t i;

	(void)state;
	collect();
	assert_int_equal(facts.memory_count, 2);
	for (i = 0; i < facts.memory_count; i++) {
		assert_true(mem_map_is_vtl0(facts.memory[i]));
		assert_false(mem_map_touches_vtl2(facts.memory[i]));
	}
	assert_int_equal(facts.door_page.v, DOOR);
	assert_int_equal(facts.gicd_base, 0xFFFF0000);
	assert_int_equal(facts.gicr_base, 0xEFFEE000);
	assert_int_equal(facts.timer_intid, 20);
}

/* The boot processor first; of the others those that are ready in VTL2. */
static void test_processors(void **state)
{
	(void)state;
	vp_set_state(vp_by_number(1), VP_FAILED);
	vp_set_state(vp_by_number(2), VP_ASKED);
	vp_set_state(vp_by_number(3), VP_UP);
	collect();
	assert_int_equal(facts.cpu_count, 2);
	assert_int_equal(facts.cpus[0].v, 0x100);
	assert_int_equal(facts.cpus[1].v, 0x103);
	assert_int_equal(facts.gicr_count, 4);
}

static void test_seeds(void **state)
{
	static const uint8_t nothing[VTL0_SEED_SIZE];
	uint8_t first[VTL0_SEED_SIZE];

	(void)state;
	entropy_init(&platform);
	collect();
	assert_int_equal(facts.rng_seed_size, 0);
	assert_int_equal(facts.kaslr_seed, 0);
	assert_memory_equal(facts.rng_seed, nothing, sizeof(nothing));
	platform.entropy_size = 64;
	memset(platform.entropy, 9, 64);
	entropy_init(&platform);
	collect();
	assert_int_equal(facts.rng_seed_size, VTL0_SEED_SIZE);
	assert_int_not_equal(facts.kaslr_seed, 0);
	memcpy(first, facts.rng_seed, sizeof(first));
	collect();
	assert_memory_not_equal(facts.rng_seed, first, sizeof(first));
}

static void test_devices_and_doors(void **state)
{
	(void)state;
	collect();
	assert_false(facts.has_uart || facts.has_vtl_call);
	dev_uart_init(&platform, FAKE_UART1);
	service_open_doors(DOOR_PAGE | DOOR_VTLCALL);
	collect();
	assert_true(facts.has_uart && facts.has_vtl_call);
	assert_int_equal(facts.uart_base, FAKE_UART1);
	assert_int_equal(facts.uart_intid, 34);
	assert_int_equal(facts.door_page.v, DOOR);
	assert_false(facts.has_forwarded);
	service_open_doors(DOOR_VTLCALL | DOOR_HVC0);
	collect();
	assert_true(facts.has_forwarded);
	assert_int_equal(facts.door_page.v, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_memory, setup),
		cmocka_unit_test_setup(test_processors, setup),
		cmocka_unit_test_setup(test_seeds, setup),
		cmocka_unit_test_setup(test_devices_and_doors, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
