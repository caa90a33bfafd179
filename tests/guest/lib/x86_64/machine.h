/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which ACPI tables were handed over?
 */
#ifndef GUEST_LIB_X86_64_MACHINE_H
#define GUEST_LIB_X86_64_MACHINE_H

#include <stdint.h>

/* By its four letters; NULL: not there. */
const uint8_t *machine_table(const char *signature);
uint64_t machine_table_size(const uint8_t *table);
const uint8_t *machine_dsdt(void);

#endif
