/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does the log survive a restart?
 *
 * May assume: the memory is ours alone by now. Must never: believe a number that lies in it, or
 * show a character that is none.
 */
#include "core/log_kept.h"

#include <string.h>

#include "core/log.h"

static struct log_ring *kept;

/* What stands before the text, read once. */
struct head {
	uint64_t magic;
	uint32_t size;
	uint32_t state;
	uint64_t written;
};

_Static_assert(sizeof(struct head) == offsetof(struct log_ring, text), "all before the text");

/* Sizes of other images are fine, as long as all of it lies in the memory that there is. */
static bool is_readable(const struct head *head, uint64_t size)
{
	return head->magic == LOG_RING_MAGIC && head->size != 0 &&
	       head->size <= size - sizeof(*head);
}

static void show_line(const char *line, uint32_t n)
{
	log_console_only("last run: ", 10);
	log_console_only(line, n);
	log_console_only("\n", 1);
}

/* The oldest line may have lost its begin to newer ones: shown from the first whole one. */
static void show(const char *text, const struct head *head)
{
	uint64_t at = head->written > head->size ? head->written - head->size : 0;
	char line[LOG_LINE_MAX];
	uint32_t n = 0;

	while (at != 0 && at < head->written && text[(at - 1) % head->size] != '\n') {
		at++;
	}
	for (; at < head->written; at++) {
		char c = text[at % head->size];

		if (c != '\n') {
			line[n++] = (char)(c >= ' ' && c <= '~' ? c : '?');
		}
		if (c == '\n' || n == sizeof(line)) {
			show_line(line, n);
			n = 0;
		}
	}
	if (n != 0) {
		show_line(line, n);
	}
}

static void show_last_run(const struct log_ring *ring, uint64_t size)
{
	struct head head;

	memcpy(&head, ring, sizeof(head));
	if (!is_readable(&head, size)) {
		log_info("log: no earlier run in the persistent memory");
	} else if (head.state == LOG_RING_ENDED) {
		log_info("log: the last run ended as asked");
	} else {
		log_warn("log: the last run did not end by itself; it said:");
		show(ring->text, &head);
	}
}

void log_kept_init(void *memory, uint64_t size)
{
	if (size < sizeof(struct log_ring)) {
		log_warn("log: %lu bytes of persistent memory are too few for it", size);
		return;
	}
	kept = memory;
	show_last_run(kept, size);
	kept->magic = LOG_RING_MAGIC;
	kept->size = sizeof(kept->text);
	kept->state = LOG_RING_RUNS;
	log_move(kept);
}

void log_kept_ended(void)
{
	if (kept != NULL) {
		kept->state = LOG_RING_ENDED;
	}
}
