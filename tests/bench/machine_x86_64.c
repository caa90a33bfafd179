/* SPDX-License-Identifier: BSD-2-Clause */
/* What is counted on x86_64 only: the 16550's ports and CPUID. */
#include "hv/x64.h"
#include "paravane/services.h"
#include "tests/bench/payload.h"
#include "tests/guest/lib/x86_64/x64.h"

#define COM1 0x3F8
#define LINE_STATUS 5

void counted_out(uint16_t port, uint8_t value);
uint8_t counted_in(uint16_t port);
void counted_cpuid(uint32_t leaf);

uint64_t door_target(enum door door)
{
	if (door == DOOR_PAGE) {
		return PARAVANE_DOOR_MSR;
	}
	return door == DOOR_VTL_CALL ? vtl_call_entry() : hypercall_page();
}

void count_devices(void)
{
	path("uart-write", NULL);
	for (unsigned int i = 0; i < REPEATS; i++) {
		counted_out(COM1, i + 1 < REPEATS ? '.' : '\n');
	}
	path("uart-read", NULL);
	for (unsigned int i = 0; i < REPEATS; i++) {
		counted_in(COM1 + LINE_STATUS);
	}
	path("cpuid", NULL);
	for (unsigned int i = 0; i < REPEATS; i++) {
		counted_cpuid(HYPERV_CPUID_FEATURES);
	}
}
