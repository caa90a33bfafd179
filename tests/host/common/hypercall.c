/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which hypercalls exist, and is this one well formed?
 *
 * One table. A call is refused before its handler when its code is unknown, its control word has
 * bits that must be zero, its repeat fields do not fit its kind, or its blocks are misaligned,
 * cross a page, overlap, or lie where the caller may not read or write. The input is copied once.
 */
#include "tests/host/common/hypercall.h"

#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/rng.h"

#define CONTEXT_CALL_SIZE (16 + 8 * CONTEXT_WORDS)

static const struct hypercall_row table[] = {
	{ HC_MODIFY_VTL_PROTECTION_MASK, "ModifyVtlProtectionMask", 16, 8, 0,
	  hc_modify_vtl_protection_mask, arch_protect_done },
	{ HC_ENABLE_PARTITION_VTL, "EnablePartitionVtl", 16, 0, 0, hc_enable_partition_vtl, NULL },
	{ HC_ENABLE_VP_VTL, "EnableVpVtl", CONTEXT_CALL_SIZE, 0, 0, hc_enable_vp_vtl, NULL },
	{ HC_INSTALL_INTERCEPT, "InstallIntercept", 24, 0, 0, hc_install_intercept, NULL },
	{ HC_GET_VP_REGISTERS, "GetVpRegisters", 16, 4, 16, hc_get_vp_registers, NULL },
	{ HC_SET_VP_REGISTERS, "SetVpRegisters", 16, 32, 0, hc_set_vp_registers, NULL },
	{ HC_ASSERT_VIRTUAL_INTERRUPT, "AssertVirtualInterrupt", 32, 0, 0,
	  hc_assert_virtual_interrupt, NULL },
	{ HC_START_VIRTUAL_PROCESSOR, "StartVirtualProcessor", CONTEXT_CALL_SIZE, 0, 0,
	  hc_start_virtual_processor, NULL },
	{ HC_GET_VP_INDEX_FROM_APIC_ID, "GetVpIndexFromApicId", 16, HW_ID_SIZE, 4,
	  hc_get_vp_index_from_apic_id, NULL },
	{ HC_CHECK_SPARSE_GPA_PAGE_VTL_ACCESS, "CheckSparseGpaPageVtlAccess", 16, 8, 8,
	  hc_check_sparse_gpa_page_vtl_access, NULL },
};

/* Under the host's lock only one call is being worked on. */
static uint8_t in_block[HYPERCALL_PAGE] __attribute__((aligned(8)));
static uint8_t out_block[HYPERCALL_PAGE] __attribute__((aligned(8)));

static const struct hypercall_row *find_row(uint32_t code)
{
	uint32_t n;

	for (n = 0; n < sizeof(table) / sizeof(table[0]); n++) {
		if (table[n].code == code) {
			return &table[n];
		}
	}
	return NULL;
}

bool hypercall_is_offered(uint32_t code)
{
	return find_row(code) != NULL;
}

uint64_t hc_u64(const struct hypercall *call, uint32_t offset)
{
	uint64_t value;

	memcpy(&value, call->in + offset, sizeof(value));
	return value;
}

uint32_t hc_u32(const struct hypercall *call, uint32_t offset)
{
	uint32_t value;

	memcpy(&value, call->in + offset, sizeof(value));
	return value;
}

bool hc_is_zero(const struct hypercall *call, uint32_t offset, uint32_t size)
{
	uint32_t n;

	for (n = 0; n < size; n++) {
		if (call->in[offset + n] != 0) {
			return false;
		}
	}
	return true;
}

uint16_t hc_input_vtl(const struct hypercall *call, uint8_t byte, uint32_t *vtl)
{
	if ((byte & 0xE0) != 0) {
		return HV_INVALID_PARAMETER;
	}
	*vtl = (byte & 0x10) != 0 ? byte & 0xFu : call->vtl;
	if (*vtl > 2) {
		return HV_INVALID_PARAMETER;
	}
	if (*vtl > call->vtl) {
		return HV_ACCESS_DENIED;
	}
	return *vtl == 1 ? HV_INVALID_PARAMETER : HV_SUCCESS;
}

uint16_t hc_target_vp(const struct hypercall *call, struct vp **vp)
{
	uint32_t index = hc_u32(call, 8);

	if (hc_u64(call, 0) != HV_PARTITION_SELF) {
		return HV_INVALID_PARTITION_ID;
	}
	*vp = index == HV_VP_SELF ? call->vp : vm_vp(index);
	return *vp == NULL ? HV_INVALID_VP_INDEX : HV_SUCCESS;
}

