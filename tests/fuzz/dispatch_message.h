/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which messages does the hypervisor send? Written at offsets from the interface's tables, not with
 * the structures under test.
 */
#ifndef TESTS_FUZZ_DISPATCH_MESSAGE_H
#define TESTS_FUZZ_DISPATCH_MESSAGE_H

#include <stdbool.h>

#include "tests/fuzz/fuzz.h"

#define MESSAGE_UNMAPPED 0x80000000U
#define MESSAGE_GPA 0x80000001U
#define MESSAGE_HYPERCALL 0x80000050U
#define MESSAGE_RESET 0x8001000CU

#define MESSAGE_MEMORY_SIZE 64
#define MESSAGE_HYPERCALL_SIZE 176
#define MESSAGE_RESET_SIZE 32

/* Of the syndrome. */
#define ESR_WRITE (UINT64_C(1) << 6)
#define ESR_ISV (UINT64_C(1) << 24)

struct message {
	uint32_t type;
	uint8_t size; /* as the header says: up to 255 of 240 bytes */
	uint8_t flags;
	uint8_t payload[240];
};

uint64_t message_get(const struct message *m, size_t at, size_t size);

/* A plain 32-bit store of VTL0's kernel; an HVC with this immediate; the end of the machine. */
struct message message_store(uint64_t gpa);
struct message message_hvc(uint32_t immediate);
struct message message_reset(uint32_t type);

/* Any access to this address, with a syndrome that is possible. */
struct message message_access(struct fuzz_input *in, bool unmapped, uint64_t gpa);

/* Any message: any type, length and payload. */
struct message message_any(struct fuzz_input *in);

/* Does it say, as it must, that VTL0 asked for the end of the machine? */
bool message_is_end(const struct message *m);

/* The registers that the answer to it may change, a bit each. */
uint32_t message_may_change(const struct message *m, uint64_t door_page);

#endif
