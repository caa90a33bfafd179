/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do we fail inside?
 *
 * One enumeration for all of our own code. What VTL0 sees is another type altogether, made from
 * this one in status.c and nowhere else: "invalid parameter" is -3 in SMCCC, -2 in PSCI and TRNG
 * and 5 in HV_STATUS, and no reader should have to remember which.
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

enum err {
	OK = 0,
	ERR_INVALID,	   /* malformed: a value outside what its document allows */
	ERR_RANGE,	   /* an address or size that is not where it must be */
	ERR_ALIGN,	   /* right place, wrong alignment */
	ERR_NO_MEMORY,	   /* no room left */
	ERR_NOT_FOUND,	   /* what was asked for does not exist */
	ERR_NOT_SUPPORTED, /* exists in the document, not here */
	ERR_DENIED,	   /* somebody with the right to say no said no */
	ERR_BUSY,	   /* try again */
	ERR_STATE,	   /* not now: wrong order or state */
	ERR_CORRUPT,	   /* a checksum or digest does not match */
	ERR_NO_ENTROPY,	   /* no source of randomness */
	ERR_IO,		   /* the hypervisor or a device failed */
};

#define __must_check __attribute__((warn_unused_result))

#endif
