/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the guest do? The counters and their print-out. Counting changes nothing else.
 */
#include "tests/host/common/count.h"

#include "tests/host/common/console.h"

#define CALLS_MAX 256

#define COUNT_NAME(id, name) name,
static const char *const names[COUNT_NUMBER] = { COUNTERS(COUNT_NAME) };
uint64_t count_values[COUNT_NUMBER];
static uint64_t calls[CALLS_MAX];
static uint64_t other_calls;

void count(enum counter which)
{
	count_values[which]++;
}

void count_call(uint32_t code)
{
	if (code < CALLS_MAX) {
		calls[code]++;
	} else {
		other_calls++;
	}
}

void count_print(void)
{
	uint32_t n;

	for (n = 0; n < COUNT_NUMBER; n++) {
		if (count_values[n] != 0) {
			console_host("count %s=%llu", names[n],
				     (unsigned long long)count_values[n]);
		}
	}
	for (n = 0; n < CALLS_MAX; n++) {
		if (calls[n] != 0) {
			console_host("count call-0x%04x=%llu", n, (unsigned long long)calls[n]);
		}
	}
	if (other_calls != 0) {
		console_host("count call-other=%llu", (unsigned long long)other_calls);
	}
}
