/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Our own segments, and where exceptions and interrupts go.
 *
 * Written once, before our page tables make the two tables read-only. May assume: boot VP. Must
 * never: let a fault use the stack pointer that it found.
 */
#include <string.h>

#include "arch/x86_64/entry.h"
#include "arch/x86_64/sysreg.h"
#include "arch/x86_64/trap.h"
#include "core/vp.h"

/* Written by descriptors_init(), read-only from arch_mmu_init() on. */
#define ONCE __attribute__((section(".data.rel.ro.descriptors"), aligned(16)))

#define VECTORS 256
#define EXCEPTIONS 32
#define EXCEPTION_STRIDE 16

/* Present, 64-bit interrupt gate; the first stack of the task state. */
#define GATE_INTERRUPT 0x8E
#define GATE_FAULT_STACK 1

/* Flat, 4 GiB, accessed already: the processor writes to neither. */
#define DESCRIPTOR_CODE UINT64_C(0x00AF9B000000FFFF)
#define DESCRIPTOR_DATA UINT64_C(0x00CF93000000FFFF)
#define DESCRIPTOR_TSS UINT64_C(0x0000890000000000)

#define TSS_IST1 36
#define TSS_IOPB 102

struct gate {
	uint16_t offset_low;
	uint16_t selector;
	uint8_t stack;
	uint8_t type;
	uint16_t offset_middle;
	uint32_t offset_high;
	uint32_t reserved;
};
_Static_assert(sizeof(struct gate) == 16, "AMD64 APM 2: interrupt gate in long mode");

static struct gate idt[VECTORS] ONCE;
static uint64_t gdt[SELECTOR_TSS / 8 + 2] ONCE;

/* The boot VP's, because it may fault before it has a struct vp. */
static uint8_t boot_tss[ARCH_TSS_SIZE] __attribute__((aligned(8)));
static uint64_t boot_fault_stack[ARCH_FAULT_WORDS] __attribute__((aligned(16)));

static void set_gate(uint32_t vector, uintptr_t to, uint8_t stack)
{
	idt[vector] = (struct gate){
		.offset_low = (uint16_t)to,
		.selector = SELECTOR_CODE,
		.stack = stack,
		.type = GATE_INTERRUPT,
		.offset_middle = (uint16_t)(to >> 16),
		.offset_high = (uint32_t)(to >> 32),
	};
}

static void fill_tss(uint8_t tss[ARCH_TSS_SIZE], uint64_t fault_stack[ARCH_FAULT_WORDS])
{
	uint64_t top = (uintptr_t)fault_stack + ARCH_FAULT_WORDS * sizeof(*fault_stack);
	uint16_t no_ports = ARCH_TSS_SIZE;

	memset(tss, 0, ARCH_TSS_SIZE);
	memcpy(tss + TSS_IST1, &top, sizeof(top));
	memcpy(tss + TSS_IOPB, &no_ports, sizeof(no_ports));
}

void descriptors_fill_tss(struct vp *vp)
{
	fill_tss(vp->arch.tss, vp->arch.fault_stack);
}

void descriptors_init(void)
{
	uint64_t tss = (uintptr_t)boot_tss;
	uint32_t i;

	for (i = 0; i < EXCEPTIONS; i++) {
		set_gate(i, (uintptr_t)vectors + (uintptr_t)i * EXCEPTION_STRIDE, GATE_FAULT_STACK);
	}
	set_gate(ARCH_SINT_INTERRUPT, (uintptr_t)interrupt_sint, 0);
	set_gate(VECTOR_KICK, (uintptr_t)interrupt_kick, 0);
	set_gate(VECTOR_SPURIOUS, (uintptr_t)interrupt_spurious, 0);
	gdt[SELECTOR_CODE / 8] = DESCRIPTOR_CODE;
	gdt[SELECTOR_DATA / 8] = DESCRIPTOR_DATA;
	fill_tss(boot_tss, boot_fault_stack);
	gdt[SELECTOR_TSS / 8] = DESCRIPTOR_TSS | (ARCH_TSS_SIZE - 1) | (tss & 0xFFFFFF) << 16 |
				(tss >> 24 & 0xFF) << 56;
	gdt[SELECTOR_TSS / 8 + 1] = tss >> 32;
	vp_start_registers.gdt = (struct table_pointer){ sizeof(gdt) - 1, (uintptr_t)gdt };
	vp_start_registers.idt = (struct table_pointer){ sizeof(idt) - 1, (uintptr_t)idt };
	load_tables(&vp_start_registers.gdt, &vp_start_registers.idt);
	__asm__ volatile("ltr %w0" : : "r"(SELECTOR_TSS) : "memory");
}
