/* SPDX-License-Identifier: BSD-2-Clause */
/* What do the assembly and the C of the entry path share? */
#ifndef ARCH_ARM64_ENTRY_H
#define ARCH_ARM64_ENTRY_H

#include "paravane/params.h"

#define ENTRY_MAGIC PARAVANE_ENTRY_MAGIC

/* What a foreign loader must keep free behind the image; more than the image, its .bss included. */
#define IMAGE_MEMORY_SIZE 0x200000

#define BOOT_STACK_SIZE 16384

#ifndef __ASSEMBLER__

#include <stdint.h>

#include "core/arch.h"

struct vp;

/* Values that every further VP starts with; written once at boot. */
struct vp_start_registers {
	uint64_t sctlr;
	uint64_t mair;
	uint64_t tcr;
	uint64_t vbar;
	uint64_t ttbr0;
};
extern struct vp_start_registers vp_start_registers;

/* What the boot VP found in its registers, before there was a struct vp to keep it. */
extern uint64_t boot_found[FOUND_COUNT];

/* The linker script's marks. */
extern uint8_t _start[], __text_end[], __rodata_start[], __rodata_end[], __data_start[],
	__image_end[], vectors[], boot_stack_guard[];

/* entry.S */
void vp_entry(void);
void vp_entry_psci(void);
void mmu_switch(uint64_t mair, uint64_t tcr, uint64_t ttbr0, uint64_t sctlr);

/* mmu.c: does this processor have pages of ARCH_PAGE_SIZE? */
bool mmu_has_granule(void);

/* C that the assembly calls. */
_Noreturn void arch_entry(uint64_t param_offset, uint64_t magic, uint64_t image);
_Noreturn void arch_vp_entry(void);
_Noreturn void arch_foreign_entry(uint64_t tree);

#endif
#endif
