/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which load or store is this instruction?
 *
 * MOV between memory and a general register or an immediate, MOVZX, MOVSX, MOVSXD. May assume
 * nothing: VTL0 wrote the bytes, and another VP of it may have changed them since they were
 * executed. Must never: read behind them, or know an instruction half.
 */
#include "arch/x86_64/decode.h"

#define PREFIX_OPERAND_SIZE 0x66
#define TWO_BYTES 0x0F

#define REX_MASK 0xF0
#define REX 0x40
#define REX_W 8
#define REX_R 4
#define REX_X 2
#define REX_B 1

#define NUMBER_RSP 4
#define NUMBER_RBP 5 /* as base or index: none */
#define LENGTH_MAX 15

struct reader {
	const uint8_t *bytes;
	uint32_t count;
	uint32_t at;
	bool short_of; /* a byte was asked for that is not there */
};

static uint8_t next(struct reader *r)
{
	if (r->at >= r->count || r->at >= LENGTH_MAX) {
		r->short_of = true;
		return 0;
	}
	return r->bytes[r->at++];
}

/* A little-endian number of so many bytes, its sign extended. */
static uint64_t number(struct reader *r, uint32_t size)
{
	uint64_t value = 0;
	uint32_t i;

	for (i = 0; i < size; i++) {
		value |= (uint64_t)next(r) << (8 * i);
	}
	if (size < 8 && (value >> (8 * size - 1)) != 0) {
		value |= ~((UINT64_C(1) << (8 * size)) - 1);
	}
	return value;
}

/* SIB byte: the number 4 is no index, the number 5 without a displacement no base. */
static void take_sib(struct reader *r, uint8_t rex, uint32_t mod, struct decoded *out)
{
	uint8_t sib = next(r);
	uint8_t index = (sib >> 3 & 7) | ((rex & REX_X) != 0 ? 8 : 0);

	if (index != NUMBER_RSP) {
		out->index = index;
		out->scale = (uint8_t)(1U << (sib >> 6));
	}
	if ((sib & 7) == NUMBER_RBP && mod == 0) {
		out->displacement = number(r, 4);
	} else {
		out->base = (sib & 7) | ((rex & REX_B) != 0 ? 8 : 0);
	}
}

/* The memory operand of a ModRM byte; false: it is a register. */
static bool take_memory(struct reader *r, uint8_t rex, uint8_t modrm, struct decoded *out)
{
	uint32_t mod = modrm >> 6;

	if (mod == 3) {
		return false;
	}
	if ((modrm & 7) == NUMBER_RSP) {
		take_sib(r, rex, mod, out);
	} else if ((modrm & 7) == NUMBER_RBP && mod == 0) {
		out->from_rip = true;
		out->displacement = number(r, 4);
	} else {
		out->base = (modrm & 7) | ((rex & REX_B) != 0 ? 8 : 0);
	}
	if (mod != 0) {
		out->displacement = number(r, mod == 1 ? 1 : 4);
	}
	return true;
}

/* The register operand. Without REX the numbers 4 to 7 of a byte are AH CH DH BH. */
static void take_register(uint8_t rex, uint8_t modrm, uint32_t width, struct decoded *out)
{
	out->reg = (modrm >> 3 & 7) | ((rex & REX_R) != 0 ? 8 : 0);
	out->width = (uint8_t)width;
	if (width == 1 && rex == 0 && out->reg >= 4) {
		out->reg -= 4;
		out->is_high = true;
	}
}

/* width: of an operand that is not a byte. */
static bool take_one_byte(struct reader *r, uint8_t opcode, uint8_t rex, uint32_t width,
			  struct decoded *out)
{
	uint32_t size = (opcode & 1) != 0 ? width : 1;
	uint8_t modrm;

	out->size = (uint8_t)size;
	switch (opcode) {
	case 0x88: /* MOV r/m, r */
	case 0x89:
	case 0x8A: /* MOV r, r/m */
	case 0x8B:
		modrm = next(r);
		out->is_store = opcode < 0x8A;
		take_register(rex, modrm, size, out);
		return take_memory(r, rex, modrm, out);
	case 0xC6: /* MOV r/m, immediate */
	case 0xC7:
		modrm = next(r);
		out->is_store = true;
		if ((modrm >> 3 & 7) != 0 || !take_memory(r, rex, modrm, out)) {
			return false;
		}
		out->immediate = number(r, size == 8 ? 4 : size);
		return true;
	case 0xA0: /* MOV RAX, at an address, and the other way round */
	case 0xA1:
	case 0xA2:
	case 0xA3:
		out->is_store = opcode >= 0xA2;
		out->reg = 0;
		out->width = (uint8_t)size;
		out->displacement = number(r, 8);
		return true;
	case 0x63: /* MOVSXD r, r/m32 */
		if ((rex & REX_W) == 0) {
			return false;
		}
		modrm = next(r);
		out->size = 4;
		out->sign_extend = true;
		take_register(rex, modrm, 8, out);
		return take_memory(r, rex, modrm, out);
	default:
		return false;
	}
}

static bool take_two_bytes(struct reader *r, uint8_t rex, uint32_t width, struct decoded *out)
{
	uint8_t opcode = next(r);
	uint8_t modrm;

	switch (opcode) {
	case 0xB6: /* MOVZX r, r/m8 and r/m16 */
	case 0xB7:
	case 0xBE: /* MOVSX */
	case 0xBF:
		modrm = next(r);
		out->size = (opcode & 1) != 0 ? 2 : 1;
		out->sign_extend = opcode >= 0xBE;
		take_register(rex, modrm, width, out);
		return take_memory(r, rex, modrm, out);
	default:
		return false;
	}
}

bool decode_instruction(const uint8_t *bytes, uint32_t count, struct decoded *out)
{
	struct reader r = { .bytes = bytes, .count = count };
	uint32_t width = 4;
	uint8_t rex = 0;
	uint8_t opcode;
	bool known;

	*out = (struct decoded){ .reg = DECODE_NONE, .base = DECODE_NONE, .index = DECODE_NONE };
	opcode = next(&r);
	if (opcode == PREFIX_OPERAND_SIZE) {
		width = 2;
		opcode = next(&r);
	}
	if ((opcode & REX_MASK) == REX) {
		rex = opcode;
		opcode = next(&r);
	}
	if ((rex & REX_W) != 0) {
		width = 8;
	}
	known = opcode == TWO_BYTES ? take_two_bytes(&r, rex, width, out) :
				      take_one_byte(&r, opcode, rex, width, out);
	out->length = (uint8_t)r.at;
	return known && !r.short_of;
}
