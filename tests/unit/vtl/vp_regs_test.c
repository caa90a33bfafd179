/* SPDX-License-Identifier: BSD-2-Clause */
/* Are the blocks of Get and SetVpRegisters right byte by byte? The arrays are written by hand. */
#include "vtl/vp_regs.h"

#include <string.h>

#include "tests/fake/hv.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define GET 0x50
#define SET 0x51

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_machine(&platform, 1);
	fake_hv_reset();
	return 0;
}

static void check_call(uint16_t code, uint64_t control, const uint8_t *block, size_t size)
{
	const struct fake_hv_call *c = fake_hv_call(code, 0);
	size_t i;

	assert_int_equal(fake_hv_count(), 1);
	assert_int_equal(fake_hv_malformed(), 0);
	assert_int_equal(c->control, control);
	assert_memory_equal(c->in, block, size);
	for (i = size; c->fast && i < 16 * c->in_pairs; i++) {
		assert_int_equal(c->in[i], 0);
	}
}

/* One register of our own: the fast form, six words. */
static void test_set_own(void **state)
{
	static const uint8_t block[48] = {
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, /* partition: self */
		0xFE, 0xFF, 0xFF, 0xFF,				/* VP: self */
		0x00, 0x00, 0x00, 0x00,				/* current VTL; zero */
		0x02, 0x00, 0x09, 0x00, 0,    0,    0,	  0,	0, 0, 0, 0, 0, 0, 0, 0, /* name */
		0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11,
	};

	(void)state;
	assert_int_equal(vp_reg_set(VP_REGS_OWN, 0x00090002, 0x1122334455667788), OK);
	check_call(SET, 0x0000000100010051, block, sizeof(block));
	assert_int_equal(fake_hv_value(2, 0x00090002), 0x1122334455667788);
}

/* VTL0 is named explicitly: 0x10, not 0. */
static void test_set_vtl0(void **state)
{
	static const uint8_t head[16] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
					  0xFE, 0xFF, 0xFF, 0xFF, 0x10, 0x00, 0x00, 0x00 };

	(void)state;
	assert_int_equal(vp_reg_set(VP_REGS_VTL0, 0x00020022, 0xABC), OK);
	assert_int_equal(fake_hv_call(SET, 0)->control, 0x0000000100010051);
	assert_memory_equal(fake_hv_call(SET, 0)->in, head, sizeof(head));
	assert_int_equal(fake_hv_value(0, 0x00020022), 0xABC);
	assert_int_equal(fake_hv_value(2, 0x00020022), 0);
}

/* Two of 128 bits: elements of 32 bytes, in order. */
static void test_set_two(void **state)
{
	static const struct vp_reg regs[] = {
		{ 0x00010004, 0x0807060504030201, 0x1817161514131211 },
		{ 0x00010005, 0x2827262524232221, 0 },
	};
	static const uint8_t elements[64] = {
		0x04, 0x00, 0x01, 0x00, 0,    0,    0,	  0,	0,    0,    0,	  0,	0,    0,
		0,    0,    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x11, 0x12, 0x13, 0x14,
		0x15, 0x16, 0x17, 0x18, 0x05, 0x00, 0x01, 0x00, 0,    0,    0,	  0,	0,    0,
		0,    0,    0,	  0,	0,    0,    0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28,
	};

	(void)state;
	assert_int_equal(vp_regs_set(VP_REGS_VTL0, regs, 2), OK);
	assert_int_equal(fake_hv_call(SET, 0)->control, 0x0000000200010051);
	assert_memory_equal(fake_hv_call(SET, 0)->in + 16, elements, sizeof(elements));
}

