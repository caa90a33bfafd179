/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does assembly find the fields of struct cpu? cpu.c compares each with the structure.
 */
#ifndef TESTS_HOST_ARM64_OFFSETS_H
#define TESTS_HOST_ARM64_OFFSETS_H

#define CPU_X 0
#define CPU_PC 248
#define CPU_PSTATE 256
#define CPU_STACK 264

#define CPU_STACK_SIZE 16384

#define EXIT_SYNC 0
#define EXIT_IRQ 1
#define EXIT_SERROR 2
#define EXIT_BAD 3

#endif
