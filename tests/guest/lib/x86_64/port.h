/* SPDX-License-Identifier: BSD-2-Clause */
/* How does a payload reach ports, MSRs and CPUID? The inline assembly of these payloads. */
#ifndef GUEST_LIB_X86_64_PORT_H
#define GUEST_LIB_X86_64_PORT_H

#include <stdint.h>

static inline uint8_t port_read8(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline void port_write8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void port_write16(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline uint64_t msr_read(uint32_t number)
{
	uint32_t low, high;

	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number) : "memory");
	return (uint64_t)high << 32 | low;
}

static inline void msr_write(uint32_t number, uint64_t value)
{
	__asm__ volatile("wrmsr"
			 :
			 : "c"(number), "a"((uint32_t)(value & 0xFFFFFFFF)),
			   "d"((uint32_t)(value >> 32))
			 : "memory");
}

static inline void cpuid(uint32_t leaf, uint32_t r[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(r[0]), "=b"(r[1]), "=c"(r[2]), "=d"(r[3])
			 : "a"(leaf), "c"(0));
}

static inline void load_idt(const void *pointer)
{
	__asm__ volatile("lidt (%0)" : : "r"(pointer) : "memory");
}

static inline uint64_t tsc_read(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

#define CONTROL_READ(name)                                                                         \
	static inline uint64_t name##_read(void)                                                   \
	{                                                                                          \
		uint64_t value;                                                                    \
                                                                                                   \
		__asm__ volatile("mov %%" #name ", %0" : "=r"(value) : : "memory");                \
		return value;                                                                      \
	}
CONTROL_READ(cr0)
CONTROL_READ(cr2)
CONTROL_READ(cr3)
CONTROL_READ(cr4)
CONTROL_READ(cr8)
CONTROL_READ(dr7)

static inline void cr3_write(uint64_t value)
{
	__asm__ volatile("mov %0, %%cr3" : : "r"(value) : "memory");
}

/* struct local (x64.h) begins with its own address. */
static inline void *gs_pointer(void)
{
	void *value;

	__asm__ volatile("mov %%gs:0, %0" : "=r"(value));
	return value;
}

/* Interrupts that are pending come here, and those that were masked stay so. */
static inline void interrupts_window(void)
{
	__asm__ volatile("sti\n\tnop\n\tnop\n\tcli" : : : "memory");
}

static inline void interrupts_wait(void)
{
	__asm__ volatile("sti\n\thlt\n\tcli" : : : "memory");
}

static inline uint64_t interrupts_flag(void)
{
	uint64_t flags;

	__asm__ volatile("pushfq\n\tpop %0" : "=r"(flags) : : "memory");
	return flags & 0x200;
}

/* A fault that has nowhere to go. */
__attribute__((noreturn)) static inline void triple_fault(void)
{
	static const uint8_t none[10];

	for (;;) {
		load_idt(none);
		__asm__ volatile("ud2");
	}
}

static inline void halt(void)
{
	__asm__ volatile("cli\n\thlt" : : : "memory");
}

#endif
