/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which kinds of number must never be mixed up?
 *
 * Each kind is a struct with one field, so that a VP index given where an MPIDR is wanted, or
 * an unchecked guest address where a checked range is wanted, does not compile.
 */
#ifndef CORE_TYPES_H
#define CORE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The hypervisor's page, whatever translation granule we run with (TLFS: 4096 always). */
#define HV_HYP_PAGE_SHIFT 12
#define HV_HYP_PAGE_SIZE (UINT64_C(1) << HV_HYP_PAGE_SHIFT)

/* A guest physical address as somebody named it: unchecked. */
typedef struct {
	uint64_t v;
} gpa_t;

/* A physical address of our own memory. The firmware runs identity mapped, so this is also
 * where it lies; the type says that it is ours. */
typedef struct {
	uint64_t v;
} pa_t;

/* The hypervisor's number for a virtual processor (TLFS: HV_VP_INDEX), asked for, never
 * computed from anything else. */
typedef struct {
	uint32_t v;
} vp_index_t;

/* What the architecture calls a processor: MPIDR affinity fields on one, APIC id on another. */
typedef struct {
	uint64_t v;
} hw_id_t;

/* Half-open range of physical addresses, [base, base + size). size 0: empty. base + size does
 * not wrap: whoever fills one has checked that. */
struct range {
	uint64_t base;
	uint64_t size;
};

static inline uint64_t range_end(struct range r)
{
	return r.base + r.size;
}

static inline bool range_overlaps(struct range a, struct range b)
{
	return a.size != 0 && b.size != 0 && a.base < range_end(b) && b.base < range_end(a);
}

/* Is all of b inside a? An empty b is inside everything. */
static inline bool range_contains(struct range a, struct range b)
{
	return b.size == 0 ||
	       (b.base >= a.base && b.size <= a.size && b.base - a.base <= a.size - b.size);
}

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif
