/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does this processor offer, and how do its basic operations look?
 */
#include "arch/x86_64/cpu.h"

#include "arch/x86_64/entry.h"
#include "arch/x86_64/sysreg.h"
#include "core/arch.h"
#include "core/main.h"
#include "core/vp.h"
#include "vtl/vp_start.h"

#include "hv/x64.h"

#define CPUID_TOPOLOGY 0xB
#define CPUID_STRUCTURED 7
#define CPUID_1_ECX_RDRAND (1U << 30)
#define CPUID_7_EBX_RDSEED (1U << 18)

/* Where nobody tells: bounds on waiting then are longer or shorter than they say. */
#define COUNTER_HZ_UNKNOWN UINT64_C(1000000000)

static uint64_t counter_hz = COUNTER_HZ_UNKNOWN;

struct vp *arch_this_vp(void)
{
	struct vp *vp;

	__asm__ volatile("mov %%gs:%c1, %0" : "=r"(vp) : "i"(offsetof(struct vp, arch.self)));
	return vp;
}

void arch_set_this_vp(struct vp *vp)
{
	vp->arch.self = vp;
	msr_write(MSR_GS_BASE, (uintptr_t)vp);
}

/* The x2APIC id, whatever mode the controller is in; 8 bits where a processor has no more. */
hw_id_t arch_this_hw_id(void)
{
	if (cpuid(0, 0).eax >= CPUID_TOPOLOGY && cpuid(CPUID_TOPOLOGY, 0).ebx != 0) {
		return (hw_id_t){ cpuid(CPUID_TOPOLOGY, 0).edx };
	}
	return (hw_id_t){ cpuid(1, 0).ebx >> 24 };
}

void arch_wait(void)
{
	arch_relax();
}

/* Whoever waits looks again by itself. */
void arch_wake_all(void)
{
}

_Noreturn void arch_halt(void)
{
	for (;;) {
		__asm__ volatile("cli\n\thlt" : : : "memory");
	}
}

uint64_t arch_counter(void)
{
	uint32_t low, high;

	__asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

uint64_t arch_counter_hz(void)
{
	return counter_hz;
}

void cpu_set_counter_hz(uint64_t hz)
{
	counter_hz = hz;
}

/* RDSEED is the source itself, RDRAND a generator behind it. */
enum err arch_random(uint64_t *word)
{
	uint64_t value;
	bool ok;

	if (cpuid(0, 0).eax >= CPUID_STRUCTURED &&
	    (cpuid(CPUID_STRUCTURED, 0).ebx & CPUID_7_EBX_RDSEED) != 0) {
		__asm__ volatile("rdseed %0" : "=r"(value), "=@ccc"(ok) : : "cc");
	} else if ((cpuid(1, 0).ecx & CPUID_1_ECX_RDRAND) != 0) {
		__asm__ volatile("rdrand %0" : "=r"(value), "=@ccc"(ok) : : "cc");
	} else {
		return ERR_NOT_SUPPORTED;
	}
	if (!ok) {
		return ERR_NO_ENTROPY;
	}
	*word = value;
	return OK;
}

uint8_t arch_port_read8(uint16_t port)
{
	return port_read8(port);
}

void arch_port_write8(uint16_t port, uint8_t value)
{
	port_write8(port, value);
}

/* Caches are coherent with everything that VTL0 can do. */
void arch_clean_to_memory(const void *start, uint64_t size)
{
	(void)start;
	(void)size;
}

/* Seeded before the first protected function runs that could be reached from outside. */
extern uintptr_t __stack_chk_guard;
uintptr_t __stack_chk_guard = 0x595e9fbd94fda766;

_Noreturn void arch_entry(uint64_t param_offset, uint64_t image)
{
	descriptors_init();
	main_boot(image, param_offset);
}

_Noreturn void arch_vp_entry(struct vp *vp)
{
	descriptors_fill_tss(vp);
	load_tables(&vp_start_registers.gdt, &vp_start_registers.idt);
	arch_set_this_vp(vp);
	msr_write(MSR_EFER, vp_start_registers.efer);
	msr_write(MSR_PAT, PAT_RESET);
	mmu_switch(vp_start_registers.cr3, vp_start_registers.cr0, vp_start_registers.cr4);
	vp_start_arrived(vp);
}

_Noreturn void arch_foreign_entry(void)
{
	main_foreign(0);
}
