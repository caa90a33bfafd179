/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a processor get an interrupt? SGI 1 and the virtual timer, by the GICv3 of the tree.
 */
#include "tests/guest/lib/arm64/arm64.h"
#include "tests/guest/lib/arm64/sysreg.h"

#define TIMER_INTID 20
#define SGI 1
#define SPURIOUS 1023
#define GICR_STRIDE 0x20000
#define GICR_SGI_FRAME 0x10000
#define GICD_GROUP1 2
#define PRIORITY_OPEN 0xF0
#define ENABLE 1

bool irq_on(void)
{
	uint64_t distributor = 0;
	uint64_t frames = 0;
	uint64_t size = 0;
	char path[64];
	uint64_t frame;

	if (!tree_node("/intc@", 0, path, sizeof(path)) || !tree_reg(path, &distributor, &size) ||
	    !tree_reg_entry(path, 1, &frames, &size)) {
		return false;
	}
	frame = frames + GICR_STRIDE * (my_id() & 0xFF);
	store32(distributor, GICD_GROUP1);
	store32(frame + 0x14, 0);
	store32(frame + GICR_SGI_FRAME + 0x80, UINT32_MAX);
	store32(frame + GICR_SGI_FRAME + 0x100, 1U << TIMER_INTID | 1U << SGI);
	sysreg_write(S3_0_C4_C6_0, PRIORITY_OPEN);
	sysreg_write(S3_0_C12_C12_7, ENABLE);
	return true;
}

void irq_send(uint64_t id)
{
	publish();
	sysreg_write(S3_0_C12_C11_5, UINT64_C(1) << 24 | UINT64_C(1) << (id & 15));
}

enum irq irq_take(void)
{
	uint64_t intid = sysreg_read(S3_0_C12_C12_0);

	if (intid == SPURIOUS) {
		return IRQ_NONE;
	}
	if (intid == TIMER_INTID) {
		timer_off();
	}
	sysreg_write(S3_0_C12_C12_1, intid);
	return intid == SGI ? IRQ_IPI : intid == TIMER_INTID ? IRQ_TIMER : IRQ_OTHER;
}

void irq_wait(void)
{
	__asm__ volatile("wfi" : : : "memory");
}

void timer_set(uint64_t at)
{
	sysreg_write(cntv_cval_el0, at);
	sysreg_write(cntv_ctl_el0, ENABLE);
}

void timer_off(void)
{
	sysreg_write(cntv_ctl_el0, 0);
}
