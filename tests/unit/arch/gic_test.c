/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is the interrupt controller set up as IHI0069 wants it, and no interrupt of another touched?
 * A model of the registers that are used; offsets are by hand.
 */
#include "vtl/vtl_arch.h"

#include <string.h>

#include "tests/fake/cpu.h"
#include "tests/fake/mmio.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/unit/arch/sysreg.h"
#include "tests/unit/test.h"

#define GICD UINT64_C(0xFFFF0000)
#define GICR UINT64_C(0xEFFEE000)
#define STRIDE 0x20000
#define CPUS 3

#define CTLR 0x0000
#define IGROUPR 0x0080
#define ISENABLER 0x0100
#define IPRIORITYR 0x0400
#define IROUTER 0x6000
#define TYPER 0x0008
#define WAKER 0x0014
#define SGI 0x10000

/* Names as the assembler sees them. */
#define IAR "S3_0_C12_C12_0"
#define EOIR "S3_0_C12_C12_1"
#define ICTLR "S3_0_C12_C12_4"
#define SRE "S3_0_C12_C12_5"
#define IGRPEN1 "S3_0_C12_C12_7"
#define PMR "S3_0_C4_C6_0"
#define SGI1R "S3_0_C12_C11_5"

static struct platform platform;
static uint32_t gicd[0x10000 / 4];
static uint32_t gicr[CPUS * STRIDE / 4];
static uint32_t rwp_reads; /* the distributor is busy for so many reads after a write of CTLR */
static bool stuck;

static uint32_t gicd_read(uint64_t offset)
{
	uint32_t busy = 0;

	if (offset == CTLR && (stuck || rwp_reads > 0)) {
		rwp_reads -= rwp_reads > 0;
		busy = UINT32_C(1) << 31;
	}
	return gicd[offset / 4] | busy;
}

static void gicd_write(uint64_t offset, uint32_t value)
{
	if (offset >= ISENABLER && offset < ISENABLER + 0x80) {
		gicd[offset / 4] |= value;
		return;
	}
	gicd[offset / 4] = value;
	rwp_reads = offset == CTLR ? 5 : rwp_reads;
}

static uint32_t gicr_read(uint64_t offset)
{
	return gicr[offset / 4];
}

static void gicr_write(uint64_t offset, uint32_t value)
{
	if (offset % STRIDE == SGI + ISENABLER) {
		gicr[offset / 4] |= value;
	} else if (offset % STRIDE == WAKER && !stuck) {
		/* Awake when asked to be. */
		gicr[offset / 4] = (value & 2) != 0 ? 6 : 0;
	} else {
		gicr[offset / 4] = value;
	}
}

static uint32_t *frame(uint32_t n, uint64_t offset)
{
	return &gicr[(n * STRIDE + offset) / 4];
}

/* Frames in another order than the processors, affinity 0x100 + 2 - n. */
static int setup(void **state)
{
	uint32_t n;

	(void)state;
	fake_machine(&platform, CPUS);
	sysreg_reset();
	memset(gicd, 0, sizeof(gicd));
	memset(gicr, 0, sizeof(gicr));
	rwp_reads = 0;
	stuck = false;
	platform.gic = (struct platform_gic){ true, GICD, GICR };
	for (n = 0; n < CPUS; n++) {
		*frame(n, TYPER) = n == CPUS - 1 ? 1U << 4 : 0;
		*frame(n, TYPER + 4) = 0x100 + CPUS - 1 - n;
		*frame(n, WAKER) = 6;
	}
	fake_mmio_reset();
	fake_mmio_add(&(struct fake_device){ GICD, sizeof(gicd), gicd_read, gicd_write });
	fake_mmio_add(&(struct fake_device){ GICR, sizeof(gicr), gicr_read, gicr_write });
	return (int)vtl_arch_irq_map(&platform);
}

static void test_map(void **state)
{
	(void)state;
	assert_int_equal(fake_cpu.map_count, 2);
	assert_true(fake_cpu.map_is_device[0] && fake_cpu.map_is_device[1]);
	assert_int_equal(fake_cpu.map[0].base, GICD);
	assert_int_equal(fake_cpu.map[0].size, 0x10000);
	assert_int_equal(fake_cpu.map[1].base, GICR);
	assert_int_equal(fake_cpu.map[1].size, CPUS * STRIDE);
	/* Mapping touches nothing: the frames exist only when VTL2 is enabled on all VPs. */
	assert_int_equal(fake_mmio_count(), 0);
	fake_cpu.map_err = ERR_NO_MEMORY;
	assert_int_equal(vtl_arch_irq_map(&platform), ERR_NO_MEMORY);
}

static void test_init(void **state)
{
	(void)state;
	sysreg_set(SRE, 0x6);
	assert_int_equal(vtl_arch_irq_init(&platform, vp_boot()), OK);
	assert_int_equal(vp_boot()->arch.gicr_base, GICR + 2 * STRIDE);
	/* Affinity routing and group 1. */
	assert_int_equal(gicd[CTLR / 4], 0x12);
	assert_int_equal(*frame(2, WAKER), 0);
	assert_int_equal(*frame(0, WAKER), 6);
	assert_int_equal(sysreg_get(SRE), 0x7);
	assert_int_equal(sysreg_get(PMR), 0xF0);
	assert_int_equal(sysreg_get(ICTLR), 0);
	assert_int_equal(sysreg_get(IGRPEN1), 1);
}

/* Every other VP has its own part only. */
static void test_init_other_vp(void **state)
{
	(void)state;
	assert_int_equal(vtl_arch_irq_init(&platform, vp_by_number(1)), OK);
	assert_int_equal(vp_by_number(1)->arch.gicr_base, GICR + STRIDE);
	assert_int_equal(gicd[CTLR / 4], 0);
}

