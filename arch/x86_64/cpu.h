/* SPDX-License-Identifier: BSD-2-Clause */
/* What does this processor offer? The part that only this architecture's files ask for. */
#ifndef ARCH_X86_64_CPU_H
#define ARCH_X86_64_CPU_H

#include <stdint.h>

/* Steps of arch_counter() per second, once somebody who knows was asked. Boot VP. */
void cpu_set_counter_hz(uint64_t hz);

#endif
