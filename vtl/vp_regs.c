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

#include "hv/regs.h"

static uint16_t last_status;

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
		.head.input_vtl.as_uint8 = (uint8_t)vtl,
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

enum err vp_reg_set(enum vp_regs_vtl vtl, uint32_t name, uint64_t value)
{
	struct vp_reg reg = { .name = name, .low = value };

	return vp_regs_set(vtl, &reg, 1);
}

enum err vp_reg_set_rest(uint64_t rest, enum vp_regs_vtl vtl, uint32_t name, uint64_t value)
{
	uint16_t status = (uint16_t)(rest & HV_HYPERCALL_RESULT_MASK);

	if (status != HV_STATUS_SUCCESS && status != HV_STATUS_TIME_OUT) {
		return finish((struct hypercall_result){ .status = status });
	}
	return vp_reg_set(vtl, name, value);
}

enum err vp_reg_get(enum vp_regs_vtl vtl, uint32_t name, uint64_t *value)
{
	struct {
		struct hv_input_get_vp_registers head;
		uint32_t name;
	} in = {
		.head.partition_id = HV_PARTITION_ID_SELF,
		.head.vp_index = HV_VP_INDEX_SELF,
		.head.input_vtl.as_uint8 = (uint8_t)vtl,
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
