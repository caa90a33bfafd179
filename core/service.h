/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a request reach its handler?
 */
#ifndef CORE_SERVICE_H
#define CORE_SERVICE_H

#include "core/err.h"
#include "core/status.h"
#include "core/types.h"
#include "core/vp.h"

/* How a request may arrive; a row names a set of these. */
enum door {
	DOOR_PAGE = 1,	  /* store to the door page */
	DOOR_VTLCALL = 2, /* VTL call */
	DOOR_HVC0 = 4,	  /* SMCCC call that the hypervisor does not own, forwarded */
	DOOR_ANY = DOOR_PAGE | DOOR_VTLCALL | DOOR_HVC0,
	/* What the hypervisor answers itself when it comes by HVC #0. */
	DOOR_OURS = DOOR_PAGE | DOOR_VTLCALL,
};

/* States of the machine in which a row is allowed. A set of doors times a set of these is a gate:
 * the doors of each state, so that one comparison looks at both. */
enum when {
	WHEN_RUNNING = 1,    /* VTL0 runs */
	WHEN_ENDING = 0x100, /* power-off or reset has begun */
	WHEN_ANY = WHEN_RUNNING | WHEN_ENDING,
};

/*
 * in: in_max words, for SMC32 without their upper halves. out: zeroed; out[0] is the
 * first result register, which a handler that returns OK may set to a value. An error leaves no
 * other trace than its code.
 */
typedef enum err service_handler(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
				 uint64_t out[SERVICE_OUT_MAX]);

/* A row's size is a power of two, so that its address takes no multiplication. */
struct service {
	uint32_t gate; /* enum door times enum when; 0: configured out */
	uint32_t id;
	const char *name; /* as its document spells it */
	uint8_t in_min;	  /* argument registers read; for SMCCC in_min = in_max */
	uint8_t in_max;
	uint8_t out; /* result registers written, the status included */
	enum status_codes codes;
	const char *config;	  /* Kconfig symbol without CONFIG_, "" when always there */
	service_handler *handler; /* NULL: configured out, answers "not supported" */
	const char *spec;
} __attribute__((aligned(64)));

extern const struct service services[];
extern const uint32_t service_count;

/* Where the row of an id can be, if there is one: found without a search, and without a branch
 * that an id of VTL0's could mistrain. */
#define SERVICE_SLOTS 32
#define SERVICE_SLOT(id) (((id) ^ (id) >> 26) & (SERVICE_SLOTS - 1))
extern const uint8_t service_slots[SERVICE_SLOTS];

/* The row for an id through any door, whether or not its handler is there; NULL: no such id. */
const struct service *service_find(uint32_t id);

extern volatile uint32_t service_gate_now;

/* The only row that can be that id's. */
static inline const struct service *service_row_of(uint32_t id)
{
	const struct service *s = &services[service_slots[SERVICE_SLOT(id)]];

	/* One address, in a register: otherwise it is made anew for each field. */
	__asm__("" : "+r"(s));
	return s;
}

/* Is it offered now, by whatever door? OK or ERR_NOT_SUPPORTED, as every features call answers. An
 * id has 32 bits: a longer one is none. */
__must_check static inline enum err service_offered(uint64_t id)
{
	const struct service *s = service_row_of((uint32_t)id);

	return s->id == id && (s->gate & service_gate_now) != 0 ? OK : ERR_NOT_SUPPORTED;
}

/* Which doors did the hypervisor agree to open? Boot only; default: the door page. */
void service_open_doors(uint32_t doors);
uint32_t service_open_doors_get(void);

void service_set_ending(void);

/*
 * Serves one request: id and arguments from vp->regs, results into them, as the register order of
 * the architecture says. Changes the result registers of the row and nothing else.
 */
void service_dispatch(struct vp *vp, enum door door);

#endif
