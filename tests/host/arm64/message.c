/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands in an intercept message about VTL0? The arm64 layouts, byte by byte, with what the
 * interface does not define filled by the sender in common/. VTL0 is loaded while these run.
 */
#include <stddef.h>

#include "tests/host/arm64/stage2.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/trap.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/rng.h"
#include "tests/host/common/synic.h"

#define ABORT_SIZE 64
#define HYPERCALL_SIZE 176
#define RESET_SIZE 32
#define STATE_RESERVED 0xFE00u
#define ESR_HVC (0x16ull << 26 | ESR_IL)

static void put(uint8_t *to, uint64_t value, uint32_t size)
{
	uint32_t n;

	for (n = 0; n < size; n++) {
		to[n] = (uint8_t)(value >> (8 * n));
	}
}

/* Bits that the layout calls reserved say nothing. */
static void put_poison(uint8_t *to, uint32_t size)
{
	put(to, rng_poison(), size);
}

void arch_message_header(struct vp *vp, uint8_t header[MESSAGE_HEADER_SIZE], uint32_t access)
{
	const struct cpu *cpu = cpu_of(vp);
	uint32_t state = (uint32_t)(cpu->pstate >> 2) & 3;

	put(header, vp->index, 4);
	header[4] = vm.opt.no_instruction ? 0 : 4;
	header[5] = (uint8_t)access;
	/* EL in 1:0, VTL 0 in 7:4. */
	put(header + 6, state | (rng_poison() & STATE_RESERVED), 2);
	put(header + 8, cpu->pc, 8);
	put(header + 16, cpu->pstate, 8);
}

/* The instruction at PC through VTL0's own translation; false when it cannot be read. */
static bool fetch(const struct cpu *cpu, uint32_t *instruction)
{
	uint64_t par = translate_stage1(cpu->pc, (cpu->pstate & 0xC) == 0);
	uint64_t ipa = (par & 0x0000FFFFFFFFF000ull) | (cpu->pc & 0xFFF);
	const uint32_t *word;

	if ((par & 1) != 0 || (arch_access(0, ipa >> 12) & MAP_READ) == 0) {
		return false;
	}
	word = arch_ram(ipa, 4);
	if (word == NULL) {
		return false;
	}
	*instruction = *word;
	return true;
}

bool message_abort(struct cpu *cpu, uint32_t type, uint64_t gpa, uint64_t gva, uint64_t esr)
{
	uint8_t payload[ABORT_SIZE];
	bool is_fetch = ESR_EC(esr) == EC_IABT_LOWER;
	uint32_t access = is_fetch ? ACCESS_EXECUTE : ACCESS_READ;
	uint32_t instruction = 0;

	memset(payload, 0, sizeof(payload));
	if (!is_fetch && (esr & ESR_WNR) != 0 && (esr & ESR_S1PTW) == 0) {
		access = ACCESS_WRITE;
	}
	arch_message_header(&cpu->vp, payload, access);
	put(payload + 24, 6, 4); /* write-back */
	put_poison(payload + 30, 2);
	put_poison(payload + 32, 8);
	if (!is_fetch && !vm.opt.no_instruction && fetch(cpu, &instruction)) {
		payload[28] = 4;
		put(payload + 32, instruction, 4);
	}
	payload[29] = 3; /* the address, and that it belongs to this GPA */
	if ((esr & ESR_S1PTW) != 0) {
		payload[29] = 1;
	}
	put(payload + 40, gva, 8);
	put(payload + 48, gpa, 8);
	put(payload + 56, esr, 8);
	if (!synic_intercept(&cpu->vp, type, payload, ABORT_SIZE)) {
		return false;
	}
	count(type == MSG_UNMAPPED_GPA ? COUNT_ICEPT_UNMAPPED : COUNT_ICEPT_GPA);
	return true;
}

bool message_block(struct cpu *cpu, uint64_t gpa, bool is_write)
{
	uint8_t payload[ABORT_SIZE];
	bool is_ram = stage2_ram_pa(gpa) != 0;

	if (!is_ram && (vm.config & CONFIG_ICEPT_NOT_PRESENT) == 0) {
		return false;
	}
	memset(payload, 0, sizeof(payload));
	arch_message_header(&cpu->vp, payload, is_write ? ACCESS_WRITE : ACCESS_READ);
	put(payload + 24, 6, 4);
	put_poison(payload + 30, 2);
	put_poison(payload + 32, 8);
	put_poison(payload + 40, 8); /* there is no GVA */
	put(payload + 48, gpa, 8);
	put(payload + 56, ESR_HVC, 8);
	if (synic_intercept(&cpu->vp, is_ram ? MSG_GPA_INTERCEPT : MSG_UNMAPPED_GPA, payload,
			    ABORT_SIZE)) {
		count(is_ram ? COUNT_ICEPT_GPA : COUNT_ICEPT_UNMAPPED);
	}
	return true;
}

bool message_hypercall(struct cpu *cpu, uint32_t immediate)
{
	uint8_t payload[HYPERCALL_SIZE];
	uint32_t n;

	memset(payload, 0, sizeof(payload));
	arch_message_header(&cpu->vp, payload, ACCESS_EXECUTE);
	put(payload + 24, immediate, 2);
	put_poison(payload + 26, 2);
	put(payload + 28, rng_poison() & ~1ull, 4); /* bit 0: isolated */
	for (n = 0; n < 18; n++) {
		put(payload + 32 + 8 * n, cpu->x[n], 8);
	}
	if (!synic_intercept(&cpu->vp, MSG_HYPERCALL, payload, HYPERCALL_SIZE)) {
		return false;
	}
	count(COUNT_ICEPT_HYPERCALL);
	return true;
}

bool message_reset(struct cpu *cpu, uint32_t type)
{
	uint8_t payload[RESET_SIZE];

	memset(payload, 0, sizeof(payload));
	arch_message_header(&cpu->vp, payload, ACCESS_EXECUTE);
	put(payload + 24, type, 4);
	put_poison(payload + 28, 4); /* no code with these */
	if (!synic_intercept(&cpu->vp, MSG_RESET, payload, RESET_SIZE)) {
		return false;
	}
	count(COUNT_ICEPT_RESET);
	return true;
}
