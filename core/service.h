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

/* States of the machine in which a row is allowed. */
enum when {
	WHEN_RUNNING = 1, /* VTL0 runs */
	WHEN_ENDING = 2,  /* power-off or reset has begun */
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
	uint32_t doors;
	uint32_t id;
	const char *name; /* as its document spells it */
	uint8_t in_min;	  /* argument registers read; for SMCCC in_min = in_max */
	uint8_t in_max;
	uint8_t out; /* result registers written, the status included */
	enum status_codes codes;
	const char *config;	  /* Kconfig symbol without CONFIG_, "" when always there */
	service_handler *handler; /* NULL: configured out, answers "not supported" */
	uint32_t when;
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

/* Through which doors is it offered now? A set of enum door, 0: not at all. */
uint32_t service_doors(uint32_t id);

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
