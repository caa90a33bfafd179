/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do VPs keep out of each other's way?
 *
 * Lock order, outermost first: dev_uart, log; dev_cmos is alone. A lock is never held over a VTL
 * return, and no handler of a common request takes one.
 */
#ifndef CORE_LOCK_H
#define CORE_LOCK_H

#include <stdbool.h>

#include "core/arch.h"

struct lock {
	bool held;
};

static inline void lock_take(struct lock *lock)
{
	while (__atomic_test_and_set(&lock->held, __ATOMIC_ACQUIRE)) {
		/* The holder is in VTL2 and cannot be preempted by VTL0: it lets go soon. */
		arch_relax();
	}
}

static inline void lock_release(struct lock *lock)
{
	__atomic_clear(&lock->held, __ATOMIC_RELEASE);
}

#endif
