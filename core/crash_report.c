/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do we say about a VP that stops, for a reader that has the image's symbols?
 *
 * May assume: the stack pointer is a number. Must never: read memory that is no stack of ours, or
 * show a word of it that could be somebody's secret.
 */
#include "core/crash_report.h"

#include "core/log.h"
#include "core/vp.h"

/* So many lines of the stack fit the hypervisor's message beside the registers. */
#define LINES_MAX 24
#define WORDS_A_LINE UINT64_C(4)

static struct range image;

void crash_report_init(struct range where)
{
	image = where;
}

uint64_t crash_report_image(void)
{
	return image.base;
}

static uint64_t shown(uint64_t word, struct range stack)
{
	struct range one = { word, 1 };

	return range_contains(image, one) || range_contains(stack, one) ? word : 0;
}

/* Lines of nothing but what is not shown are left out. */
static void print_stack(struct range stack, uint64_t sp)
{
	uint32_t lines = 0;
	uint64_t at;

	for (at = sp; at < range_end(stack) && lines < LINES_MAX; at += 8 * WORDS_A_LINE) {
		uint64_t word[WORDS_A_LINE] = { 0 };
		uint64_t any = 0;
		uint64_t i;

		for (i = 0; i < WORDS_A_LINE && at + 8 * i < range_end(stack); i++) {
			word[i] = shown(*(const uint64_t *)(uintptr_t)(at + 8 * i), stack);
			any |= word[i];
		}
		if (any != 0) {
			log_error("STACK 0x%lx: 0x%lx 0x%lx 0x%lx 0x%lx", at, word[0], word[1],
				  word[2], word[3]);
			lines++;
		}
	}
}

void crash_report_place(uint64_t pc, uint64_t sp)
{
	struct range stack;

	log_error("IMAGE 0x%lx PC 0x%lx SP 0x%lx", image.base, pc, sp);
	if (sp % 8 != 0 || !vp_stack_of(sp, &stack)) {
		log_error("STACK unknown");
		return;
	}
	print_stack(stack, sp < stack.base ? stack.base : sp);
}
