/* SPDX-License-Identifier: BSD-2-Clause */
/* What do the assembly and the C of this architecture share? */
#ifndef ARCH_X86_64_ENTRY_H
#define ARCH_X86_64_ENTRY_H

#include "paravane/params.h"

#define ENTRY_MAGIC PARAVANE_ENTRY_MAGIC

#define BOOT_STACK_SIZE 16384

/* What the page holds until the hypervisor lays its own over it: INT1, which traps. */
#define HYPERCALL_PAGE_TRAP 0xF1
#define HYPERCALL_PAGE_SIZE 4096

#ifndef __ASSEMBLER__

#include <stdint.h>

#include "core/arch.h"

struct vp;

/* The operand of LGDT and LIDT. */
struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed));

/* Values that every further VP starts with; written once at boot. */
struct vp_start_registers {
	uint64_t cr0;
	uint64_t cr3;
	uint64_t cr4;
	uint64_t efer;
	struct table_pointer gdt;
	struct table_pointer idt;
};
extern struct vp_start_registers vp_start_registers;

/* What the boot VP found in its registers, before there was a struct vp to keep it. */
extern uint64_t boot_found[FOUND_COUNT];

/* The linker script's marks, and the guard below the image's own stack. */
extern uint8_t _start[], __text_end[], __rodata_start[], __rodata_end[], __data_start[],
	__image_end[], boot_stack_guard[];

/* hypercall.S */
extern uint8_t hypercall_page[HYPERCALL_PAGE_SIZE];
uint64_t hypercall_page_call(uint64_t control, uint64_t in, uint64_t out);

/* vp_entry.S */
void vp_entry(void);
void mmu_switch(uint64_t cr3, uint64_t cr0, uint64_t cr4);
void load_tables(const struct table_pointer *gdt, const struct table_pointer *idt);

/* vtl_switch.S: where in the hypercall page the VTL return is entered. */
extern uint64_t vtl_return_offset;

/* vectors.S: 16 bytes for each exception, then what answers an interrupt. */
extern uint8_t vectors[];
void interrupt_sint(void);
void interrupt_kick(void);
void interrupt_spurious(void);

/* descriptors.c: our own GDT, IDT and task state, before anything that may fault. */
void descriptors_init(void);
/* The task state segment in which a VP's exceptions find their stack. */
void descriptors_fill_tss(struct vp *vp);

/* C that the assembly calls. */
_Noreturn void arch_entry(uint64_t param_offset, uint64_t image);
_Noreturn void arch_vp_entry(struct vp *vp);
_Noreturn void arch_foreign_entry(void);

#endif
#endif
