/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does each request reach its row through the right doors only, and does anything else get exactly
 * "not supported"? The whole table with its real handlers. (attack cases)
 */
#include "core/service.h"

#include <string.h>

#include "core/mem_map.h"
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"

#include "tests/fake/console.h"
#include "tests/fake/memory.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define NOT_SUPPORTED UINT64_MAX
#define REGISTERS 31

static struct platform platform;
static uint64_t seed = 3;
static const enum door doors[] = { DOOR_PAGE, DOOR_VTLCALL, DOOR_HVC0 };

static int setup(void **state)
{
	static const uint8_t drbg_seed[48] = { 1, 2, 3 };

	(void)state;
	fake_console_reset();
	fake_machine(&platform, 2);
	service_open_doors(DOOR_ANY);
	if (crypto_drbg_seed(&vp_boot()->drbg, drbg_seed, sizeof(drbg_seed), 0) != OK) {
		return 1;
	}
	return (int)mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
}

/* Every register a pattern of its own, the id in register 0. */
static struct arch_vtl0_regs patterned(uint64_t id)
{
	struct arch_vtl0_regs regs;
	uint32_t i;

	for (i = 0; i < REGISTERS; i++) {
		regs.x[i] = test_random(&seed);
	}
	regs.x[0] = id;
	return regs;
}

/* The call, and that no register from the first kept one on has changed. */
static uint64_t call(struct arch_vtl0_regs regs, enum door door, uint32_t first_kept)
{
	struct vp *vp = vp_boot();
	uint32_t i;

	vp->regs = regs;
	service_dispatch(vp, door);
	for (i = first_kept; i < REGISTERS; i++) {
		assert_int_equal(vp->regs.x[i], regs.x[i]);
	}
	return vp->regs.x[0];
}

static void check_refused(struct arch_vtl0_regs regs, enum door door)
{
	struct stats before = vp_boot()->stats;

	assert_int_equal(call(regs, door, 1), NOT_SUPPORTED);
	before.count[PARAVANE_STAT_REFUSED]++;
	assert_memory_equal(&vp_boot()->stats, &before, sizeof(before));
}

/* Arguments with which each row succeeds. */
static struct arch_vtl0_regs good_call(const struct service *s)
{
	struct arch_vtl0_regs regs = patterned(s->id);

	switch (s->id) {
	case SMCCC_ARCH_FEATURES:
	case TRNG_FEATURES:
	case PARAVANE_FEATURES:
		regs.x[1] = TRNG_VERSION;
		break;
	case TRNG_RND32:
	case TRNG_RND64:
		regs.x[1] = 17;
		break;
	case PARAVANE_LOG:
		regs.x[1] = FAKE_LOW;
		regs.x[2] = 5;
		break;
	case PARAVANE_STATISTICS:
		regs.x[1] = 0;
		break;
	default:
		break;
	}
	return regs;
}

static void test_every_row_through_every_door(void **state)
{
	uint32_t i;
	size_t d;

	(void)state;
	for (i = 0; i < service_count; i++) {
		const struct service *s = &services[i];

		for (d = 0; d < ARRAY_SIZE(doors); d++) {
			struct stats before = vp_boot()->stats;

			if ((s->gate & (uint32_t)doors[d]) == 0) {
				check_refused(good_call(s), doors[d]);
				continue;
			}
			assert_true((int64_t)call(good_call(s), doors[d], s->out) >= 0);
			assert_int_equal(vp_boot()->stats.count[PARAVANE_STAT_REQUESTS],
					 before.count[PARAVANE_STAT_REQUESTS] + 1);
			assert_int_equal(vp_boot()->stats.count[PARAVANE_STAT_REFUSED],
					 before.count[PARAVANE_STAT_REFUSED]);
		}
	}
}

/* Random arguments: an error has no other trace than its code and zeroes in its results. */
static void test_every_row_with_junk(void **state)
{
	uint32_t i;
	uint32_t k;
	int round;

	(void)state;
	for (i = 0; i < service_count; i++) {
		for (round = 0; round < 50; round++) {
			struct arch_vtl0_regs regs = patterned(services[i].id);
			int64_t x0 = (int64_t)call(regs, DOOR_PAGE, services[i].out);

			assert_in_range(x0 + 3, 0, UINT32_MAX);
			for (k = 1; x0 < 0 && k < services[i].out; k++) {
				assert_int_equal(vp_boot()->regs.x[k], 0);
			}
		}
	}
}

static void test_closed_door(void **state)
{
	uint32_t i;
	size_t d;

	(void)state;
	for (d = 0; d < ARRAY_SIZE(doors); d++) {
		service_open_doors(DOOR_ANY & ~(uint32_t)doors[d]);
		for (i = 0; i < service_count; i++) {
			check_refused(good_call(&services[i]), doors[d]);
		}
	}
}

/* All owners, fast and yielding, 32 and 64 bit; the numbers that anybody uses. */
static void test_unknown_ids(void **state)
{
	uint32_t owner;
	uint32_t kind;
	uint32_t n;

	(void)state;
	for (owner = 0; owner < 64; owner++) {
		for (kind = 0; kind < 4; kind++) {
			for (n = 0; n < 0x300; n++) {
				uint32_t number = n < 0x200 ? n : 0xFD00 + n;
				uint32_t id = kind << 30 | owner << 24 | number;

				if (service_find(id) == NULL) {
					check_refused(patterned(id), doors[n % 3]);
				}
			}
		}
	}
	assert_int_equal(fake_console_lines(), 0);
}

