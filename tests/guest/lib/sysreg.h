/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload read and write a system register?
 *
 * The only inline assembly of the payloads; the name is the architecture's.
 */
#ifndef GUEST_LIB_SYSREG_H
#define GUEST_LIB_SYSREG_H

#include <stdint.h>

#define sysreg_read(name)                                                                          \
	({                                                                                         \
		uint64_t value_;                                                                   \
		__asm__ volatile("mrs %0, " #name : "=r"(value_) : : "memory");                    \
		value_;                                                                            \
	})

#define sysreg_write(name, value)                                                                  \
	do {                                                                                       \
		uint64_t value_ = (value);                                                         \
		__asm__ volatile("msr " #name ", %0\n\tisb" : : "r"(value_) : "memory");           \
	} while (0)

static inline void wait_for_event(void)
{
	__asm__ volatile("wfe" : : : "memory");
}

/* What was written before is seen by all before what follows, and waiting processors look. */
static inline void publish(void)
{
	__asm__ volatile("dsb sy\n\tsev" : : : "memory");
}

#endif
