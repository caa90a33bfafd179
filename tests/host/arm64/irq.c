/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which physical interrupts are there, and who gets them?
 *
 * All are the host's; no guest reaches QEMU's interrupt controller. Four are in use: a software
 * interrupt that makes another processor look at its state, the maintenance interrupt of the list
 * registers, the virtual timer (of the VTL that is loaded), and the UART's receive interrupt.
 * The processor interface runs in split mode: EOIR drops the priority, DIR deactivates.
 */
#include "tests/host/arm64/cpu.h"
#include "tests/host/arm64/sysreg.h"
#include "tests/host/arm64/uart.h"
#include "tests/host/arm64/vgic.h"
#include "tests/host/common/count.h"

#define GICD_CTLR 0x0000
#define GICD_IGROUPR 0x0080
#define GICD_ISENABLER 0x0100
#define GICD_IPRIORITYR 0x0400
#define GICD_IROUTER 0x6000
#define GICR_FRAME 0x20000
#define GICR_WAKER 0x0014
#define GICR_SGI 0x10000
#define GICR_IGROUPR0 (GICR_SGI + 0x0080)
#define GICR_ISENABLER0 (GICR_SGI + 0x0100)
#define GICR_ISACTIVER0 (GICR_SGI + 0x0300)
#define GICR_ICACTIVER0 (GICR_SGI + 0x0380)
#define SGI_KICK 0

void irq_init_machine(void)
{
	uint64_t gicd = MACHINE_GICD;
	uint32_t word = MACHINE_UART_INTID / 32;
	uint32_t bit = 1u << (MACHINE_UART_INTID % 32);

	mmio_write32(gicd + GICD_CTLR, 1u << 4); /* affinity routing before all else */
	mmio_write32(gicd + GICD_IGROUPR + 4 * word, bit);
	*(volatile uint8_t *)(gicd + GICD_IPRIORITYR + MACHINE_UART_INTID) = 0x80;
	*(volatile uint64_t *)(gicd + GICD_IROUTER + 8 * MACHINE_UART_INTID) = 0;
	mmio_write32(gicd + GICD_ISENABLER + 4 * word, bit);
	mmio_write32(gicd + GICD_CTLR, (1u << 4) | 3);
}

void irq_init_cpu(struct cpu *cpu)
{
	uint64_t gicr = MACHINE_GICR + (uint64_t)cpu->number * GICR_FRAME;
	uint32_t mine = (1u << SGI_KICK) | (1u << PPI_MAINTENANCE) | (1u << PPI_VIRTUAL_TIMER);

	mmio_write32(gicr + GICR_WAKER, 0);
	while ((mmio_read32(gicr + GICR_WAKER) & 4) != 0) {
	}
	mmio_write32(gicr + GICR_IGROUPR0, 0xFFFFFFFF);
	mmio_write32(gicr + GICR_ISENABLER0, mine);
	sysreg_write(icc_sre_el2, 0xF);
	isb();
	sysreg_write(icc_sre_el1, 7);
	isb();
	sysreg_write(icc_pmr_el1, 0xF0);
	sysreg_write(icc_ctlr_el1, 2);
	sysreg_write(icc_igrpen1_el1, 1);
	vgic_init_hardware();
	isb();
}

void irq_send_kick(struct cpu *cpu)
{
	uint64_t affinity = cpu_machine_affinity(cpu);

	dsb();
	sysreg_write(icc_sgi1r_el1, ((affinity & 0xFF00) << 8) | ((uint64_t)SGI_KICK << 24) |
					    (1ull << (affinity & 0xF)));
	isb();
}

void irq_timer_set_active(struct cpu *cpu, bool active)
{
	uint64_t gicr = MACHINE_GICR + (uint64_t)cpu->number * GICR_FRAME;

	mmio_write32(gicr + (active ? GICR_ISACTIVER0 : GICR_ICACTIVER0), 1u << PPI_VIRTUAL_TIMER);
	(void)mmio_read32(gicr + GICR_ISACTIVER0);
}

void irq_handle(struct cpu *cpu)
{
	for (;;) {
		uint32_t intid = (uint32_t)sysreg_read(icc_iar1_el1);

		dsb();
		if (intid >= 1020) {
			return;
		}
		sysreg_write(icc_eoir1_el1, intid);
		isb();
		if (intid == PPI_VIRTUAL_TIMER) {
			/* Stays active until the guest ends it: the list register does that. */
			count(COUNT_TIMER);
			vgic_timer_fired(cpu);
			continue;
		}
		if (intid == MACHINE_UART_INTID) {
			uart_receive();
		}
		if (intid == PPI_MAINTENANCE) {
			vgic_sync(cpu);
		}
		sysreg_write(icc_dir_el1, intid);
		isb();
	}
}
