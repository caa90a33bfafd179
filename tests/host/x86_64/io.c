/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who answers an access to a port? VTL2 has two UARTs and the port that switches off. What VTL0
 * does at a port that VTL2 asked for goes there as a message. At all others nothing is: reads give
 * ones, writes go nowhere.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/inspect.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/intercept.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/uart.h"

#define POWER_PORT 0x404
#define POWER_SLEEP (1u << 13)
#define CMOS_INDEX 0x70
#define CMOS_DATA 0x71
#define CMOS_REGISTERS 128

static uint8_t cmos_index;

static bool is_uart(uint16_t port, uint32_t *which)
{
	*which = port >= COM2_PORT && port < COM2_PORT + 8 ? 1 : 0;
	return *which == 1 || (port >= COM1_PORT && port < COM1_PORT + 8);
}

/* The machine's own clock, to be read. */
static bool cmos(const struct message_port *access, uint32_t *value)
{
	if (access->size != 1 || (vm.opt.deny & OPTIONS_DENY_RTC) != 0 ||
	    (access->port != CMOS_INDEX && access->port != CMOS_DATA)) {
		return false;
	}
	if (access->port == CMOS_INDEX) {
		cmos_index = access->is_in ? cmos_index : (uint8_t)(*value % CMOS_REGISTERS);
		*value = access->is_in ? ~0u : *value;
	} else if (access->is_in) {
		out8(CMOS_INDEX, cmos_index);
		*value = in8(CMOS_DATA);
	}
	return true;
}

/* One access of the VTL that has the devices; false: nothing is there. */
static bool device(const struct message_port *access, uint32_t *value)
{
	uint32_t which;

	if (is_uart(access->port, &which) && access->size == 1) {
		count(COUNT_UART_PORT);
		if (access->is_in) {
			*value = vuart_read(which, access->port & 7);
		} else {
			vuart_write(which, access->port & 7, (uint8_t)*value);
		}
		return true;
	}
	if (cmos(access, value)) {
		return true;
	}
	if (access->port == POWER_PORT && access->size == 2 && !access->is_in) {
		if ((*value & POWER_SLEEP) != 0) {
			if (!inspect_end()) {
				arch_fatal("VTL2 at the end is not as it should be");
			}
			host_end_run("off", "by the power port");
		}
		return true;
	}
	return false;
}

static uint32_t mask_of(uint32_t size)
{
	return size == 4 ? 0xFFFFFFFF : (1u << (8 * size)) - 1;
}

static void give(struct cpu *cpu, uint32_t size, uint32_t value)
{
	if (size == 4) {
		cpu->gpr[GPR_RAX] = value;
	} else {
		cpu->gpr[GPR_RAX] &= ~(uint64_t)mask_of(size);
		cpu->gpr[GPR_RAX] |= value & mask_of(size);
	}
}

void io_handle(struct cpu *cpu)
{
	const struct svm_vmcb *vmcb = cpu_vmcb(cpu);
	uint64_t info = vmcb->control.exit_info1;
	struct message_port access = {
		.port = SVM_IO_PORT(info),
		.size = (uint8_t)SVM_IO_SIZE(info),
		.is_in = (info & SVM_IO_IN) != 0,
		.is_string = (info & SVM_IO_STRING) != 0,
		.is_rep = (info & SVM_IO_REP) != 0,
		.length = (uint32_t)(vmcb->control.exit_info2 - vmcb->save.rip),
	};
	uint32_t value = (uint32_t)cpu->gpr[GPR_RAX] & mask_of(access.size);

	count(COUNT_PORT);
	if (cpu->vp.active == 0 && cpu->vp.vtl2_started &&
	    intercept_port(access.port, !access.is_in)) {
		(void)message_port(cpu, &access);
		return;
	}
	if (access.is_string) {
		/* The host would have to read and write the guest's memory for it. */
		inject_gp(cpu);
		return;
	}
	if (cpu->vp.active != vm.opt.vtl || !device(&access, &value)) {
		value = ~0u;
	}
	if (access.is_in) {
		give(cpu, access.size, value);
	}
	inject_nothing(cpu, access.length);
}