/* Aff3 lies elsewhere in TYPER than in MPIDR. */
static void test_affinity3(void **state)
{
	(void)state;
	vp_by_number(1)->hw_id.v = UINT64_C(0x4500030201);
	*frame(0, TYPER + 4) = 0x45030201;
	assert_int_equal(vtl_arch_irq_init(&platform, vp_by_number(1)), OK);
	assert_int_equal(vp_by_number(1)->arch.gicr_base, GICR);
}

static void test_no_frame(void **state)
{
	(void)state;
	vp_by_number(1)->hw_id.v = 0x999;
	assert_int_equal(vtl_arch_irq_init(&platform, vp_by_number(1)), ERR_NOT_FOUND);
	/* Frames behind the last one, or behind the tree's processors, are not looked at. */
	*frame(0, TYPER) = 1U << 4;
	assert_int_equal(vtl_arch_irq_init(&platform, vp_boot()), ERR_NOT_FOUND);
	*frame(0, TYPER) = 0;
	platform.cpu_count = 2;
	assert_int_equal(vtl_arch_irq_init(&platform, vp_boot()), ERR_NOT_FOUND);
}

/* A controller that never gets ready does not hold us for ever. */
static void test_stuck(void **state)
{
	(void)state;
	stuck = true;
	assert_int_equal(vtl_arch_irq_init(&platform, vp_boot()), OK);
	assert_in_range(fake_mmio_count(), 1000, 10000000);
}

static void test_enable_private(void **state)
{
	struct vp *vp = vp_by_number(1);

	(void)state;
	assert_int_equal(vtl_arch_irq_init(&platform, vp), OK);
	*frame(1, SGI + IGROUPR) = 0x1;
	*frame(1, SGI + IPRIORITYR + 16) = 0x11223344;
	vtl_arch_irq_enable(vp, 18);
	assert_int_equal(*frame(1, SGI + IGROUPR), 0x1 | 1U << 18);
	assert_int_equal(*frame(1, SGI + ISENABLER), 1U << 18);
	/* Its own byte, no other. */
	assert_int_equal(*frame(1, SGI + IPRIORITYR + 16), 0x11803344);
	assert_int_equal(*frame(0, SGI + ISENABLER) | *frame(2, SGI + ISENABLER), 0);
	assert_int_equal(gicd[ISENABLER / 4], 0);
}

static void test_enable_shared(void **state)
{
	struct vp *vp = vp_by_number(1);

	(void)state;
	vp->hw_id.v = UINT64_C(0x4500030201);
	*frame(1, TYPER + 4) = 0x45030201;
	assert_int_equal(vtl_arch_irq_init(&platform, vp), OK);
	gicd[(IGROUPR + 4) / 4] = 0x80;
	gicd[(IPRIORITYR + 32) / 4] = 0x11223344;
	vtl_arch_irq_enable(vp, 34);
	assert_int_equal(gicd[(IGROUPR + 4) / 4], 0x80 | 1U << 2);
	assert_int_equal(gicd[(ISENABLER + 4) / 4], 1U << 2);
	assert_int_equal(gicd[(IPRIORITYR + 32) / 4], 0x11803344);
	/* To this VP. */
	assert_int_equal(gicd[(IROUTER + 8 * 34) / 4], 0x030201);
	assert_int_equal(gicd[(IROUTER + 8 * 34) / 4 + 1], 0x45);
	assert_int_equal(*frame(1, SGI + ISENABLER), 0);
	vtl_arch_irq_enable(vp, 1019);
	assert_int_equal(gicd[(ISENABLER + 4 * 31) / 4], 1U << 27);
}

static void test_enable_special(void **state)
{
	(void)state;
	RUN_UNTIL_STOP(vtl_arch_irq_enable(vp_boot(), 1020));
	assert_int_equal(fake_stop.kind, STOP_FATAL);
	RUN_UNTIL_STOP(vtl_arch_irq_enable(vp_boot(), UINT32_MAX));
	assert_int_equal(fake_stop.kind, STOP_FATAL);
	assert_int_equal(fake_mmio_count(), 0);
}

static void test_take_and_end(void **state)
{
	static const uint32_t none[] = { 1020, 1021, 1022, 1023 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(none); i++) {
		sysreg_set(IAR, none[i]);
		assert_int_equal(vtl_arch_irq_take(), VTL_ARCH_IRQ_NONE);
	}
	sysreg_set(IAR, 34 | UINT64_C(0xFF) << 24);
	assert_int_equal(vtl_arch_irq_take(), 34);
	sysreg_set(IAR, 0);
	assert_int_equal(vtl_arch_irq_take(), 0);
	vtl_arch_irq_end(34);
	assert_int_equal(sysreg_get(EOIR), 34);
	assert_int_equal(sysreg_writes(EOIR), 1);
}

/* To all others: IRM, and the SGI's number in 27:24. */
static void test_kick(void **state)
{
	(void)state;
	vtl_arch_irq_kick_others();
	assert_int_equal(sysreg_get(SGI1R), UINT64_C(1) << 40 | (uint64_t)vtl_arch_irq_kick_number()
									<< 24);
	assert_true(vtl_arch_irq_kick_number() < 16);
	/* What was stored before is seen by the others. */
	assert_int_equal(sysreg_done[0].what, 's');
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_map),
		TEST(test_init),
		TEST(test_init_other_vp),
		TEST(test_affinity3),
		TEST(test_no_frame),
		TEST(test_stuck),
		TEST(test_enable_private),
		TEST(test_enable_shared),
		TEST(test_enable_special),
		TEST(test_take_and_end),
		TEST(test_kick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
