/* SPDX-License-Identifier: BSD-2-Clause */
/* What does the fake processor do, and what was it asked for? (core/arch.h) */
#include "tests/fake/cpu.h"

#include "tests/fake/memory.h"
#include "tests/fake/stop.h"

struct fake_cpu fake_cpu;

void fake_cpu_reset(void)
{
	fake_cpu = (struct fake_cpu){
		.hw_id = { 0x100 },
		.counter_step = 1,
		.counter_hz = 100,
		.random_err = ERR_NOT_SUPPORTED,
	};
}

struct vp *arch_this_vp(void)
{
	return fake_cpu.this_vp;
}

void arch_set_this_vp(struct vp *vp)
{
	fake_cpu.this_vp = vp;
}

hw_id_t arch_this_hw_id(void)
{
	return fake_cpu.hw_id;
}

void arch_wait(void)
{
	fake_cpu.waits++;
	if (fake_cpu.on_wait != NULL) {
		fake_cpu.on_wait();
	}
}

void arch_wake_all(void)
{
	fake_cpu.wakes++;
}

_Noreturn void arch_run_on_stack_of(struct vp *vp, void (*next)(void))
{
	fake_cpu.stack_of = vp;
	fake_cpu.next = next;
	fake_stop_plain(STOP_STACK);
}

_Noreturn void arch_halt(void)
{
	fake_stop_plain(STOP_HALT);
}

uint64_t arch_counter(void)
{
	fake_cpu.counter += fake_cpu.counter_step;
	return fake_cpu.counter;
}

uint64_t arch_counter_hz(void)
{
	return fake_cpu.counter_hz;
}

uint64_t fake_cpu_random_word(uint32_t n)
{
	return UINT64_C(0x9E3779B97F4A7C15) * (n + 1);
}

enum err arch_random(uint64_t *word)
{
	uint32_t n = fake_cpu.random_calls++;

	if (n >= fake_cpu.random_words) {
		return fake_cpu.random_err;
	}
	*word = fake_cpu_random_word(n);
	return OK;
}

enum err arch_mmu_init(struct range image, struct range memory)
{
	(void)image;
	(void)memory;
	return OK;
}

static enum err record_map(struct range range, bool is_device)
{
	if (fake_cpu.map_count < FAKE_CPU_RECORDS) {
		fake_cpu.map[fake_cpu.map_count] = range;
		fake_cpu.map_is_device[fake_cpu.map_count] = is_device;
	}
	fake_cpu.map_count++;
	return fake_cpu.map_err;
}

enum err arch_map_device(struct range range)
{
	return record_map(range, true);
}

enum err arch_map_vtl0(struct range range)
{
	return record_map(range, false);
}

enum err arch_unmap_page(pa_t page)
{
	fake_memory_take(page.v);
	return OK;
}

void arch_clean_to_memory(const void *start, uint64_t size)
{
	if (fake_cpu.clean_count < FAKE_CPU_RECORDS) {
		fake_cpu.clean[fake_cpu.clean_count] = (struct range){ (uintptr_t)start, size };
	}
	fake_cpu.clean_count++;
}
