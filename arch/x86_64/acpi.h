/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which ACPI tables does VTL0 get?
 *
 * The least that a stock Linux takes for a whole machine (ACPI 6.5): no PIC, no PIT, nothing of a
 * PC but its local APICs, one serial port, and registers to sleep and to restart.
 */
#ifndef ARCH_X86_64_ACPI_H
#define ARCH_X86_64_ACPI_H

#include <stdint.h>

#include "core/err.h"
#include "core/vtl0_facts.h"

#define ACPI_SIZE 0x2000

/* Fills ACPI_SIZE zeroed bytes that VTL0 finds at gpa; the RSDP comes first. ERR_NO_MEMORY: more
 * than fits. */
enum err __must_check acpi_build(uint8_t *bytes, uint64_t gpa, const struct vtl0_facts *facts);

#endif
