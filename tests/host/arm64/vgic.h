/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does each VTL see its interrupt controller? A GICv3 without LPIs: distributor and
 * redistributors are emulated (vgic_mmio.c), the processor interface is the hardware's virtual one
 * and gets its interrupts through list registers (vgic.c). Slot 0 is VTL0, slot 1 is VTL2.
 */
#ifndef TESTS_HOST_ARM64_VGIC_H
#define TESTS_HOST_ARM64_VGIC_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/arm64/cpu.h"

#define VGIC_GICD 0xFFFF0000ull
#define VGIC_GICD_SIZE 0x10000ull
#define VGIC_GICR 0xEFFEE000ull
#define VGIC_GICR_SIZE 0x20000ull
#define VGIC_SPIS 96
#define VGIC_INTIDS (PRIVATE_INTIDS + VGIC_SPIS)
#define VGIC_TIMER_INTID 20

struct vgic_dist {
	uint32_t ctlr; /* the two group enables */
	struct vgic_irq spi[VGIC_SPIS];
	uint64_t route[VGIC_SPIS];
};

extern struct vgic_dist vgic_dist[VTL_SLOTS];

void vgic_init(void);
void vgic_init_cpu(struct cpu *cpu);
void vgic_init_hardware(void);

/* NULL: no such interrupt. */
struct vgic_irq *vgic_irq(struct cpu *cpu, uint32_t slot, uint32_t intid);

/* Something about this VTL's interrupts changed: recompute, and wake who must know. */
void vgic_changed(struct cpu *cpu, uint32_t slot);
void vgic_changed_all(uint32_t slot);

/* The wires. */
void vgic_set_line(struct cpu *cpu, uint32_t slot, uint32_t intid, bool level);
void vgic_set_spi(uint32_t slot, uint32_t intid, bool level);
void vgic_timer_fired(struct cpu *cpu);
void vgic_send_sgi(struct cpu *cpu, uint32_t slot, uint64_t value);

/* List registers: to software; from software; to software because the VTL is left. */
void vgic_sync(struct cpu *cpu);
void vgic_load(struct cpu *cpu, uint32_t slot);
void vgic_unload(struct cpu *cpu, uint32_t slot);

/* Is there an interrupt that this VTL, not loaded now, would take if its PSTATE allowed it? */
bool vgic_wants(struct cpu *cpu, uint32_t slot);

/* vgic_mmio.c; false: no such access (the caller injects an abort). */
bool vgic_mmio(struct cpu *cpu, uint32_t slot, uint64_t gpa, uint32_t size, bool is_write,
	       uint64_t *value);
bool vgic_owns(uint64_t gpa);

#endif
