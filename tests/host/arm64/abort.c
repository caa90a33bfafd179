/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who answers an access that stage 2 refuses?
 *
 * Each VTL's interrupt controller and VTL2's UARTs are the host's. What VTL0 does to memory that
 * VTL2 protects, and to addresses where nothing is, goes to VTL2 as a message when VTL2 asked for
 * it. VTL2 itself gets a synchronous external abort for an address where nothing is.
 */
#include "tests/host/arm64/stage2.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/trap.h"
#include "tests/host/arm64/uart.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"

/* One load or store, as the syndrome describes it. */
struct access {
	uint64_t gpa;
	uint64_t value;
	uint32_t size;
	uint32_t reg;
	bool is_write;
	bool sign_extend;
	bool wide;
};

static bool decode(const struct cpu *cpu, uint64_t esr, uint64_t gpa, struct access *access)
{
	if (ESR_EC(esr) != EC_DABT_LOWER || (esr & ESR_ISV) == 0 || (esr & ESR_S1PTW) != 0) {
		return false;
	}
	access->gpa = gpa;
	access->size = 1u << ((esr >> 22) & 3);
	access->sign_extend = ((esr >> 21) & 1) != 0;
	access->reg = (esr >> 16) & 31;
	access->wide = ((esr >> 15) & 1) != 0;
	access->is_write = (esr & ESR_WNR) != 0;
	access->value = 0;
	if (access->is_write && access->reg != 31) {
		access->value = cpu->x[access->reg];
		if (access->size < 8) {
			access->value &= (1ull << (8 * access->size)) - 1;
		}
	}
	return true;
}

static void finish(struct cpu *cpu, const struct access *access)
{
	uint64_t value = access->value;
	uint32_t bits = 8 * access->size;

	cpu->pc += 4;
	if (access->is_write || access->reg == 31) {
		return;
	}
	if (bits < 64) {
		value &= (1ull << bits) - 1;
		if (access->sign_extend && ((value >> (bits - 1)) & 1) != 0) {
			value |= ~((1ull << bits) - 1);
		}
	}
	cpu->x[access->reg] = access->wide ? value : (uint32_t)value;
}

static bool uart_access(struct access *access)
{
	uint32_t which = (access->gpa & ~0xFFFull) == COM1_BASE ? 0 : 1;
	uint32_t offset = (uint32_t)access->gpa & 0xFFF;

	if (access->size > 4 || (offset & 3) != 0) {
		return false;
	}
	count(COUNT_UART_MMIO);
	if (access->is_write) {
		vuart_write(which, offset, access->value);
	} else {
		access->value = vuart_read(which, offset);
	}
	return true;
}

static bool is_uart(uint64_t gpa)
{
	uint64_t page = gpa & ~0xFFFull;

	return page == COM1_BASE || page == COM2_BASE;
}

/* VTL2 has them; VTL0 does when there is no VTL2. */
static bool has_uarts(const struct cpu *cpu)
{
	return cpu->vp.active == vm.opt.vtl;
}

/* Devices that the host emulates for the loaded VTL; false: nothing is there. */
static bool device_access(struct cpu *cpu, struct access *access)
{
	uint32_t slot = vtl_slot(cpu->vp.active);

	if (vgic_owns(access->gpa)) {
		count(COUNT_GIC_MMIO);
		return vgic_mmio(cpu, slot, access->gpa, access->size, access->is_write,
				 &access->value);
	}
	if (has_uarts(cpu) && is_uart(access->gpa)) {
		return uart_access(access);
	}
	return false;
}

static void vtl0_unmapped(struct cpu *cpu, uint64_t gpa, uint64_t gva, uint64_t esr)
{
	struct access access;

	if (cpu->vp.vtl2_started && (vm.config & CONFIG_ICEPT_NOT_PRESENT) != 0) {
		(void)message_abort(cpu, MSG_UNMAPPED_GPA, gpa, gva, esr);
		return;
	}
	count(COUNT_HOST_MMIO);
	if (!decode(cpu, esr, gpa, &access)) {
		inject_abort(cpu, gva, ESR_EC(esr) == EC_IABT_LOWER);
		return;
	}
	access.value = ~0ull;
	finish(cpu, &access);
}

void abort_handle(struct cpu *cpu, uint64_t esr)
{
	uint64_t gva = sysreg_read(far_el2);
	uint64_t gpa = ((sysreg_read(hpfar_el2) & ~0xFull) << 8) | (gva & 0xFFF);
	struct access access;

	if (vgic_owns(gpa) || (has_uarts(cpu) && is_uart(gpa))) {
		if (decode(cpu, esr, gpa, &access) && device_access(cpu, &access)) {
			finish(cpu, &access);
		} else {
			inject_abort(cpu, gva, ESR_EC(esr) == EC_IABT_LOWER);
		}
		return;
	}
	if (cpu->vp.active != 0) {
		inject_abort(cpu, gva, ESR_EC(esr) == EC_IABT_LOWER);
		return;
	}
	if (stage2_ram_pa(gpa) == 0) {
		vtl0_unmapped(cpu, gpa, gva, esr);
		return;
	}
	/* RAM: either VTL2 protects the page, or it did until another VP just changed that. */
	if (cpu->vp.vtl2_started) {
		(void)message_abort(cpu, MSG_GPA_INTERCEPT, gpa, gva, esr);
	} else {
		inject_abort(cpu, gva, ESR_EC(esr) == EC_IABT_LOWER);
	}
}
