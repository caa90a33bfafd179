/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do we keep per VP?
 *
 * One struct vp for each processor of the tree, on pages of its own. A VP reads and writes its own;
 * of another's it reads only state and the counters.
 */
#ifndef CORE_VP_H
#define CORE_VP_H

#include "core/arch.h"
#include "core/crypto.h"
#include "core/err.h"
#include "core/platform.h"
#include "core/stats.h"
#include "core/types.h"

#define SERVICE_IN_MAX 6
#define SERVICE_OUT_MAX 4

enum vp_state {
	VP_OFF = 0, /* not asked for yet */
	VP_ASKED,   /* the hypervisor was asked to start it */
	VP_UP,	    /* runs our code in VTL2 and has checked itself */
	VP_FAILED,  /* came up wrong: the log says how; never enters VTL0 */
	VP_PARKED,  /* stopped in VTL2 for good: the machine ends */
};

struct vp {
	/* What VTL0 had in its registers at entry and gets back at the return. First, at the
	 * address that the assembly knows. */
	struct arch_vtl0_regs regs;

	/* Known to the assembly too: see arch_types.h. */
	uint64_t stack_top;
	struct arch_vp arch;

	vp_index_t index; /* the hypervisor's number */
	hw_id_t hw_id;	  /* the architecture's number */
	uint32_t number;  /* ours: order of the tree, 0 is not necessarily the boot VP */
	uint32_t numa_node;

	uint32_t state; /* enum vp_state; from VP_ASKED on by vp_settle, then by its own VP */

	/* Pages shared with the hypervisor, 4 KiB each. */
	void *assist_page;
	void *message_page;
	void *hypercall_in;
	void *hypercall_out;

	/* Arguments and results of the request that is served. */
	uint64_t call_in[SERVICE_IN_MAX];
	uint64_t call_out[SERVICE_OUT_MAX];

	struct stats stats;
	struct drbg drbg;
};

/*
 * Makes the struct vp of every processor of the tree, with its pages and its stack, from the page
 * pool. Boot only. ERR_NO_MEMORY: the pool is too small for that many. ERR_NOT_FOUND: the processor
 * that asks is not in the tree.
 */
__must_check enum err vp_create_all(const struct platform *platform);

uint32_t vp_count(void);
struct vp *vp_by_number(uint32_t number);

/* The stack, of some VP, that sp points into or has just run out of. False: none. */
__must_check bool vp_stack_of(uint64_t sp, struct range *stack);

/* The VP that the loader started. */
struct vp *vp_boot(void);

enum vp_state vp_state(const struct vp *vp);
void vp_set_state(struct vp *vp, enum vp_state state);

/* From VP_ASKED to another state, by whoever is first: the VP that arrived, or the one that no
 * longer waits for it. False: somebody else was. */
__must_check bool vp_settle(struct vp *vp, enum vp_state state);

#endif
