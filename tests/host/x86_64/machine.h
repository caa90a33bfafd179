/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does C reach ports, control registers and the local APIC? The only file of this host with
 * privileged inline assembly, and the values that QEMU's machine (q35) fixes.
 */
#ifndef TESTS_HOST_X86_64_MACHINE_H
#define TESTS_HOST_X86_64_MACHINE_H

#include <stdint.h>

/* The host's own memory ends here; QEMU is told to put all other RAM at 4 GiB. */
#define MACHINE_HOST_END 0x40000000ull
#define MACHINE_VM_RAM 0x100000000ull
#define MACHINE_LAPIC 0xFEE00000ull
#define MACHINE_IOAPIC 0xFEC00000ull
#define MACHINE_UART 0x3F8
#define MACHINE_UART_GSI 4
/* ICH9's PM1a_CNT as QEMU's BIOS places it: sleep enable with type 0 switches off. */
#define MACHINE_POWER_PORT 0x604
#define MACHINE_POWER_OFF 0x2000
/* ICH9's reset control: a full reset. */
#define MACHINE_RESET_PORT 0xCF9
#define MACHINE_RESET 0x06
#define MACHINE_LAPIC_HZ 1000000000ull

#define VECTOR_KICK 0xF0
#define VECTOR_TIMER 0xF1
#define VECTOR_UART 0xF2
#define VECTOR_SPURIOUS 0xFF

#define MSR_EFER 0xC0000080u
#define MSR_GS_BASE 0xC0000101u
#define MSR_TSC_AUX 0xC0000103u
#define MSR_VM_HSAVE_PA 0xC0010117u

#define EFER_SCE (1ull << 0)
#define EFER_LME (1ull << 8)
#define EFER_LMA (1ull << 10)
#define EFER_NXE (1ull << 11)
#define EFER_SVME (1ull << 12)
#define EFER_LMSLE (1ull << 13)
#define EFER_FFXSR (1ull << 14)

#define CR0_PE (1ull << 0)
#define CR0_WP (1ull << 16)
#define CR0_AM (1ull << 18)
#define CR0_PG (1ull << 31)
#define CR4_PAE (1ull << 5)
#define CR4_OSXSAVE (1ull << 18)
#define CR4_PKE (1ull << 22)

#define RFLAGS_FIXED 2ull
#define RFLAGS_TF (1ull << 8)
#define RFLAGS_IF (1ull << 9)
#define RFLAGS_VM (1ull << 17)
#define RFLAGS_KNOWN 0x3F7FD7ull

static inline void out8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void out16(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline uint8_t in8(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline uint64_t rdmsr(uint32_t index)
{
	uint32_t low;
	uint32_t high;

	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(index) : "memory");
	return (uint64_t)high << 32 | low;
}

static inline void wrmsr(uint32_t index, uint64_t value)
{
	__asm__ volatile("wrmsr"
			 :
			 : "c"(index), "a"((uint32_t)value), "d"((uint32_t)(value >> 32))
			 : "memory");
}

static inline uint64_t rdtsc(void)
{
	uint32_t low;
	uint32_t high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

static inline uint64_t read_cr2(void)
{
	uint64_t value;

	__asm__ volatile("movq %%cr2, %0" : "=r"(value));
	return value;
}

static inline void cpuid(uint32_t leaf, uint32_t subleaf, uint32_t out[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3])
			 : "a"(leaf), "c"(subleaf));
}

static inline void load_idt(const void *pointer)
{
	__asm__ volatile("lidt (%0)" : : "r"(pointer) : "memory");
}

static inline void vmsave(uint64_t pa)
{
	__asm__ volatile("vmsave %%rax" : : "a"(pa) : "memory");
}

static inline void cpu_pause(void)
{
	__asm__ volatile("pause" : : : "memory");
}

/* Interrupts are off in the host but here; those that wait are taken by their handlers. */
static inline void take_interrupts(void)
{
	__asm__ volatile("sti\n\tnop\n\tnop\n\tcli" : : : "memory");
}

/* The same, but sleeps first when none waits. */
static inline void wait_interrupt(void)
{
	__asm__ volatile("sti\n\thlt\n\tcli" : : : "memory");
}

static inline void halt_for_ever(void)
{
	for (;;) {
		__asm__ volatile("cli\n\thlt" : : : "memory");
	}
}

/* The host is compiled without SSE: these move guest values that lie in the registers. */
#define xmm_save(number, to)                                                                       \
	__asm__ volatile("movups %%xmm" #number ", (%0)" : : "r"(to) : "memory")
#define xmm_load(number, from)                                                                     \
	__asm__ volatile("movups (%0), %%xmm" #number : : "r"(from) : "memory")

static inline uint32_t mmio_read32(uint64_t address)
{
	return *(volatile uint32_t *)address;
}

static inline void mmio_write32(uint64_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

#endif
