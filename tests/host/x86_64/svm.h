/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a VMCB look like, and which numbers do its fields use? From AMD's manual, volume 2,
 * appendix B and C. svm.c makes them, one for each VTL of a VP.
 */
#ifndef TESTS_HOST_X86_64_SVM_H
#define TESTS_HOST_X86_64_SVM_H

#include <stdint.h>

struct svm_segment {
	uint16_t selector;
	uint16_t attributes;
	uint32_t limit;
	uint64_t base;
};

struct svm_control {
	uint32_t cr;
	uint32_t dr;
	uint32_t exceptions;
	uint32_t intercept[3];
	uint8_t reserved0[0x40 - 0x18];
	uint64_t iopm;
	uint64_t msrpm;
	uint64_t tsc_offset;
	uint32_t asid;
	uint32_t tlb_control;
	uint32_t int_control;
	uint32_t int_vector;
	uint64_t int_shadow;
	uint64_t exit_code;
	uint64_t exit_info1;
	uint64_t exit_info2;
	uint64_t exit_int_info;
	uint64_t nested_control;
	uint8_t reserved1[0xA8 - 0x98];
	uint64_t event_inject;
	uint64_t nested_cr3;
	uint8_t reserved2[0x400 - 0xB8];
};

struct svm_save {
	struct svm_segment segment[6]; /* ES CS SS DS FS GS: the interface's order, too */
	struct svm_segment gdtr;
	struct svm_segment ldtr;
	struct svm_segment idtr;
	struct svm_segment tr;
	uint8_t reserved0[0xCB - 0xA0];
	uint8_t cpl;
	uint32_t reserved1;
	uint64_t efer;
	uint8_t reserved2[0x148 - 0xD8];
	uint64_t cr4;
	uint64_t cr3;
	uint64_t cr0;
	uint64_t dr7;
	uint64_t dr6;
	uint64_t rflags;
	uint64_t rip;
	uint8_t reserved3[0x1D8 - 0x180];
	uint64_t rsp;
	uint8_t reserved4[0x1F8 - 0x1E0];
	uint64_t rax;
	uint64_t star;
	uint64_t lstar;
	uint64_t cstar;
	uint64_t sfmask;
	uint64_t kernel_gs_base;
	uint64_t sysenter_cs;
	uint64_t sysenter_esp;
	uint64_t sysenter_eip;
	uint64_t cr2;
	uint8_t reserved5[0x268 - 0x248];
	uint64_t pat;
	uint8_t reserved6[0xC00 - 0x270];
};

struct svm_vmcb {
	struct svm_control control;
	struct svm_save save;
} __attribute__((aligned(4096)));

#define SVM_ES 0
#define SVM_CS 1
#define SVM_SS 2
#define SVM_DS 3
#define SVM_FS 4
#define SVM_GS 5

#define SVM_EXIT_EXCEPTION 0x40
#define SVM_EXIT_INTR 0x60
#define SVM_EXIT_NMI 0x61
#define SVM_EXIT_VINTR 0x64
#define SVM_EXIT_CPUID 0x72
#define SVM_EXIT_INVD 0x76
#define SVM_EXIT_HLT 0x78
#define SVM_EXIT_INVLPGA 0x7A
#define SVM_EXIT_IOIO 0x7B
#define SVM_EXIT_MSR 0x7C
#define SVM_EXIT_SHUTDOWN 0x7F
#define SVM_EXIT_VMRUN 0x80
#define SVM_EXIT_VMMCALL 0x81
#define SVM_EXIT_VMLOAD 0x82
#define SVM_EXIT_VMSAVE 0x83
#define SVM_EXIT_STGI 0x84
#define SVM_EXIT_CLGI 0x85
#define SVM_EXIT_SKINIT 0x86
#define SVM_EXIT_MONITOR 0x8A
#define SVM_EXIT_MWAIT 0x8B
#define SVM_EXIT_NPF 0x400
#define SVM_EXIT_INVALID 0xFFFFFFFFu /* only the low half is reliable */

#define SVM_INT_V_TPR 0xFFu
#define SVM_INT_V_IRQ (1u << 8)
#define SVM_INT_V_IGN_TPR (1u << 20)
#define SVM_INT_V_MASKING (1u << 24)

#define SVM_EVENT_VALID (1ull << 31)
#define SVM_EVENT_ERROR (1ull << 11)
#define SVM_EVENT_INTR 0ull
#define SVM_EVENT_NMI (2ull << 8)
#define SVM_EVENT_EXCEPTION (3ull << 8)

#define SVM_NPF_PRESENT (1ull << 0)
#define SVM_NPF_WRITE (1ull << 1)
#define SVM_NPF_FETCH (1ull << 4)
#define SVM_NPF_TABLE_WALK (1ull << 33)

#define SVM_IO_IN (1ull << 0)
#define SVM_IO_STRING (1ull << 2)
#define SVM_IO_REP (1ull << 3)
#define SVM_IO_SIZE(info) ((uint32_t)((info) >> 4) & 7)
#define SVM_IO_PORT(info) ((uint16_t)((info) >> 16))

/* Attributes: the interface's 16-bit word without its four reserved bits, and back. */
static inline uint16_t svm_attributes(uint16_t word)
{
	return (uint16_t)((word & 0xFF) | (word >> 4 & 0xF00));
}

static inline uint16_t svm_attributes_word(uint16_t attributes)
{
	return (uint16_t)((attributes & 0xFF) | (attributes & 0xF00) << 4);
}

#endif
