/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order does the host boot, and how does a run end?
 */
#include <stdarg.h>
#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/load.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/restart.h"
#include "tests/host/common/rng.h"
#include "tests/host/x86_64/boot.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/npt.h"
#include "tests/host/x86_64/start_vp.h"
#include "tests/host/x86_64/timer.h"
#include "tests/host/x86_64/uart.h"

#define CAPABILITIES (CAP_INTERCEPT_PAGE | CAP_NOT_PRESENT | CAP_DENY_STARTUP)

struct vm vm;
static struct igvm_result image;
static bool ending;

void host_main(uint64_t boot_info);
void fatal_exception(const uint64_t *frame);

static void power_off(void)
{
	out16(MACHINE_POWER_PORT, MACHINE_POWER_OFF);
	halt_for_ever();
}

void host_end_run(const char *how, const char *text)
{
	console_flush();
	count_print();
	console_result(how, text);
	power_off();
	__builtin_unreachable();
}

void arch_fatal(const char *format, ...)
{
	char text[240];
	va_list args;

	va_start(args, format);
	(void)host_vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (ending) {
		power_off();
	}
	ending = true;
	host_end_run("fatal", text);
}

/* Below what the machine's BIOS keeps for itself at the end. */
void *arch_restart_page(void)
{
	return (void *)(MACHINE_HOST_END - 0x1000000);
}

void arch_restart(void)
{
	out8(MACHINE_RESET_PORT, MACHINE_RESET);
	halt_for_ever();
	__builtin_unreachable();
}

/* An exception of the host itself; the lock may be held by anybody. */
void fatal_exception(const uint64_t *frame)
{
	if (!ending) {
		console_host("host exception %llu: cr2 0x%llx stack 0x%llx 0x%llx 0x%llx 0x%llx",
			     (unsigned long long)frame[0], (unsigned long long)read_cr2(),
			     (unsigned long long)frame[1], (unsigned long long)frame[2],
			     (unsigned long long)frame[3], (unsigned long long)frame[4]);
	}
	arch_fatal("exception in the host");
}

void host_main(uint64_t boot_info)
{
	struct cpu *cpu = &cpus[0];
	char error[120];

	uart_init();
	if (!boot_options(boot_info, error, sizeof(error))) {
		arch_fatal("options: %s", error);
	}
	restart_begin();
	if (!fault_init(restart_count() == 0 ? vm.opt.fault : "", error, sizeof(error))) {
		arch_fatal("%s", error);
	}
	rng_seed(vm.opt.seed);
	if (vm.opt.poison_off) {
		rng_poison_off();
	}
	vm.has_vtl2 = vm.opt.vtl == 2;
	vm.capabilities = CAPABILITIES & ~vm.opt.caps_clear;
	boot_time();
	timer_init();
	npt_init();
	page_init();
	cpu_init_all();
	irq_init_machine();
	cpu_init_local(cpu);
	if (vm.opt.dialect[0] != '\0') {
		console_host("dialect %s%s", vm.opt.dialect, vm.opt.drawn);
	}
	restart_clear();
	load_image(&image);
	cpu_start_all();
	host_lock();
	start_boot_vp(cpu, &image);
	cpu_run(cpu);
}
