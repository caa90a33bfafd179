/* SPDX-License-Identifier: BSD-2-Clause */
/* How is a PC switched off? (ACPI 6.5: PM1 control registers) */
#ifndef ARCH_X86_64_POWER_H
#define ARCH_X86_64_POWER_H

#define PM1_SCI_EN (1U << 0)
#define PM1_SLP_EN (1U << 13) /* enters the state of SLP_TYP, which is 0 for off here */

#endif
