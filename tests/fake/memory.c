/* SPDX-License-Identifier: BSD-2-Clause */
/* What does the fake machine's memory look like? */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/fake/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define TAKEN_MAX 128

static struct {
	bool mapped;
	uint32_t taken_count;
	uint64_t taken[TAKEN_MAX];
} memory;

static void map(uint64_t from, uint64_t to)
{
	int where = memory.mapped ? MAP_FIXED : MAP_FIXED_NOREPLACE;
	void *at = mmap(fake_at(from), to - from, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | where, -1, 0);

	if (at != fake_at(from)) {
		perror("fake memory");
		abort();
	}
}

void fake_memory_reset(void)
{
	map(FAKE_LOW, FAKE_VTL2);
	map(FAKE_VTL2, FAKE_HIGH);
	map(FAKE_HIGH, FAKE_RESERVED);
	memory.mapped = true;
	memory.taken_count = 0;
}

void fake_memory_take(uint64_t page)
{
	if (memory.taken_count == TAKEN_MAX ||
	    mprotect(fake_at(page), HV_HYP_PAGE_SIZE, PROT_NONE) != 0) {
		perror("fake memory: page");
		abort();
	}
	memory.taken[memory.taken_count++] = page;
}

bool fake_memory_is_taken(uint64_t page)
{
	uint32_t i;

	for (i = 0; i < memory.taken_count; i++) {
		if (memory.taken[i] == page) {
			return true;
		}
	}
	return false;
}

static void add(struct platform *p, uint64_t from, uint64_t to, enum mem_type type, uint32_t node)
{
	p->mem[p->mem_count++] = (struct mem_range){
		.range = { from, to - from },
		.type = type,
		.numa_node = node,
	};
}

void fake_platform(struct platform *platform, uint32_t cpu_count)
{
	uint32_t i;

	memset(platform, 0, sizeof(*platform));
	add(platform, FAKE_LOW, FAKE_SEAM, MEM_NORMAL, 0);
	add(platform, FAKE_SEAM, FAKE_VTL2, MEM_NORMAL, 1);
	add(platform, FAKE_VTL2, FAKE_HIGH, MEM_VTL2, 0);
	add(platform, FAKE_HIGH, FAKE_RESERVED, MEM_NORMAL, 0);
	add(platform, FAKE_RESERVED, FAKE_END, MEM_RESERVED, 0);
	platform->cpu_count = cpu_count;
	for (i = 0; i < cpu_count; i++) {
		platform->cpu[i].hw_id.v = 0x100 + i;
	}
	platform->boot_hw_id.v = 0x100;
	platform->uart_count = 2;
	platform->uart[0] = (struct platform_uart){ true, FAKE_UART0, 33, 115200 };
	platform->uart[1] = (struct platform_uart){ true, FAKE_UART1, 34, 115200 };
	platform->model_is_hyperv = true;
}

void fake_vtl2_fill(uint8_t byte)
{
	memset(fake_at(FAKE_VTL2), byte, FAKE_VTL2_SIZE);
}

bool fake_vtl2_is(uint8_t byte)
{
	const uint8_t *p = fake_at(FAKE_VTL2);

	return p[0] == byte && memcmp(p, p + 1, FAKE_VTL2_SIZE - 1) == 0;
}
