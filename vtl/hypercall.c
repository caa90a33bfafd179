/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we call the hypervisor, and how do we read its status?
 *
 * May assume: a struct vp's pages belong to its VP alone. Must never: hand the hypervisor an
 * address of VTL0, or use the vector registers of the extended fast form: they are VTL0's.
 */
#include "vtl/hypercall.h"

#include <string.h>

#include "core/arch.h"
#include "core/check.h"
#include "core/kconfig.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"

/* A call that makes no progress this often is answered as timed out. */
#define TRIES_MAX 1024

static uint32_t pairs(size_t bytes)
{
	return (uint32_t)((bytes + 15) / 16);
}

/* Where in the registers the output of a fast call lies is what the sources do not agree on. */
static bool fits_registers(const struct hypercall *call)
{
	return call->out_size == 0 && pairs(call->in_size) <= ARCH_FAST_PAIRS;
}

static uint64_t control_word(const struct hypercall *call, uint32_t start)
{
	return call->code | (uint64_t)call->reps << HV_HYPERCALL_REP_COMP_OFFSET |
	       (uint64_t)start << HV_HYPERCALL_REP_START_OFFSET;
}

static struct hypercall_result decode(uint64_t word)
{
	return (struct hypercall_result){
		.status = (uint16_t)(word & HV_HYPERCALL_RESULT_MASK),
		.done = (uint16_t)((word & HV_HYPERCALL_REP_COMP_MASK) >>
				   HV_HYPERCALL_REP_COMP_OFFSET),
	};
}

/* Elements before start were finished by an earlier turn, whose output is kept. */
static void copy_output(const struct hypercall *call, const void *from, uint32_t start)
{
	size_t skip = call->reps != 0 ? call->out_size / call->reps * start : 0;

	if (call->out_size > skip) {
		memcpy((uint8_t *)call->out + skip, (const uint8_t *)from + skip,
		       call->out_size - skip);
	}
}

static struct hypercall_result once_fast(const struct hypercall *call, uint32_t start)
{
	uint64_t block[ARCH_FAST_WORDS] = { 0 };

	if (call->in_size != 0) {
		memcpy(block, call->in, call->in_size);
	}
	return decode(vtl_arch_hypercall_fast(control_word(call, start) | HV_HYPERCALL_FAST_BIT,
					      block, pairs(call->in_size)));
}

static struct hypercall_result once_memory(const struct hypercall *call, uint32_t start)
{
	struct vp *vp = arch_this_vp();
	uint64_t word;

	CHECK(call->in_size <= HV_HYP_PAGE_SIZE && call->out_size <= HV_HYP_PAGE_SIZE);
	memcpy(vp->hypercall_in, call->in, call->in_size);
	word = vtl_arch_hypercall_memory(control_word(call, start),
					 (pa_t){ (uintptr_t)vp->hypercall_in },
					 (pa_t){ (uintptr_t)vp->hypercall_out });
	copy_output(call, vp->hypercall_out, start);
	return decode(word);
}

/* Success with elements left, and "timed out", both mean: go on from here. */
static bool is_unfinished(const struct hypercall *call, struct hypercall_result r)
{
	return r.status == HV_STATUS_TIME_OUT ||
	       (r.status == HV_STATUS_SUCCESS && r.done < call->reps);
}

static struct hypercall_result repeat(const struct hypercall *call,
				      struct hypercall_result (*once)(const struct hypercall *,
								      uint32_t))
{
	struct hypercall_result r = { .status = HV_STATUS_TIME_OUT };
	uint32_t start = 0;
	uint32_t tries;

	for (tries = 0; tries < TRIES_MAX; tries++) {
		r = once(call, start);
		if (!is_unfinished(call, r)) {
			return r;
		}
		if (call->reps != 0 && r.done > start && r.done < call->reps) {
			start = r.done;
			tries = 0;
		}
	}
	return (struct hypercall_result){ .status = HV_STATUS_TIME_OUT, .done = r.done };
}

struct hypercall_result hypercall(const struct hypercall *call)
{
	return repeat(call, fits_registers(call) ? once_fast : once_memory);
}

enum err hypercall_do(const struct hypercall *call)
{
	return hypercall_err(hypercall(call).status);
}

static const struct {
	uint16_t status;
	enum err err;
	const char *name;
} words[] = {
	{ HV_STATUS_SUCCESS, OK, "SUCCESS" },
	{ HV_STATUS_INVALID_HYPERCALL_CODE, ERR_NOT_SUPPORTED, "INVALID_HYPERCALL_CODE" },
	{ HV_STATUS_INVALID_HYPERCALL_INPUT, ERR_INVALID, "INVALID_HYPERCALL_INPUT" },
	{ HV_STATUS_INVALID_ALIGNMENT, ERR_ALIGN, "INVALID_ALIGNMENT" },
	{ HV_STATUS_INVALID_PARAMETER, ERR_INVALID, "INVALID_PARAMETER" },
	{ HV_STATUS_ACCESS_DENIED, ERR_DENIED, "ACCESS_DENIED" },
	{ HV_STATUS_INVALID_PARTITION_STATE, ERR_STATE, "INVALID_PARTITION_STATE" },
	{ HV_STATUS_OPERATION_DENIED, ERR_DENIED, "OPERATION_DENIED" },
	{ HV_STATUS_INSUFFICIENT_MEMORY, ERR_NO_MEMORY, "INSUFFICIENT_MEMORY" },
	{ HV_STATUS_INVALID_PARTITION_ID, ERR_INVALID, "INVALID_PARTITION_ID" },
	{ HV_STATUS_INVALID_VP_INDEX, ERR_NOT_FOUND, "INVALID_VP_INDEX" },
	{ HV_STATUS_INVALID_VP_STATE, ERR_STATE, "INVALID_VP_STATE" },
	{ HV_STATUS_FEATURE_UNAVAILABLE, ERR_NOT_SUPPORTED, "FEATURE_UNAVAILABLE" },
	{ HV_STATUS_INVALID_REGISTER_VALUE, ERR_INVALID, "INVALID_REGISTER_VALUE" },
	{ HV_STATUS_INVALID_VTL_STATE, ERR_STATE, "INVALID_VTL_STATE" },
	{ HV_STATUS_TIME_OUT, ERR_BUSY, "TIME_OUT" },
	{ HV_STATUS_VTL_ALREADY_ENABLED, ERR_STATE, "VTL_ALREADY_ENABLED" },
	{ HV_STATUS_UNKNOWN_REGISTER_NAME, ERR_NOT_SUPPORTED, "UNKNOWN_REGISTER_NAME" },
};

enum err hypercall_err(uint16_t status)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (words[i].status == status) {
			return words[i].err;
		}
	}
	return ERR_IO;
}

const char *hypercall_status_name(uint16_t status)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (words[i].status == status) {
			return words[i].name;
		}
	}
	return "unknown status";
}