/* A known id with any one other bit set, the SVE hint apart, is another id. */
static void test_one_bit_off(void **state)
{
	uint32_t i;
	uint32_t bit;

	(void)state;
	for (i = 0; i < service_count; i++) {
		for (bit = 0; bit < 32; bit++) {
			uint32_t id = services[i].id ^ (1U << bit);

			if (service_find(id) == NULL && bit != 16) {
				check_refused(patterned(id), DOOR_PAGE);
			}
		}
		/* The fast bit off, and a bit that must be zero. */
		assert_null(service_find(services[i].id & ~SMCCC_FAST_CALL));
		assert_null(service_find(services[i].id | 0x00020000));
	}
}

static void test_sve_hint_and_upper_half(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < service_count; i++) {
		struct arch_vtl0_regs regs = good_call(&services[i]);

		regs.x[0] |= SMCCC_SVE_HINT;
		assert_true((int64_t)call(regs, DOOR_PAGE, services[i].out) >= 0);
		regs.x[0] = services[i].id | UINT64_C(0xDEADBEEF) << 32;
		assert_true((int64_t)call(regs, DOOR_PAGE, services[i].out) >= 0);
	}
	/* The hint makes no service out of an unknown id. */
	check_refused(patterned(0x84000055 | SMCCC_SVE_HINT), DOOR_PAGE);
}

/* SMC32: what is above bit 31 is nobody's; SMC64: it is part of the argument. */
static void test_upper_halves_of_arguments(void **state)
{
	const uint64_t junk = UINT64_C(0xFFFFFFFF) << 32;
	uint32_t i;
	uint32_t k;

	(void)state;
	for (i = 0; i < service_count; i++) {
		const struct service *s = &services[i];
		struct arch_vtl0_regs regs = good_call(s);
		int64_t x0;

		for (k = 1; k <= 7; k++) {
			regs.x[k] |= junk;
		}
		x0 = (int64_t)call(regs, DOOR_PAGE, s->out);
		assert_int_equal(x0 >= 0, (s->id & SMCCC_CALL_64BIT) == 0 || s->in_max == 0);
	}
}

/* Only argument registers that the row names matter. */
static void test_registers_not_named(void **state)
{
	struct arch_vtl0_regs a = good_call(service_find(SMCCC_VERSION));
	struct arch_vtl0_regs b = patterned(SMCCC_VERSION);

	(void)state;
	assert_int_equal(call(a, DOOR_PAGE, 1), SMCCC_VERSION_1_3);
	assert_int_equal(call(b, DOOR_PAGE, 1), SMCCC_VERSION_1_3);
}

/* What FEATURES says is what the call does, for each row and door. */
static void test_features_tell_the_truth(void **state)
{
	uint32_t i;
	size_t d;

	(void)state;
	for (i = 0; i < service_count; i++) {
		for (d = 0; d < ARRAY_SIZE(doors); d++) {
			service_open_doors((uint32_t)doors[d]);
			assert_int_equal(service_offered(services[i].id) == OK,
					 (services[i].gate & (uint32_t)doors[d]) != 0);
			assert_int_equal((int64_t)call(good_call(&services[i]), doors[d],
						       services[i].out) >= 0,
					 service_offered(services[i].id) == OK);
		}
	}
	assert_int_equal(service_offered(0x84000055), ERR_NOT_SUPPORTED);
	assert_int_equal(service_open_doors_get(), DOOR_HVC0);
}

/* The requests of one VP are counted there and nowhere else. */
static void test_counters_are_per_vp(void **state)
{
	struct vp *other = vp_by_number(1);

	(void)state;
	other->regs = patterned(PARAVANE_UID);
	service_dispatch(other, DOOR_PAGE);
	other->regs = patterned(0);
	service_dispatch(other, DOOR_PAGE);
	assert_int_equal(other->stats.count[PARAVANE_STAT_REQUESTS], 1);
	assert_int_equal(other->stats.count[PARAVANE_STAT_REFUSED], 1);
	assert_int_equal(vp_boot()->stats.count[PARAVANE_STAT_REQUESTS], 0);
}

/* Last: the end of the machine cannot be taken back. */
static void test_ending(void **state)
{
	uint32_t i;

	(void)state;
	service_set_ending();
	for (i = 0; i < service_count; i++) {
		if ((services[i].gate & DOOR_ANY * WHEN_ENDING) == 0) {
			check_refused(good_call(&services[i]), DOOR_PAGE);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_every_row_through_every_door, setup),
		cmocka_unit_test_setup(test_every_row_with_junk, setup),
		cmocka_unit_test_setup(test_closed_door, setup),
		cmocka_unit_test_setup(test_unknown_ids, setup),
		cmocka_unit_test_setup(test_one_bit_off, setup),
		cmocka_unit_test_setup(test_sve_hint_and_upper_half, setup),
		cmocka_unit_test_setup(test_upper_halves_of_arguments, setup),
		cmocka_unit_test_setup(test_registers_not_named, setup),
		cmocka_unit_test_setup(test_features_tell_the_truth, setup),
		cmocka_unit_test_setup(test_counters_are_per_vp, setup),
		cmocka_unit_test_setup(test_ending, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
