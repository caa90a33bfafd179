/* SPDX-License-Identifier: BSD-2-Clause */
/* How is a PC switched off and restarted? (ACPI 6.5: PM1 and sleep control; PCI reset control) */
#ifndef ARCH_X86_64_POWER_H
#define ARCH_X86_64_POWER_H

#define PM1_SCI_EN (1U << 0)
#define PM1_SLP_EN (1U << 13) /* enters the state of SLP_TYP, which is 0 for off here */

/* Bit 2 restarts; bit 1 makes it a hard one. */
#define RESET_CONTROL 0xCF9
#define RESET_CONTROL_HARD (1U << 1)
#define RESET_CONTROL_CPU (1U << 2)

#endif
