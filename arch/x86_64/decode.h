/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which load or store is this instruction? (Intel SDM and AMD APM, 64-bit mode)
 *
 * The twin of arm64's syndrome, which this architecture does not have. Pure arithmetic, so that it
 * is tested on the developer's machine. docs/adr/0008-decoder.md says what is known and why.
 */
#ifndef ARCH_X86_64_DECODE_H
#define ARCH_X86_64_DECODE_H

#include <stdbool.h>
#include <stdint.h>

#define DECODE_BYTES_MAX 16 /* of a message; an instruction has at most 15 */
#define DECODE_NONE 0xFF    /* no such register */

/* Registers by the numbers that instructions use: 0 RAX to 15 R15. */
struct decoded {
	uint8_t length; /* of the instruction */
	bool is_store;
	uint8_t size; /* of the access: 1, 2, 4 or 8 bytes */

	/* What is stored or loaded: a register, bits 15:8 of it, or (stores) the immediate. */
	uint8_t reg; /* DECODE_NONE: the immediate */
	bool is_high;
	uint8_t width; /* of the register that is loaded, in bytes */
	bool sign_extend;
	uint64_t immediate;

	/* Where: base + index * scale + displacement, from_rip: counted from behind it. */
	uint8_t base, index; /* DECODE_NONE: not part of it */
	uint8_t scale;
	bool from_rip;
	uint64_t displacement;
};

/* False: not one of those that are known, or more than the count bytes that are there. Reads no
 * byte behind them. */
bool decode_instruction(const uint8_t *bytes, uint32_t count, struct decoded *out);

#endif
