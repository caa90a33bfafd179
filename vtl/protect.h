/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is memory taken from VTL0?
 */
#ifndef VTL_PROTECT_H
#define VTL_PROTECT_H

#include "core/err.h"
#include "core/types.h"

struct protect_result {
	uint64_t pages; /* taken */
	uint64_t calls; /* hypercalls that it took */
	uint64_t failed_gpa;
	uint16_t status; /* of the hypervisor, when it failed */
};

/*
 * Takes all access of lower VTLs to the pages of the range (page aligned), in as few calls as
 * possible. On an error result->failed_gpa is the page that was refused; those before are taken.
 */
__must_check enum err protect_range(struct range range, struct protect_result *result);

#endif
