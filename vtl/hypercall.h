/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we call the hypervisor?
 *
 * One path for every call: it chooses the fast form when input and output fit the registers, and
 * the calling VP's own pages otherwise; continues rep calls; retries where the interface asks.
 */
#ifndef VTL_HYPERCALL_H
#define VTL_HYPERCALL_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

struct hypercall {
	uint16_t code;	 /* HVCALL_* */
	uint16_t reps;	 /* 0: a simple call */
	const void *in;	 /* header and all elements */
	size_t in_size;	 /* bytes, at most 4096 */
	void *out;	 /* elements from 0 on */
	size_t out_size; /* bytes, at most 4096 */
};

struct hypercall_result {
	uint16_t status; /* HV_STATUS_* */
	uint16_t done;	 /* elements finished, counted from element 0 */
};

/* Any VP, after the channel is open. Output is valid for the finished elements. */
struct hypercall_result hypercall(const struct hypercall *call);

/* The same for a caller who needs no more than success or not. */
__must_check enum err hypercall_do(const struct hypercall *call);

/* One conversion from the hypervisor's words into ours, and its own name for messages. */
enum err hypercall_err(uint16_t status);
const char *hypercall_status_name(uint16_t status);

#endif
