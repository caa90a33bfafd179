/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does each part of the image lie? Linked at 0, run anywhere: static PIE. Three segments,
 * none of them writable and executable; the page tables of mmu.c follow the same marks.
 */
#include "arch/arm64/arch_types.h"

#define PAGE (1 << ARCH_PAGE_SHIFT)

OUTPUT_FORMAT("elf64-littleaarch64")
OUTPUT_ARCH(aarch64)
ENTRY(_start)

PHDRS
{
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
	dynamic PT_DYNAMIC FLAGS(4);
}

SECTIONS
{
	. = 0;
	.text : {
		KEEP(*(.head))
		*(.text.vectors)
		*(.text .text.*)
	} :text
	. = ALIGN(PAGE);
	__text_end = .;

	__rodata_start = .;
	.rodata : { *(.rodata .rodata.*) } :rodata
	.dynsym : { *(.dynsym) } :rodata
	.dynstr : { *(.dynstr) } :rodata
	.hash : { *(.hash) } :rodata
	.gnu.hash : { *(.gnu.hash) } :rodata
	.dynamic : { *(.dynamic) } :rodata :dynamic
	.rela.dyn : ALIGN(8) {
		__rela_start = .;
		*(.rela .rela.*)
		__rela_end = .;
	} :rodata
	/* Tables with addresses in them: written by the relocation, then read-only. */
	.data.rel.ro : ALIGN(16) { *(.data.rel.ro .data.rel.ro.*) } :rodata
	.got : { *(.got .got.plt) } :rodata
	. = ALIGN(PAGE);
	__rodata_end = .;

	__data_start = .;
	.data : { *(.data .data.*) } :data
	.bss : { *(.bss.boot_stack) *(.bss .bss.*) *(COMMON) } :data
	/* One byte behind the .bss makes the zeros part of the file: the loader imports and
	 * measures them like any other page. */
	.image_end : { BYTE(0) . = ALIGN(PAGE); } :data
	__image_end = .;

	/DISCARD/ : { *(.comment) *(.note .note.*) *(.interp) *(.eh_frame) *(.eh_frame_hdr) }
}
