/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we get and set VP registers, ours and VTL0's?
 *
 * May assume: the channel is open. Must never: name another VP than the one that asks; VTL0's
 * state on another VP is that VP's to change.
 */
#include "vtl/vp_regs.h"

#include <string.h>

#include "core/check.h"
#include "core/log.h"
#include "vtl/hypercall.h"
#include "vtl/vtl_arch.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/vsm.h"

static uint16_t last_status;

static union hv_input_vtl input_vtl(enum vp_regs_vtl vtl)
{
	return (union hv_input_vtl){
		.as_uint8 = vtl == VP_REGS_VTL0 ? HV_INPUT_VTL_OF(HV_NORMAL_VTL) :
						  HV_INPUT_VTL_CURRENT,
	};
}

static enum err finish(struct hypercall_result r)
{
	if (r.status == HV_STATUS_SUCCESS) {
		return OK;
	}
	last_status = r.status;
	return hypercall_err(r.status);
}

enum err vp_regs_set_at_least(enum vp_regs_vtl vtl, const struct vp_reg *regs, uint32_t count,
			      uint32_t needed)
{
	struct hypercall_result result;
	struct {
		struct hv_input_set_vp_registers head;
		struct hv_register_assoc element[VP_REGS_SET_MAX];
	} in = {
		.head.partition_id = HV_PARTITION_ID_SELF,
		.head.vp_index = HV_VP_INDEX_SELF,
		.head.input_vtl = input_vtl(vtl),
	};
	uint32_t i;

	CHECK(count >= 1 && count <= VP_REGS_SET_MAX);
	for (i = 0; i < count; i++) {
		in.element[i].name = regs[i].name;
		in.element[i].value.reg128.low_part = regs[i].low;
		in.element[i].value.reg128.high_part = regs[i].high;
	}
	result = hypercall(&(struct hypercall){
		.code = HVCALL_SET_VP_REGISTERS,
		.reps = (uint16_t)count,
		.in = &in,
		.in_size = sizeof(in.head) + count * sizeof(in.element[0]),
	});
	return result.done >= needed ? OK : finish(result);
}

enum err vp_regs_set(enum vp_regs_vtl vtl, const struct vp_reg *regs, uint32_t count)
{
	return vp_regs_set_at_least(vtl, regs, count, count);
}

/* Not inlined: its place on the stack is not on the way of a request. */
static __attribute__((noinline)) enum err set_generally(enum vp_regs_vtl vtl, uint32_t name,
							uint64_t value)
{
	struct vp_reg reg = { .name = name, .low = value };

	return vp_regs_set(vtl, &reg, 1);
}

/* VTL0's program counter is set on every trap: the head and one element as words, in registers.
 * What is unfinished after the first try takes the general way. */
enum err vp_reg_set(enum vp_regs_vtl vtl, uint32_t name, uint64_t value)
{
	uint64_t head = HV_VP_INDEX_SELF | (uint64_t)input_vtl(vtl).as_uint8 << 32;
	uint64_t one = UINT64_C(1) << HV_HYPERCALL_REP_COMP_OFFSET;
	uint64_t control = HVCALL_SET_VP_REGISTERS | HV_HYPERCALL_FAST_BIT | one;
	uint64_t word =
		vtl_arch_hypercall_six(control, HV_PARTITION_ID_SELF, head, name, 0, value, 0);

	/* The other bits of the result word are not promised. */
	if ((word & (HV_HYPERCALL_RESULT_MASK | HV_HYPERCALL_REP_COMP_MASK)) == one) {
		return OK;
	}
	word &= HV_HYPERCALL_RESULT_MASK;
	if (word != HV_STATUS_SUCCESS && word != HV_STATUS_TIME_OUT) {
		return finish((struct hypercall_result){ .status = (uint16_t)word });
	}
	return set_generally(vtl, name, value);
}

enum err vp_reg_get(enum vp_regs_vtl vtl, uint32_t name, uint64_t *value)
{
	struct {
		struct hv_input_get_vp_registers head;
		uint32_t name;
	} in = {
		.head.partition_id = HV_PARTITION_ID_SELF,
		.head.vp_index = HV_VP_INDEX_SELF,
		.head.input_vtl = input_vtl(vtl),
		.name = name,
	};
	union hv_register_value out = { 0 };
	enum err err = finish(hypercall(&(struct hypercall){
		.code = HVCALL_GET_VP_REGISTERS,
		.reps = 1,
		.in = &in,
		.in_size = sizeof(in.head) + sizeof(in.name),
		.out = &out,
		.out_size = sizeof(out),
	}));

	/* The output of a failed call is not defined. */
	if (err == OK) {
		*value = out.reg128.low_part;
	}
	return err;
}

uint16_t vp_regs_last_status(void)
{
	return last_status;
}

enum err vp_regs_refused(const char *what, enum err err)
{
	log_error("%s refused: %s", what, hypercall_status_name(last_status));
	return err;
}
