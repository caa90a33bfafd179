/* SPDX-License-Identifier: BSD-2-Clause */
/* Does each processor of the tree get its own struct, pages and guarded stack, and is it found? */
#include "core/vp.h"

#include "core/page_pool.h"

#include "tests/fake/cpu.h"
#include "tests/fake/memory.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define CPUS 5
#define STACK_PAGES 4

static struct platform platform;

static int setup(void **state)
{
	(void)state;
	fake_vps_forget();
	fake_memory_reset();
	fake_cpu_reset();
	fake_platform(&platform, CPUS);
	page_pool_init((struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
	return 0;
}

static void test_create(void **state)
{
	uint32_t i;

	(void)state;
	platform.cpu[3].numa_node = 2;
	fake_cpu.hw_id.v = 0x102;
	assert_int_equal(vp_create_all(&platform), OK);
	assert_int_equal(vp_count(), CPUS);
	for (i = 0; i < CPUS; i++) {
		struct vp *vp = vp_by_number(i);

		assert_int_equal(vp->number, i);
		assert_int_equal(vp->hw_id.v, 0x100 + i);
		assert_int_equal(vp->numa_node, i == 3 ? 2 : 0);
		assert_int_equal(vp_state(vp), VP_OFF);
		assert_int_equal(vp->drbg.seeded, 0);
	}
	/* The processor that asks is the boot VP, wherever it stands in the tree. */
	assert_ptr_equal(vp_boot(), vp_by_number(2));
}

static struct range page(const void *p)
{
	assert_int_equal((uintptr_t)p % HV_HYP_PAGE_SIZE, 0);
	return (struct range){ (uintptr_t)p, HV_HYP_PAGE_SIZE };
}

/* Nothing of any VP overlaps anything else, and all of it is ours. */
static void test_nothing_is_shared(void **state)
{
	struct range used[CPUS * 6];
	uint32_t count = 0;
	uint32_t i;
	uint32_t k;

	(void)state;
	assert_int_equal(vp_create_all(&platform), OK);
	for (i = 0; i < CPUS; i++) {
		const struct vp *vp = vp_by_number(i);

		used[count++] = (struct range){ (uintptr_t)vp, sizeof(*vp) };
		used[count++] = page(vp->assist_page);
		used[count++] = page(vp->message_page);
		used[count++] = page(vp->hypercall_in);
		used[count++] = page(vp->hypercall_out);
		used[count++] = (struct range){
			vp->stack_top - (1 + STACK_PAGES) * HV_HYP_PAGE_SIZE,
			(1 + STACK_PAGES) * HV_HYP_PAGE_SIZE,
		};
	}
	for (i = 0; i < count; i++) {
		assert_true(range_contains((struct range){ FAKE_VTL2, FAKE_VTL2_SIZE }, used[i]));
		for (k = 0; k < i; k++) {
			assert_false(range_overlaps(used[i], used[k]));
		}
	}
}

/* The page below each stack is absent; the stack itself is not, and names its VP. */
static void test_stack(void **state)
{
	uint32_t i;

	(void)state;
	assert_int_equal(vp_create_all(&platform), OK);
	for (i = 0; i < CPUS; i++) {
		struct vp *vp = vp_by_number(i);
		uint64_t bottom = vp->stack_top - STACK_PAGES * HV_HYP_PAGE_SIZE;

		assert_int_equal(vp->stack_top % HV_HYP_PAGE_SIZE, 0);
		assert_true(fake_memory_is_taken(bottom - HV_HYP_PAGE_SIZE));
		assert_false(fake_memory_is_taken(bottom));
		*fake_at(bottom) = 1;
		*fake_at(vp->stack_top - 1) = 1;
		assert_ptr_equal(*(struct vp **)fake_at(vp->stack_top - 16), vp);
		assert_true(fake_memory_is_taken(bottom - HV_HYP_PAGE_SIZE));
	}
}

/* A pool that is too small by any number of pages is a refusal, never half a machine. */
static void test_every_shortage(void **state)
{
	uint64_t needed;
	uint64_t pages;

	assert_int_equal(vp_create_all(&platform), OK);
	needed = FAKE_VTL2_SIZE / HV_HYP_PAGE_SIZE - page_pool_pages_left();
	for (pages = 0; pages < needed; pages++) {
		assert_int_equal(setup(state), 0);
		page_pool_init((struct range){ FAKE_VTL2, pages * HV_HYP_PAGE_SIZE });
		assert_int_equal(vp_create_all(&platform), ERR_NO_MEMORY);
	}
	assert_int_equal(setup(state), 0);
	page_pool_init((struct range){ FAKE_VTL2, needed * HV_HYP_PAGE_SIZE });
	assert_int_equal(vp_create_all(&platform), OK);
	assert_int_equal(page_pool_pages_left(), 0);
}

static void test_boot_vp_not_in_tree(void **state)
{
	(void)state;
	fake_cpu.hw_id.v = 0x900;
	assert_int_equal(vp_create_all(&platform), ERR_NOT_FOUND);
}

static void test_state(void **state)
{
	(void)state;
	assert_int_equal(vp_create_all(&platform), OK);
	vp_set_state(vp_by_number(1), VP_UP);
	vp_set_state(vp_by_number(3), VP_UP);
	vp_set_state(vp_by_number(4), VP_FAILED);
	assert_int_equal(vp_state(vp_by_number(4)), VP_FAILED);
	/* Others may be waiting for the change. */
	assert_int_equal(fake_cpu.wakes, 3);
}

static void test_largest_machine(void **state)
{
	(void)state;
	fake_platform(&platform, PLATFORM_MAX_CPUS);
	fake_cpu.hw_id.v = 0x100 + PLATFORM_MAX_CPUS - 1;
	assert_int_equal(vp_create_all(&platform), OK);
	assert_int_equal(vp_count(), PLATFORM_MAX_CPUS);
	assert_ptr_equal(vp_boot(), vp_by_number(PLATFORM_MAX_CPUS - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_create, setup),
		cmocka_unit_test_setup(test_nothing_is_shared, setup),
		cmocka_unit_test_setup(test_stack, setup),
		cmocka_unit_test_setup(test_every_shortage, setup),
		cmocka_unit_test_setup(test_boot_vp_not_in_tree, setup),
		cmocka_unit_test_setup(test_state, setup),
		cmocka_unit_test_setup(test_largest_machine, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
