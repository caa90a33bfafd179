/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload read and write a system register?
 *
 * The name is the architecture's.
 */
#ifndef GUEST_LIB_ARM64_SYSREG_H
#define GUEST_LIB_ARM64_SYSREG_H

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

#endif
