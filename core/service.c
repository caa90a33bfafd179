/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a request reach its handler?
 *
 * The only indirect call for VTL0's requests is here. What every handler would have to do is done
 * here once: SVE hint, width of SMC32 arguments, unknown and disabled rows, results.
 * May assume: vp->regs are VTL0's registers. Must never: log above debug for a bad request.
 */
#include "core/service.h"

#include "smccc/smccc.h"

static uint32_t open_doors = DOOR_PAGE;
volatile uint32_t service_gate_now = DOOR_PAGE * WHEN_RUNNING;

const struct service *service_find(uint32_t id)
{
	const struct service *s = service_row_of(id);

	return s->id == id ? s : NULL;
}

void service_open_doors(uint32_t doors)
{
	open_doors = doors;
	service_gate_now = doors * WHEN_RUNNING;
}

uint32_t service_open_doors_get(void)
{
	return open_doors;
}

void service_set_ending(void)
{
	__atomic_store_n(&service_gate_now, open_doors * WHEN_ENDING, __ATOMIC_RELEASE);
}

/* Not inlined: it needs registers that a plain answer does not. */
static __attribute__((noinline)) void give_results(struct vp *vp, const struct service *s,
						   enum err err)
{
	uint32_t i;

	if (err != OK) {
		for (i = 1; i < s->out; i++) {
			vp->call_out[i] = 0;
		}
		vp->call_out[0] = status_for_guest(s->codes, err).x0;
	}
	arch_call_finish(&vp->regs, vp->call_out, s->out);
}

static inline void serve(struct vp *vp, const struct service *s, uint32_t id)
{
	const uint64_t *in = arch_call_args(&vp->regs);
	enum err err;
	uint32_t i;

	vp->stats.count[PARAVANE_STAT_REQUESTS]++;
	if ((id & SMCCC_CALL_64BIT) == 0) {
		for (i = 0; i < s->in_max; i++) {
			vp->call_in[i] = (uint32_t)in[i];
		}
		in = vp->call_in;
	}
	for (i = 0; i < SERVICE_OUT_MAX; i++) {
		vp->call_out[i] = 0;
	}
	err = s->handler(vp, in, vp->call_out);
	if (err != OK || s->out != 1) {
		give_results(vp, s, err);
	} else {
		arch_call_finish(&vp->regs, vp->call_out, 1);
	}
}

void service_dispatch(struct vp *vp, enum door door)
{
	/* The SVE hint says nothing about which function is meant (SMCCC 1.3). The upper half of
	 * the id register is not part of the id (DEN0028: function ID is W0). */
	uint32_t id = (uint32_t)arch_call_id(&vp->regs) & ~SMCCC_SVE_HINT;
	const struct service *s = service_row_of(id);
	uint32_t gate = s->gate & (door * WHEN_ANY);
	uint64_t refusal;

	if (s->id == id && (gate & service_gate_now) != 0) {
		serve(vp, s, id);
		return;
	}
	vp->stats.count[PARAVANE_STAT_REFUSED]++;
	refusal = status_for_guest(CODES_SMCCC, ERR_NOT_SUPPORTED).x0;
	arch_call_finish(&vp->regs, &refusal, 1);
}