static uint16_t check_control(const struct hypercall_row *row, uint64_t control)
{
	uint32_t reps = HC_REP_COUNT(control);
	uint32_t start = HC_REP_START(control);

	if ((control & HC_RESERVED) != 0 || HC_VAR_HEADER(control) != 0) {
		return HV_INVALID_HYPERCALL_INPUT;
	}
	if (row->rep_in == 0) {
		return reps == 0 && start == 0 ? HV_SUCCESS : HV_INVALID_HYPERCALL_INPUT;
	}
	return start < reps ? HV_SUCCESS : HV_INVALID_HYPERCALL_INPUT;
}

/* From one output element to the next. */
static uint32_t out_stride(const struct hypercall_row *row)
{
	if (row->code == HC_GET_VP_INDEX_FROM_APIC_ID && vm.opt.apic_out_padded) {
		return 8;
	}
	return row->rep_out;
}

/* A block in memory: aligned, inside one page, and there for this VTL. */
static uint16_t check_block(uint32_t vtl, struct hypercall_frame *frame, uint64_t gpa,
			    uint32_t size, uint32_t access)
{
	if ((gpa & 7) != 0) {
		return HV_INVALID_ALIGNMENT;
	}
	if (size > HYPERCALL_PAGE || (gpa & 0xFFF) + size > HYPERCALL_PAGE) {
		return (uint16_t)vm.opt.status_page_cross;
	}
	if ((arch_access(vtl, gpa >> 12) & access) == 0) {
		frame->faulted = vm.opt.block_fault_message && vtl == 0;
		frame->fault_gpa = gpa;
		frame->fault_is_write = access == MAP_WRITE;
		return HV_INVALID_HYPERCALL_INPUT;
	}
	return HV_SUCCESS;
}

static uint32_t pairs(uint32_t size)
{
	return (size + 15) / 16;
}

static uint32_t words(uint32_t size)
{
	return (size + 7) / 8;
}

static uint16_t take_fast(const struct hypercall_frame *frame, uint32_t in_size, uint32_t out_size)
{
	uint32_t used = 2 * (pairs(in_size) + pairs(out_size));

	if (vm.opt.fast_output_words) {
		used = words(in_size) + words(out_size);
	}
	if (used > frame->fast_words) {
		return HV_INVALID_HYPERCALL_INPUT;
	}
	memcpy(in_block, frame->fast, in_size);
	return HV_SUCCESS;
}

static uint16_t take_memory(uint32_t vtl, struct hypercall_frame *frame, uint32_t in_size,
			    uint32_t out_size)
{
	uint16_t status = check_block(vtl, frame, frame->in_gpa, in_size, MAP_READ);

	if (status == HV_SUCCESS && out_size != 0) {
		status = check_block(vtl, frame, frame->out_gpa, out_size, MAP_WRITE);
		if (status == HV_SUCCESS && frame->in_gpa < frame->out_gpa + out_size &&
		    frame->out_gpa < frame->in_gpa + in_size) {
			status = HV_INVALID_HYPERCALL_INPUT;
		}
	}
	if (status == HV_SUCCESS) {
		memcpy(in_block, arch_ram(frame->in_gpa, in_size), in_size);
	}
	return status;
}

/* Which word of the register block the fast output begins at. */
static uint32_t fast_base(const struct hypercall_frame *frame, uint32_t in_size, uint32_t out_size)
{
	if (vm.opt.fast_output_words) {
		return words(in_size);
	}
	return frame->out_at_end ? frame->fast_words - 2 * pairs(out_size) : 2 * pairs(in_size);
}

/* Bytes `from` to `to` of the output, whole words of them, to registers or memory. */
static void give_bytes(struct hypercall_frame *frame, uint32_t base, uint32_t from, uint32_t to)
{
	uint32_t n;

	if (HC_FAST(frame->control) == 0) {
		if (to > from) {
			memcpy((uint8_t *)arch_ram(frame->out_gpa, to) + from, out_block + from,
			       to - from);
		}
		return;
	}
	for (n = from / 8; n < words(to); n++) {
		memcpy(&frame->fast[base + n], out_block + 8 * n, 8);
		frame->fast_written[base + n] = true;
	}
}

/*
 * The output of the elements that were done now. What pads it to whole words is not promised, and
 * in one dialect neither is what the elements that failed leave behind.
 */
static void give_output(const struct hypercall_row *row, struct hypercall_frame *frame,
			uint32_t start, uint32_t done, bool failed)
{
	uint32_t reps = HC_REP_COUNT(frame->control);
	uint32_t stride = out_stride(row);
	uint32_t size = stride * reps;
	uint32_t end = stride * done;
	uint32_t base = fast_base(frame, row->in_size + reps * row->rep_in, size);
	uint32_t poisoned = end;
	uint32_t n;

	if (stride == 0) {
		return;
	}
	if (failed && vm.opt.failed_output_random) {
		poisoned = size;
	}
	poisoned = 8 * words(poisoned);
	for (n = end; !vm.opt.poison_off && n < poisoned; n++) {
		out_block[n] = (uint8_t)rng_next();
	}
	give_bytes(frame, base, stride * start, vm.opt.poison_off ? end : poisoned);
}

