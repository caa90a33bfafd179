/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * does anything of VTL2 come back with an answer?
 */
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"

#define PATTERN_BYTE 0xA5
#define PAYLOAD_GPA 0x0C000000
#define PAYLOAD_SIZE 0x20000

/* No service writes to memory: not on success, not on an error. */
static void a50(struct me *me, enum door door)
{
	uint64_t text = (uint64_t)me->buffer + 64;

	memset(me->buffer, PATTERN_BYTE, BUFFER_SIZE);
	check(me, "a log line", door, PARAVANE_LOG, text, 16);
	check(me, "a log line that is refused", door, PARAVANE_LOG, text, 0);
	for (unsigned int s = 0; s < SERVICES; s++) {
		if (service_id(s) != PARAVANE_LOG) {
			check(me, "each service", door, service_id(s), text, text);
			check(me, "each service", door, service_id(s), 64, text);
		}
	}
	for (unsigned int i = 0; i < BUFFER_SIZE; i++) {
		if (me->buffer[i] != PATTERN_BYTE) {
			want(me, "a byte of the page", me->buffer[i], PATTERN_BYTE);
		}
	}
	want(me, "the page was compared", me->buffer[BUFFER_SIZE - 1], PATTERN_BYTE);
}

/* Every register patterned, SIMD, flags and private system registers too; success and errors. */
static void a51(struct me *me, enum door door)
{
	static const uint64_t arguments[] = { 0, 1, 64, 0x8000000, 0xFFFFFFFFFFFFFFFF };

	for (unsigned int s = 0; s < SERVICES; s++) {
		for (unsigned int i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++) {
			struct answer answer;
			struct result r;

			if (!model(door, service_id(s), arguments[i], 0, &answer)) {
				continue;
			}
			want(me, "every other register is kept",
			     call_checked(door, service_id(s), arguments[i], 0, answer.results, &r),
			     true);
			want(me, "  and X0", r.x[0], answer.x[0]);
		}
	}
}

/* The place where the loader had put the payload is VTL0's again: zeroes. */
static void a54(struct me *me, enum door door)
{
	uint64_t base = option("payload", PAYLOAD_GPA);
	uint32_t word = 0;

	(void)door;
	for (uint64_t at = base; at < base + PAYLOAD_SIZE; at += 4) {
		word |= load32(at);
	}
	want(me, "the payload's own place", word, 0);
}

void leak_rows(void)
{
	row("A-50", 'F', EVERY_DOOR, 1, a50);
	row("A-51", 'F', EVERY_DOOR, 1, a51);
	row_alone("A-54", 'F', THROUGH(DOOR_PAGE), 1, a54);
}
