/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a constant read the same in C and in assembly?
 *
 * C wants a type on 64-bit numbers (the complement of a 32-bit one has zeroes above it), the
 * assembler refuses the suffix. Every header of this folder writes its 64-bit constants with
 * these two macros; they define nothing else.
 */
#ifndef HV_CONST_H
#define HV_CONST_H

#ifdef __ASSEMBLER__
#define HV_U64(value) (value)
#else
#include <stdint.h>
#define HV_U64(value) UINT64_C(value)
#endif

#define HV_BIT(n) (HV_U64(1) << (n))

#endif
