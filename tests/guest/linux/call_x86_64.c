// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Doors of x86_64: a write of the door MSR, the VTL call entry of the kernel's own hypercall page,
 * whose place the hypervisor tells, and a hypercall that it forwards.
 */
#include <linux/property.h>
#include <linux/string.h>

#include <asm/mshyperv.h>
#include <asm/nospec-branch.h>

#include "paravane/services.h"
#include "tests/guest/linux/call.h"

#define REGISTER_VSM_CODE_PAGE_OFFSETS 0x000D0002
#define VTL_CALL_OFFSET 0xFFF

enum door {
	DOOR_MSR,
	DOOR_VTL,
	DOOR_HYPERCALL
};

static bool has_msr, has_hypercall;
static void *vtl_call;

/* HvCallGetVpRegisters: header of 16 bytes, one name. */
static int find_vtl_call(void)
{
	struct {
		u64 partition;
		u32 vp;
		u32 vtl;
		u32 name;
	} __packed *in;
	unsigned long flags;
	u64 *out, status, offsets;

	if (!hv_hypercall_pg) {
		return -EOPNOTSUPP;
	}
	local_irq_save(flags);
	in = *this_cpu_ptr(hyperv_pcpu_input_arg);
	out = (u64 *)in + 256; /* the second half of the page: no other call is made meanwhile */
	memset(in, 0, sizeof(*in));
	in->partition = HV_PARTITION_ID_SELF;
	in->vp = HV_VP_INDEX_SELF;
	in->name = REGISTER_VSM_CODE_PAGE_OFFSETS;
	status = hv_do_hypercall(HVCALL_GET_VP_REGISTERS | 1ULL << HV_HYPERCALL_REP_COMP_OFFSET, in,
				 out);
	offsets = *out;
	local_irq_restore(flags);
	if (!hv_result_success(status)) {
		return -EOPNOTSUPP;
	}
	vtl_call = hv_hypercall_pg + (offsets & VTL_CALL_OFFSET);
	return 0;
}

int call_open(struct platform_device *device)
{
	struct device *dev = &device->dev;

	has_msr = device_property_match_string(dev, "method", PARAVANE_DT_METHOD_DOOR_MSR) >= 0;
	has_hypercall = hv_hypercall_pg &&
			device_property_match_string(dev, "method", PARAVANE_DT_METHOD_HYPERCALL) >=
				0;
	if (device_property_match_string(dev, "method", PARAVANE_DT_METHOD_VTL_CALL) >= 0 &&
	    find_vtl_call() != 0) {
		dev_info(dev, "the hypervisor does not tell where a VTL call is made\n");
	}
	return 0;
}

int call_door(const char *name)
{
	if (strcmp(name, "msr") == 0) {
		return has_msr ? DOOR_MSR : -EOPNOTSUPP;
	}
	if (strcmp(name, "vtl") == 0) {
		return vtl_call ? DOOR_VTL : -EOPNOTSUPP;
	}
	if (strcmp(name, "hypercall") == 0) {
		return has_hypercall ? DOOR_HYPERCALL : -EOPNOTSUPP;
	}
	return -EINVAL;
}

/* One call: the id and arguments where the interface wants them. It destroys RAX, RCX and RDX and
 * keeps everything else. */
#define CALL(instruction, number)                                                                  \
	asm volatile(instruction                                                                   \
		     : "+r"(r8), "+r"(r9), "+r"(r10), "+r"(r11), "=a"(rax), "=c"(rcx), "=d"(rdx),  \
		       ASM_CALL_CONSTRAINT                                                         \
		     : "S"(argument[3]), "D"(argument[4]), "b"(argument[5]), "a"(0), "c"(number),  \
		       "d"(0), THUNK_TARGET(target)                                                \
		     : "memory", "cc")

void call_make(int door, u64 id, const u64 argument[CALL_ARGUMENTS], u64 result[CALL_RESULTS])
{
	register u64 r8 asm("r8") = id;
	register u64 r9 asm("r9") = argument[0];
	register u64 r10 asm("r10") = argument[1];
	register u64 r11 asm("r11") = argument[2];
	void *target = door == DOOR_VTL ? vtl_call : hv_hypercall_pg;
	u64 rax, rcx, rdx;

	if (door == DOOR_MSR) {
		CALL("wrmsr", PARAVANE_DOOR_MSR);
	} else {
		CALL(CALL_NOSPEC, door == DOOR_VTL ? 0 : PARAVANE_HYPERCALL);
	}
	result[0] = r8;
	result[1] = r9;
	result[2] = r10;
	result[3] = r11;
}
