/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which order does the host boot, and how does a run end?
 */
#include <stdarg.h>
#include <stddef.h>

#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/stage2.h"
#include "tests/host/arm64/start.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/uart.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/count.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/load.h"
#include "tests/host/common/restart.h"
#include "tests/host/common/rng.h"

#define QEMU_TREE_MAX (1u << 20)
#define PSCI_SYSTEM_OFF 0x84000008ull
#define PSCI_SYSTEM_RESET 0x84000009ull
#define CAPABILITIES (CAP_INTERCEPT_PAGE | CAP_NOT_PRESENT | CAP_SYSTEM_RESET | CAP_DENY_STARTUP)

struct vm vm;
static struct igvm_result image;
static bool ending;

void host_main(const void *qemu_tree);
void fatal_exception(uint64_t vector, uint64_t lr);

void host_end_run(const char *how, const char *text)
{
	console_flush();
	count_print();
	console_result(how, text);
	for (;;) {
		(void)machine_psci(PSCI_SYSTEM_OFF, 0, 0, 0);
	}
}

void arch_fatal(const char *format, ...)
{
	char text[200];
	va_list args;

	va_start(args, format);
	(void)host_vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (ending) {
		for (;;) {
			(void)machine_psci(PSCI_SYSTEM_OFF, 0, 0, 0);
		}
	}
	ending = true;
	host_end_run("fatal", text);
}

/* An exception of the host itself; the lock may be held by anybody. */
void fatal_exception(uint64_t vector, uint64_t lr)
{
	const struct cpu *cpu = cpu_self();
	uint32_t n;

	if (!ending) {
		console_host("host exception %llu: esr 0x%llx elr 0x%llx far 0x%llx lr 0x%llx",
			     (unsigned long long)vector, (unsigned long long)sysreg_read(esr_el2),
			     (unsigned long long)sysreg_read(elr_el2),
			     (unsigned long long)sysreg_read(far_el2), (unsigned long long)lr);
		for (n = 0; n < 30; n += 3) {
			console_host("guest x%u %016llx %016llx %016llx", n,
				     (unsigned long long)cpu->x[n],
				     (unsigned long long)cpu->x[n + 1],
				     (unsigned long long)cpu->x[n + 2]);
		}
	}
	arch_fatal("exception in the host");
}

void *arch_restart_page(void)
{
	return (void *)(MACHINE_VM_RAM - 4096);
}

void arch_restart(void)
{
	for (;;) {
		(void)machine_psci(PSCI_SYSTEM_RESET, 0, 0, 0);
	}
}

uint64_t arch_time(void)
{
	/* 62.5 MHz: 100 ns are 6.25 ticks. */
	return sysreg_read(cntvct_el0) * 4 / 25;
}

void host_main(const void *qemu_tree)
{
	struct cpu *cpu = &cpus[0];
	char error[120];

	if (!options_from_fdt(&vm.opt, qemu_tree, QEMU_TREE_MAX, error, sizeof(error))) {
		arch_fatal("options: %s", error);
	}
	restart_begin();
	if (!fault_init(restart_count() == 0 ? vm.opt.fault : "", error, sizeof(error))) {
		arch_fatal("%s", error);
	}
	mmu_build();
	mmu_enable();
	rng_seed(vm.opt.seed);
	if (vm.opt.poison_off) {
		rng_poison_off();
	}
	vm.has_vtl2 = vm.opt.vtl == 2;
	vm.capabilities = CAPABILITIES & ~vm.opt.caps_clear;
	stage2_init();
	vgic_init();
	cpu_init_all();
	irq_init_machine();
	cpu_init_el2(cpu);
	uart_init();
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
