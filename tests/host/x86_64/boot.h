/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the host learn from the machine when it boots?
 */
#ifndef TESTS_HOST_X86_64_BOOT_H
#define TESTS_HOST_X86_64_BOOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The options, from the command line in the Multiboot information; and a processor with SVM. */
bool boot_options(uint64_t info, char *error, size_t error_size);
/* How fast the TSC is. */
void boot_time(void);
uint64_t boot_tsc_hz(void);
/* Reference time is the upper half of the TSC times this. */
uint64_t boot_tsc_scale(void);

#endif
