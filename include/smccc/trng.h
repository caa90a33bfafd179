/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is randomness asked for?
 *
 * Arm DEN0098 (TRNG firmware interface 1.0), sections 2 (functions) and 2.1 (status). Owner 4.
 */
#ifndef SMCCC_TRNG_H
#define SMCCC_TRNG_H

#define TRNG_VERSION 0x84000050	 /* W0: 31 zero, 30:16 major, 15:0 minor */
#define TRNG_FEATURES 0x84000051 /* W1: identifier; W0: 0 and up supported, -1 not */
#define TRNG_GET_UUID 0x84000052 /* W0 to W3: the back end's UUID */
#define TRNG_RND32 0x84000053	 /* W1: bits, 1 to 96; W0 status, W1 to W3 entropy */
#define TRNG_RND64 0xC4000053	 /* X1: bits, 1 to 192; X0 status, X1 to X3 entropy */

#define TRNG_VERSION_1_0 0x10000
#define TRNG_RND32_MAX_BITS 96
#define TRNG_RND64_MAX_BITS 192

/* Status. Mind that "invalid" is -2 here and -3 in SMCCC. */
#define TRNG_RET_SUCCESS 0
#define TRNG_RET_NOT_SUPPORTED (-1)
#define TRNG_RET_INVALID_PARAMETERS (-2)
#define TRNG_RET_NO_ENTROPY (-3) /* try again later */

#endif
