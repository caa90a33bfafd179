/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the host know about its VM?
 *
 * The state that the interface defines and no architecture: one VM, its VPs, and for each of the
 * two levels that exist (VTL0 and VTL2) the synthetic registers. All of it is read and written
 * under the host's one lock (arch_lock), held from a guest's exit until its next entry.
 */
#ifndef TESTS_HOST_COMMON_VM_H
#define TESTS_HOST_COMMON_VM_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/options.h"
#include "tests/host/common/tree.h"

#define VTL_SLOTS 2
#define SINT_COUNT 16
/* What the interface has in another size on each architecture. */
#ifdef __aarch64__
#define CONTEXT_WORDS 9	       /* of an initial VP context */
#define HW_ID_SIZE 8	       /* an element of GetVpIndexFromApicId */
#define MESSAGE_HEADER_SIZE 24 /* of an intercept message's payload */
#else
#define CONTEXT_WORDS 28
#define HW_ID_SIZE 4
#define MESSAGE_HEADER_SIZE 40
#endif
#define CRASH_REGS 6

/* Per VP and VTL. */
struct vtl_state {
	uint64_t scontrol;
	uint64_t siefp;
	uint64_t simp;
	uint64_t sint[SINT_COUNT];
	uint64_t assist;
	uint64_t vina;
	bool eom_wanted; /* a message of slot 0 said so */
};

struct vp {
	uint32_t index;
	uint64_t hw_id;	 /* MPIDR affinity, or APIC id */
	uint32_t active; /* the VTL that is loaded, 0 or 2; assembly reads it with the next four */
	bool vtl2_started;   /* runs or has run VTL2 */
	bool vtl0_suspended; /* InternalActivityState bit 0 of VTL0 */
	bool vtl0_off;	     /* CPU_OFF by VTL0 */
	bool vtl0_start_pending;
	bool vtl2_enabled; /* HvCallEnableVpVtl was done, or the boot VP */
	bool vtl0_started; /* vtl=0 only: VTL0 runs without VTL2 */
	uint64_t vtl0_start_pc;
	uint64_t vtl0_start_arg;
	uint64_t enable_context[CONTEXT_WORDS];
	struct vtl_state vtl[VTL_SLOTS];
	uint64_t event0[2]; /* PendingEvent0 and 1 of VTL0 */
	uint64_t event1[2];
	bool event1_written;
};

struct vm {
	struct host_options opt;
	uint64_t guest_os_id[VTL_SLOTS];
	uint64_t config; /* VsmPartitionConfig of VTL2 */
	uint64_t guest_vsm;
	uint64_t capabilities;
	uint64_t crash[VTL_SLOTS][CRASH_REGS];
	bool hypercall_intercept;
	bool has_vtl2;
};

extern struct vm vm;

static inline uint32_t vtl_slot(uint32_t vtl)
{
	return vtl >> 1;
}

/* The VM's RAM, ascending; how many ranges there are. (load.c) */
uint32_t vm_ram(struct tree_range ram[2]);

/* NULL: no such VP. */
struct vp *vm_vp(uint32_t index);

#endif
