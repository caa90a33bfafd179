/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is a syndrome read as the Arm ARM writes it (DDI0487, ESR_ELx, ISS of data and instruction
 * aborts), and made so? Bit positions here are by hand.
 */
#include "arch/arm64/syndrome.h"

#include <string.h>

#include "tests/unit/test.h"

#define EC(ec) ((uint64_t)(ec) << 26)
#define IL (UINT64_C(1) << 25)
#define ISV (UINT64_C(1) << 24)
#define SAS(n) ((uint64_t)(n) << 22)
#define SSE (UINT64_C(1) << 21)
#define SRT(n) ((uint64_t)(n) << 16)
#define SF (UINT64_C(1) << 15)
#define FNV (UINT64_C(1) << 10)
#define CM (UINT64_C(1) << 8)
#define S1PTW (UINT64_C(1) << 7)
#define WNR (UINT64_C(1) << 6)

#define DABT_LOWER 0x24
#define IABT_LOWER 0x20

/* All 64 classes, with every other bit set: four are aborts. */
static void test_classes(void **state)
{
	uint32_t ec;

	(void)state;
	for (ec = 0; ec < 64; ec++) {
		struct syndrome s = syndrome_decode(EC(ec) | 0x3FFFFFF);
		bool data = ec == 0x24 || ec == 0x25;
		bool instruction = ec == 0x20 || ec == 0x21;

		assert_int_equal(s.is_execute, instruction);
		assert_int_equal(s.is_table_walk, data || instruction);
		if (!data && !instruction) {
			assert_false(s.is_write || s.is_maintenance || s.is_table_walk);
			assert_false(s.has_operand || s.sign_extend || s.wide);
			assert_int_equal(s.size | s.reg | s.walk_level, 0);
		}
		if (instruction) {
			assert_false(s.is_write || s.has_operand || s.is_maintenance);
		}
		/* Bits above the class say nothing. */
		assert_int_equal(syndrome_decode(EC(ec) | UINT64_C(0xFFFF) << 32).is_execute,
				 s.is_execute);
	}
}

static void test_operand(void **state)
{
	uint32_t sas, reg, bits;

	(void)state;
	for (sas = 0; sas < 4; sas++) {
		for (reg = 0; reg < 32; reg++) {
			for (bits = 0; bits < 8; bits++) {
				struct syndrome s = syndrome_decode(
					EC(DABT_LOWER) | IL | ISV | SAS(sas) | SRT(reg) |
					((bits & 1) != 0 ? SSE : 0) | ((bits & 2) != 0 ? SF : 0) |
					((bits & 4) != 0 ? WNR : 0));

				assert_true(s.has_operand);
				assert_int_equal(s.size, 1U << sas);
				assert_int_equal(s.reg, reg);
				assert_int_equal(s.sign_extend, (bits & 1) != 0);
				assert_int_equal(s.wide, (bits & 2) != 0);
				assert_int_equal(s.is_write, (bits & 4) != 0);
			}
		}
	}
}

/* Without ISV, of maintenance, of a walk: the operand's fields mean nothing. */
static void test_no_operand(void **state)
{
	const uint64_t full = EC(DABT_LOWER) | SAS(3) | SSE | SRT(5) | SF;
	const uint64_t words[] = { full, full | ISV | CM, full | ISV | S1PTW, full | CM | WNR };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct syndrome s = syndrome_decode(words[i]);

		assert_false(s.has_operand);
		assert_int_equal(s.size | s.reg, 0);
		assert_false(s.sign_extend || s.wide);
		assert_int_equal(s.is_maintenance, (words[i] & CM) != 0);
		assert_int_equal(s.is_table_walk, (words[i] & S1PTW) != 0);
	}
	assert_true(syndrome_decode(EC(IABT_LOWER) | S1PTW).is_table_walk);
}

/* What VTL0 gets: same kind of access, class by its level, external abort. */
static void test_external_abort(void **state)
{
	static const struct {
		uint64_t from; /* decoded */
		bool el0;
		bool far_valid;
		uint64_t wanted;
	} rows[] = {
		{ EC(0x24) | ISV | SAS(2) | SRT(3), false, true, EC(0x25) | IL | 0x10 },
		{ EC(0x24) | ISV | WNR, false, true, EC(0x25) | IL | WNR | 0x10 },
		{ EC(0x24) | WNR, true, true, EC(0x24) | IL | WNR | 0x10 },
		{ EC(0x24), true, false, EC(0x24) | IL | FNV | 0x10 },
		{ EC(0x20), false, true, EC(0x21) | IL | 0x10 },
		{ EC(0x20), true, true, EC(0x20) | IL | 0x10 },
		{ EC(0x20) | WNR | CM, true, true, EC(0x20) | IL | 0x10 },
		{ EC(0x24) | CM | WNR, false, true, EC(0x25) | IL | CM | WNR | 0x10 },
		{ EC(0x24) | CM, false, true, EC(0x25) | IL | CM | WNR | 0x10 },
		{ EC(0x24) | S1PTW, false, true, EC(0x25) | IL | 0x14 },
		{ EC(0x24) | S1PTW | WNR, false, false, EC(0x25) | IL | FNV | WNR | 0x14 },
		{ EC(0x20) | S1PTW, true, true, EC(0x20) | IL | 0x14 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct syndrome s = syndrome_decode(rows[i].from);

		assert_int_equal(syndrome_external_abort(&s, rows[i].el0, rows[i].far_valid),
				 rows[i].wanted);
	}
}

/* Whatever comes in, what goes out is an abort of the current or the lower level, no other bits. */
static void test_random_words(void **state)
{
	uint64_t seed = 5;
	int i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		struct syndrome s = syndrome_decode(test_random(&seed));
		uint64_t esr = syndrome_external_abort(&s, (i & 1) != 0, (i & 2) != 0);
		uint64_t ec = esr >> 26;

		assert_true(ec == 0x20 || ec == 0x21 || ec == 0x24 || ec == 0x25);
		assert_int_equal(esr & ~(EC(0x3F) | IL | FNV | CM | WNR | 0x3F), 0);
		assert_true(!s.has_operand || s.size == 1 || s.size == 2 || s.size == 4 ||
			    s.size == 8);
		assert_true(s.reg < 32);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classes),	     cmocka_unit_test(test_operand),
		cmocka_unit_test(test_no_operand),   cmocka_unit_test(test_external_abort),
		cmocka_unit_test(test_random_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
