/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do messages reach VTL2, and which registers steer that?
 *
 * Only intercept messages exist here, and they go to the VP that caused them. A message that finds
 * its slot taken is dropped, as Hyper-V's emulators do: VTL0 executes the same instruction again.
 */
#include "tests/host/common/synic.h"

#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/rng.h"

#define SINT_MASKED (1ull << 16)
#define SINT_AUTO_EOI (1ull << 17)
#define SINT_POLLING (1ull << 18)
#define SINT_KNOWN (0xFFull | SINT_MASKED | SINT_AUTO_EOI | SINT_POLLING)
#define PAGE_ENABLE 1ull
#define PAGE_RESERVED 0xFFEull
#define PAYLOAD_MAX 240
#define BUSY_MAX 1000000u
#define FLAG_PENDING 1u
#define PARTITION_ID 0x5A17ull

static uint32_t busy_in_row;

bool synic_owns(uint32_t name)
{
	return name == REG_VP_ASSIST_PAGE || (name >= REG_SINT0 && name <= REG_EOM);
}

uint16_t synic_get(const struct vp *vp, uint32_t vtl, uint32_t name, uint64_t *value)
{
	const struct vtl_state *state = &vp->vtl[vtl_slot(vtl)];

	switch (name) {
	case REG_VP_ASSIST_PAGE:
		*value = state->assist;
		break;
	case REG_SCONTROL:
		*value = state->scontrol;
		break;
	case REG_SVERSION:
		*value = 1;
		break;
	case REG_SIEFP:
		*value = state->siefp;
		break;
	case REG_SIMP:
		*value = state->simp;
		break;
	case REG_EOM:
		*value = 0;
		break;
	default:
		/* At reset all are masked; kept inverted so that zeroed state means that. */
		*value = state->sint[name - REG_SINT0] ^ SINT_MASKED;
		break;
	}
	return HV_SUCCESS;
}

/* A page register: the page must be RAM that this VTL may write, once it is enabled. */
static uint16_t set_page(uint32_t vtl, uint64_t value, uint64_t reserved, uint64_t *place)
{
	if ((value & reserved) != 0) {
		return HV_INVALID_REGISTER_VALUE;
	}
	if ((value & PAGE_ENABLE) != 0 && (arch_access(vtl, value >> 12) & MAP_WRITE) == 0) {
		return HV_INVALID_REGISTER_VALUE;
	}
	*place = value;
	return HV_SUCCESS;
}

static uint16_t set_sint(struct vtl_state *state, uint32_t sint, uint64_t value)
{
	uint32_t vector = value & 0xFF;

	if ((value & ~SINT_KNOWN) != 0) {
		return HV_INVALID_REGISTER_VALUE;
	}
	if ((value & SINT_MASKED) == 0 && !arch_sint_vector(vector)) {
		return HV_INVALID_REGISTER_VALUE;
	}
	state->sint[sint] = value ^ SINT_MASKED;
	return HV_SUCCESS;
}

uint16_t synic_set(struct vp *vp, uint32_t vtl, uint32_t name, uint64_t value)
{
	struct vtl_state *state = &vp->vtl[vtl_slot(vtl)];

	if (name == REG_VP_ASSIST_PAGE) {
		if ((vm.opt.deny & OPTIONS_DENY_ASSIST) != 0) {
			return HV_ACCESS_DENIED;
		}
		return set_page(vtl, value, PAGE_RESERVED, &state->assist);
	}
	if ((vm.opt.deny & OPTIONS_DENY_SYNIC) != 0) {
		return HV_ACCESS_DENIED;
	}
	switch (name) {
	case REG_SCONTROL:
		if (value > 1) {
			return HV_INVALID_REGISTER_VALUE;
		}
		state->scontrol = value;
		return HV_SUCCESS;
	case REG_SVERSION:
		return (uint16_t)vm.opt.status_read_only;
	case REG_SIEFP:
		return set_page(vtl, value, 0, &state->siefp);
	case REG_SIMP:
		return set_page(vtl, value, 0, &state->simp);
	case REG_EOM:
		state->eom_wanted = false;
		return HV_SUCCESS;
	default:
		return set_sint(state, name - REG_SINT0, value);
	}
}