/* The first number of registers that no longer fits into registers goes by memory. */
static void test_set_many(void **state)
{
	struct vp_reg regs[VP_REGS_SET_MAX];
	uint32_t count;
	uint32_t i;

	for (count = 1; count <= VP_REGS_SET_MAX; count++) {
		assert_int_equal(setup(state), 0);
		for (i = 0; i < count; i++) {
			regs[i] = (struct vp_reg){ 0x40000 + i, 0x100 + i, 0x200 + i };
		}
		assert_int_equal(vp_regs_set(VP_REGS_OWN, regs, count), OK);
		assert_int_equal(fake_hv_count(), 1);
		assert_int_equal(fake_hv_malformed(), 0);
		assert_int_equal(fake_hv_call(SET, 0)->fast, count <= 3);
		for (i = 0; i < count; i++) {
			uint64_t low;
			uint64_t high;

			assert_true(fake_hv_get(2, 0x40000 + i, &low, &high));
			assert_int_equal(low, 0x100 + i);
			assert_int_equal(high, 0x200 + i);
		}
	}
}

static void test_set_bad_count(void **state)
{
	static const struct vp_reg regs[VP_REGS_SET_MAX + 1];

	(void)state;
	RUN_UNTIL_STOP((void)!vp_regs_set(VP_REGS_OWN, regs, 0));
	assert_int_equal(fake_stop.kind, STOP_FATAL);
	RUN_UNTIL_STOP((void)!vp_regs_set(VP_REGS_OWN, regs, VP_REGS_SET_MAX + 1));
	assert_int_equal(fake_stop.kind, STOP_FATAL);
	assert_int_equal(fake_hv_count(), 0);
}

/* Those before the refused one are set; the status is kept for messages. */
static void test_refused(void **state)
{
	static const struct vp_reg regs[] = { { 0x40000, 1, 0 },
					      { 0x40001, 2, 0 },
					      { 0x40002, 3, 0 } };

	(void)state;
	fake_hv_refuse_register(0x40001, 0x0050);
	assert_int_equal(vp_regs_set(VP_REGS_OWN, regs, 3), ERR_INVALID);
	assert_int_equal(vp_regs_last_status(), 0x0050);
	assert_int_equal(fake_hv_value(2, 0x40000), 1);
	assert_int_equal(fake_hv_value(2, 0x40002), 0);
	/* A later success does not hide it. */
	assert_int_equal(vp_reg_set(VP_REGS_OWN, 0x40000, 9), OK);
	assert_int_equal(vp_regs_last_status(), 0x0050);
	fake_hv_refuse_register(0x40003, 0x0087);
	assert_int_equal(vp_reg_set(VP_REGS_OWN, 0x40003, 9), ERR_NOT_SUPPORTED);
	assert_int_equal(vp_regs_last_status(), 0x0087);
}

static void test_get(void **state)
{
	static const uint8_t block[20] = {
		0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF,
		0xFF, 0xFF, 0x10, 0x00, 0x00, 0x00, 0x06, 0x00, 0x0D, 0x00,
	};
	uint64_t value = 0;

	(void)state;
	fake_hv_set(0, 0x000D0006, 0x0123456789ABCDEF);
	fake_hv_set(2, 0x000D0006, 1);
	assert_int_equal(vp_reg_get(VP_REGS_VTL0, 0x000D0006, &value), OK);
	check_call(GET, 0x0000000100000050, block, sizeof(block));
	assert_int_equal(value, 0x0123456789ABCDEF);
	assert_int_equal(vp_reg_get(VP_REGS_OWN, 0x000D0006, &value), OK);
	assert_int_equal(value, 1);
}

/* The output of a failed call is poison here: nobody takes it. */
static void test_get_refused(void **state)
{
	uint64_t value = 0x5A;

	(void)state;
	fake_hv_refuse_register(0x40001, 0x0006);
	assert_int_equal(vp_reg_get(VP_REGS_OWN, 0x40001, &value), ERR_DENIED);
	assert_int_equal(value, 0x5A);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_set_own, setup),
		cmocka_unit_test_setup(test_set_vtl0, setup),
		cmocka_unit_test_setup(test_set_two, setup),
		cmocka_unit_test_setup(test_set_many, setup),
		cmocka_unit_test_setup(test_set_bad_count, setup),
		cmocka_unit_test_setup(test_refused, setup),
		cmocka_unit_test_setup(test_get, setup),
		cmocka_unit_test_setup(test_get_refused, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
