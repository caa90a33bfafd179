/* SPDX-License-Identifier: BSD-2-Clause */
/* Which messages does the hypervisor send? */
#include "tests/fuzz/dispatch_message.h"

/* Of every intercept: VP index, length and kind of access, state, PC, CPSR. */
#define AT_STATE 6
#define AT_PC 8
#define AT_CPSR 16
#define AT_IMMEDIATE 24
#define AT_RESET 24
#define AT_INFO 29
#define AT_GVA 40
#define AT_GPA 48
#define AT_ESR 56

#define EL1 1

FUZZ_OWN uint64_t message_get(const struct message *m, size_t at, size_t size)
{
	uint64_t value = 0;

	while (size-- > 0) {
		value = value << 8 | m->payload[at + size];
	}
	return value;
}

FUZZ_OWN static void put(struct message *m, size_t at, uint64_t value, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		m->payload[at + i] = (uint8_t)(value >> (8 * i));
	}
}

static struct message message(uint32_t type, uint8_t size, uint64_t state)
{
	struct message m = { .type = type, .size = size };

	put(&m, 4, 4, 1);
	put(&m, AT_STATE, state, 2);
	put(&m, AT_PC, 0xFFFF800012345678, 8);
	put(&m, AT_CPSR, 0x3C5, 8);
	return m;
}

struct message message_store(uint64_t gpa)
{
	struct message m = message(MESSAGE_GPA, MESSAGE_MEMORY_SIZE, EL1);

	put(&m, AT_GPA, gpa, 8);
	put(&m, AT_ESR, UINT64_C(0x24) << 26 | ESR_ISV | 2U << 22 | 5U << 16 | ESR_WRITE, 8);
	return m;
}

struct message message_hvc(uint32_t immediate)
{
	struct message m = message(MESSAGE_HYPERCALL, MESSAGE_HYPERCALL_SIZE, EL1);

	put(&m, AT_IMMEDIATE, immediate, 2);
	return m;
}

struct message message_reset(uint32_t type)
{
	struct message m = message(MESSAGE_RESET, MESSAGE_RESET_SIZE, EL1);

	put(&m, AT_RESET, type, 4);
	return m;
}

struct message message_access(struct fuzz_input *in, bool unmapped, uint64_t gpa)
{
	static const uint8_t classes[] = { 0x24, 0x24, 0x24, 0x24, 0x25, 0x20, 0x21, 0x16 };
	struct message m =
		message(unmapped ? MESSAGE_UNMAPPED : MESSAGE_GPA, MESSAGE_MEMORY_SIZE, EL1);
	uint32_t bits = (uint32_t)fuzz_take(in, 2);
	uint64_t esr = (uint64_t)classes[bits & 7] << 26;

	esr |= (bits >> 3 & 1) != 0 ? ESR_WRITE : 0;
	esr |= (bits >> 4 & 3) != 0 ? ESR_ISV : 0;
	esr |= (uint64_t)(bits >> 6 & 3) << 22;		       /* SAS */
	esr |= (uint64_t)(bits >> 8 & 1) << 21;		       /* SSE */
	esr |= (uint64_t)(bits >> 9 & 1) << 15;		       /* SF */
	esr |= (uint64_t)((bits >> 10 & 3) == 3 ? 1 : 0) << 8; /* CM */
	esr |= (uint64_t)((bits >> 12 & 3) == 3 ? 1 : 0) << 7; /* S1PTW */
	esr |= fuzz_take(in, 1) % 32 << 16;		       /* SRT */
	if ((bits >> 14 & 1) != 0) {
		/* Level, debug and pending event as they come. */
		put(&m, AT_STATE, fuzz_take(in, 2), 2);
	}
	put(&m, AT_INFO, bits >> 15, 1);
	put(&m, AT_GVA, 0xFFFF800000000000 | (gpa & 0xFFFFFFF), 8);
	put(&m, AT_GPA, gpa, 8);
	put(&m, AT_ESR, esr, 8);
	return m;
}

struct message message_any(struct fuzz_input *in)
{
	static const uint32_t types[] = {
		MESSAGE_GPA, MESSAGE_UNMAPPED, MESSAGE_HYPERCALL, MESSAGE_RESET,
		0x80000003,  0x80000010,       0x80000062,	  0x80010006,
	};
	struct message m = { 0 };
	uint32_t how = (uint32_t)fuzz_take(in, 1);
	size_t i;

	m.type = (how & 1) != 0 ? (uint32_t)fuzz_take(in, 4) : types[how >> 1 & 7];
	m.size = (uint8_t)fuzz_take(in, 1);
	m.flags = (uint8_t)(how >> 4);
	for (i = 0; i < (how >> 2) * 4 % sizeof(m.payload); i++) {
		m.payload[i] = (uint8_t)fuzz_take(in, 1);
	}
	/* A few fields where they count, so that not every payload must be found by luck. */
	if ((how & 128) != 0) {
		put(&m, AT_STATE, fuzz_take(in, 2), 2);
		put(&m, AT_GPA, 0x10000000 + (fuzz_take(in, 2) << 8), 8);
		put(&m, AT_ESR, fuzz_take(in, 4), 4);
	}
	return m;
}

bool message_is_end(const struct message *m)
{
	return m->type == MESSAGE_RESET && m->size >= MESSAGE_RESET_SIZE &&
	       message_get(m, AT_RESET, 4) <= 3;
}

FUZZ_OWN uint32_t message_may_change(const struct message *m, uint64_t door_page)
{
	uint64_t esr = message_get(m, AT_ESR, 8);
	uint64_t class = esr >> 26 & 0x3F;
	uint32_t may = 0;

	if (m->type == MESSAGE_HYPERCALL && m->size >= MESSAGE_HYPERCALL_SIZE) {
		return 0xF;
	}
	if ((m->type != MESSAGE_GPA && m->type != MESSAGE_UNMAPPED) ||
	    m->size < MESSAGE_MEMORY_SIZE) {
		return 0;
	}
	if ((class == 0x24 || class == 0x25) && (esr & ESR_WRITE) == 0 && (esr & ESR_ISV) != 0) {
		may |= 1U << (esr >> 16 & 31);
	}
	if (message_get(m, AT_GPA, 8) - door_page < 4096 && (esr & ESR_WRITE) != 0) {
		may |= 0xF;
	}
	/* X18 is the hypervisor's, register 31 is none. */
	return may & 0x7FFBFFFF;
}
