/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does assembly find the fields of struct cpu? cpu.c compares each with the structure.
 */
#ifndef TESTS_HOST_X86_64_OFFSETS_H
#define TESTS_HOST_X86_64_OFFSETS_H

#define CPU_GPR 0
#define CPU_VMCB 128
#define CPU_HOST_VMCB 136
#define CPU_SELF 144
#define CPU_STACK 152

#define CPU_STACK_SIZE 16384

#define TRAMPOLINE 0x8000

#define SELECTOR_CODE 8
#define SELECTOR_DATA 16

#endif