/* Where this stretch ends: a repeat call may stop anywhere and be continued. */
static uint32_t stretch_end(uint32_t start, uint32_t reps)
{
	if (reps - start > 1 && rng_once_in(4)) {
		return start + 1 + (uint32_t)(rng_next() % (reps - start - 1));
	}
	return reps;
}

static uint16_t run_elements(const struct hypercall_row *row, const struct hypercall *call,
			     uint32_t start, uint32_t end, uint32_t *done)
{
	uint16_t status = HV_SUCCESS;

	*done = start;
	if (row->rep_in == 0) {
		status = fault_element(row, call, 0, true);
		return status == HV_SUCCESS ? row->handler(call, 0) : status;
	}
	while (*done < end) {
		status = fault_element(row, call, *done, *done == start);
		status = status == HV_SUCCESS ? row->handler(call, *done) : status;
		if (status != HV_SUCCESS) {
			break;
		}
		*done += 1;
	}
	if (row->finish != NULL) {
		row->finish();
	}
	return status;
}

static uint16_t check_call(uint32_t vtl, const struct hypercall_row *row,
			   struct hypercall_frame *frame)
{
	uint32_t reps = HC_REP_COUNT(frame->control);
	uint32_t in_size;
	uint32_t out_size;
	uint16_t status;

	if (row == NULL) {
		return HV_INVALID_HYPERCALL_CODE;
	}
	if (vm.guest_os_id[vtl_slot(vtl)] == 0 &&
	    (HC_FAST(frame->control) == 0 ||
	     (row->code != HC_GET_VP_REGISTERS && row->code != HC_SET_VP_REGISTERS))) {
		return HV_ACCESS_DENIED;
	}
	status = check_control(row, frame->control);
	if (status != HV_SUCCESS) {
		return status;
	}
	in_size = row->in_size + reps * row->rep_in;
	out_size = reps * out_stride(row);
	return HC_FAST(frame->control) != 0 ? take_fast(frame, in_size, out_size) :
					      take_memory(vtl, frame, in_size, out_size);
}

/* Not finished: how the caller learns of it is a dialect. */
static void leave_unfinished(struct hypercall_frame *frame, uint32_t done)
{
	count(COUNT_CONTINUED);
	switch (vm.opt.continued) {
	case OPTIONS_CONTINUE_PC:
		frame->control &= ~(0xFFFull << 48);
		frame->control |= (uint64_t)done << 48;
		frame->continued = true;
		break;
	case OPTIONS_CONTINUE_TIMEOUT:
		frame->result = HV_TIME_OUT | (uint64_t)done << 32;
		break;
	case OPTIONS_CONTINUE_SHORT:
		frame->result = HV_SUCCESS | (uint64_t)done << 32;
		break;
	}
}

/* A call of VTL2 that found no time to begin. */
static bool finds_no_time(uint32_t vtl)
{
	return vm.opt.continued == OPTIONS_CONTINUE_TIMEOUT && vtl == 2 && rng_once_in(8);
}

static void count_by(uint32_t vtl, const struct hypercall_frame *frame)
{
	count(COUNT_HYPERCALL);
	if (vtl != 0) {
		count(frame->counter);
	}
	count_call(HC_CODE(frame->control));
}

/* The part of the call that there is time for; false when some is left. */
static bool run_stretch(const struct hypercall_row *row, const struct hypercall *call,
			struct hypercall_frame *frame, uint16_t *status, uint32_t *done)
{
	uint32_t reps = HC_REP_COUNT(frame->control);
	uint32_t start = HC_REP_START(frame->control);
	uint32_t end = row->rep_in != 0 ? stretch_end(start, reps) : 0;

	*done = start;
	if (finds_no_time(call->vtl)) {
		return false;
	}
	*status = run_elements(row, call, start, end, done);
	give_output(row, frame, start, *done, *status != HV_SUCCESS);
	return *status != HV_SUCCESS || *done == reps;
}

void hypercall_run(struct vp *vp, uint32_t vtl, struct hypercall_frame *frame)
{
	const struct hypercall_row *row = find_row(HC_CODE(frame->control));
	struct hypercall call = { vp, vtl, in_block, out_block, 0 };
	uint32_t done = 0;
	uint16_t status;

	count_by(vtl, frame);
	memset(frame->fast_written, 0, sizeof(frame->fast_written));
	frame->continued = false;
	frame->faulted = false;
	status = check_call(vtl, row, frame);
	if (frame->faulted) {
		return;
	}
	if (status == HV_SUCCESS) {
		call.out_stride = out_stride(row);
		if (!run_stretch(row, &call, frame, &status, &done)) {
			leave_unfinished(frame, done);
			return;
		}
	}
	if (status != HV_SUCCESS) {
		count(COUNT_REFUSED);
	}
	frame->result = status | (uint64_t)done << 32;
}
