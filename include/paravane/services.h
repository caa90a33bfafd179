/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What can VTL0 ask of Paravane that no standard has a name for?
 *
 * Identifiers, arguments and limits of our own calls; docs/abi.md has the doors by which they
 * arrive. The id is in X0, arguments in X1 to X6, results in X0 to X3; every other register is
 * kept. X0 is 0 or an SMCCC status of smccc/smccc.h. The block is owner 56, fast, 64-bit; the
 * three queries are those of the Trusted OS, which Paravane is to VTL0.
 */
#ifndef PARAVANE_SERVICES_H
#define PARAVANE_SERVICES_H

#define PARAVANE_OWNER 56

/* X1: an id of this block or of a standard service. X0: 0 and up supported, -1 not. */
#define PARAVANE_FEATURES 0xF8000000
/* X1: GPA of the text in VTL0's memory, X2: length in bytes, 1 to PARAVANE_LOG_MAX. The text is
 * copied once and put into the log as one line; what is not printable ASCII becomes '?'. */
#define PARAVANE_LOG 0xF8000001
#define PARAVANE_LOG_MAX 128
/* X1: index of a counter, PARAVANE_STAT_*. X1 of the result: its value. An index that does not
 * exist is answered with SMCCC_RET_INVALID_PARAMETER. */
#define PARAVANE_STATISTICS 0xF8000002

/* Counters, each 64 bits and counted from the start of the firmware. */
#define PARAVANE_STAT_REQUESTS 0      /* requests that reached a table row */
#define PARAVANE_STAT_REFUSED 1	      /* requests that no row or no check let through */
#define PARAVANE_STAT_DENIED_ACCESS 2 /* accesses of VTL0 to memory of VTL2 */
#define PARAVANE_STAT_DENIED_GPA 3    /* address of the last of them; 0: none yet */
#define PARAVANE_STAT_CONSOLE_BYTES 4 /* bytes VTL0 wrote to its console */
#define PARAVANE_STAT_ENTROPY_BYTES 5 /* bytes of entropy handed to VTL0 */
#define PARAVANE_STAT_CPUID 6	      /* x86_64: CPUID instructions of VTL0 that came to VTL2 */
#define PARAVANE_STAT_COUNT 7

/* The Trusted OS's queries. */
#define PARAVANE_CALL_COUNT 0xBF00FF00 /* W0: number of calls in the block */
#define PARAVANE_UID 0xBF00FF01	       /* W0 to W3: the words below */
#define PARAVANE_REVISION 0xBF00FF03   /* W0 major, W1 minor */

/* UUID a760eb9d-3b77-4978-8333-ee89abd89327 (random), as the four words of PARAVANE_UID: bytes in
 * the order of the text, each word little endian (DEN0028 6.2). */
#define PARAVANE_UID_WORD0 0x9DEB60A7
#define PARAVANE_UID_WORD1 0x7849773B
#define PARAVANE_UID_WORD2 0x89EE3383
#define PARAVANE_UID_WORD3 0x2793D8AB

#define PARAVANE_REVISION_MAJOR 1
#define PARAVANE_REVISION_MINOR 0

/* Where VTL0 finds the doors: a node of its device tree. */
#define PARAVANE_DT_PATH "/firmware/paravane"
#define PARAVANE_DT_COMPATIBLE "paravane,services-1"
#define PARAVANE_DT_METHOD_DOOR_PAGE "door-page"
#define PARAVANE_DT_METHOD_DOOR_MSR "door-msr"
#define PARAVANE_DT_METHOD_VTL_CALL "vtl-call"
#define PARAVANE_DT_METHOD_HYPERCALL "hypercall"

/* The door page: a 32-bit store of any value to this offset makes the call. */
#define PARAVANE_DOOR_OFFSET 0

/* x86_64: the same by a write of any value to this MSR, which no processor and no hypervisor has
 * ("PRV" and a zero). The id is in R8, arguments in R9 R10 R11 RSI RDI RBX, results in R8 to R11;
 * RAX, RCX and RDX return 0. A VTL call takes the same registers. */
#define PARAVANE_DOOR_MSR 0x50525600

/* x86_64: the same by a hypercall of VTL0, RCX as here: a fast call whose code ("PR") is nobody's.
 * Only where the hypervisor forwards what it does not know. RAX returns 0 (HV_STATUS_SUCCESS) when
 * the request was answered, whatever the answer. */
#define PARAVANE_HYPERCALL 0x15052

#endif