/* Bytes 4 to 15 of the header are size, flags, two reserved ones and the sender. */
static void write_message(uint8_t *to, uint32_t type, const uint8_t *payload, uint32_t size,
			  uint8_t flags)
{
	uint64_t origin = vm.opt.origin_self ? PARTITION_ID : 0;
	uint32_t n;

	fault_message(type);
	memset(to, 0, HV_MESSAGE_SIZE);
	for (n = 0; !vm.opt.poison_off && n < PAYLOAD_MAX; n++) {
		to[16 + n] = (uint8_t)rng_next();
	}
	memcpy(to + 16, payload, size);
	to[4] = (uint8_t)size;
	to[5] = flags | (uint8_t)(rng_poison() & ~FLAG_PENDING);
	to[6] = (uint8_t)rng_poison();
	to[7] = (uint8_t)rng_poison();
	memcpy(to + 8, &origin, sizeof(origin));
	/* The type last: a slot with a type is a slot with a message. */
	*(volatile uint32_t *)to = type;
}

/* A slot that is never emptied, or whose interrupt never arrives, would hang the run silently. */
static bool slot_busy(const struct vp *vp)
{
	count(COUNT_SLOT_BUSY);
	busy_in_row++;
	if (busy_in_row == BUSY_MAX) {
		arch_fatal("vp %u: the message slot of SINT0 is not emptied, or its interrupt is "
			   "not enabled in VTL2's controller",
			   vp->index);
	}
	return false;
}

/*
 * In one dialect a message may say that another one waits: then none comes until VTL2 wrote EOM.
 * The one that waits is VTL0's next intercept.
 */
static bool says_pending(void)
{
	return vm.opt.slot_pending && rng_once_in(4);
}

static bool by_sint0(struct vp *vp, uint32_t type, const uint8_t *payload, uint32_t size)
{
	struct vtl_state *state = &vp->vtl[vtl_slot(2)];
	uint64_t sint = state->sint[0] ^ SINT_MASKED;
	uint8_t *slot;

	if (state->scontrol == 0 || (state->simp & PAGE_ENABLE) == 0 || (sint & SINT_MASKED) != 0) {
		arch_fatal("vp %u: an intercept (0x%x) and no SINT0 to tell VTL2", vp->index, type);
	}
	slot = arch_ram(state->simp & ~0xFFFull, HV_PAGE_SIZE);
	if (slot == NULL || *(volatile uint32_t *)slot != 0 || state->eom_wanted ||
	    rng_once_in(64)) {
		return slot_busy(vp);
	}
	busy_in_row = 0;
	state->eom_wanted = says_pending();
	write_message(slot, type, payload, size, state->eom_wanted ? FLAG_PENDING : 0);
	arch_raise(vp, 2, sint & 0xFF);
	return true;
}

bool synic_post(struct vp *vp, uint32_t vtl, uint32_t sint, uint32_t type, const uint8_t *payload,
		uint32_t size)
{
	const struct vtl_state *state = &vp->vtl[vtl_slot(vtl)];
	uint64_t value = state->sint[sint] ^ SINT_MASKED;
	uint8_t *page;

	if (state->scontrol == 0 || (state->simp & PAGE_ENABLE) == 0) {
		return true;
	}
	page = arch_ram(state->simp & ~0xFFFull, HV_PAGE_SIZE);
	if (page == NULL) {
		return true;
	}
	page += sint * HV_MESSAGE_SIZE;
	if (*(volatile uint32_t *)page != 0) {
		page[5] |= FLAG_PENDING;
		return false;
	}
	write_message(page, type, payload, size, 0);
	if ((value & (SINT_MASKED | SINT_POLLING)) == 0) {
		arch_raise(vp, vtl, value & 0xFF);
	}
	return true;
}

bool synic_intercept(struct vp *vp, uint32_t type, const uint8_t *payload, uint32_t size)
{
	uint64_t assist = vp->vtl[vtl_slot(2)].assist;
	uint8_t *page;

	if ((vm.config & CONFIG_INTERCEPT_PAGE) == 0) {
		return by_sint0(vp, type, payload, size);
	}
	page = (assist & PAGE_ENABLE) != 0 ? arch_ram(assist & ~0xFFFull, HV_PAGE_SIZE) : NULL;
	if (page == NULL) {
		arch_fatal("vp %u: an intercept (0x%x) and no VP assist page", vp->index, type);
	}
	write_message(page + ASSIST_MESSAGE, type, payload, size, 0);
	arch_enter_vtl2(vp, ENTRY_INTERCEPT);
	return true;
}
