/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did the loader tell us, after it was checked?
 *
 * dt/bootinfo.c fills this from the host's device tree; nobody else reads that tree. It is plain
 * data without pointers into the tree, so that the tree's pages can be wiped afterwards.
 */
#ifndef CORE_PLATFORM_H
#define CORE_PLATFORM_H

#include "core/types.h"

#define PLATFORM_MAX_CPUS 64
#define PLATFORM_MAX_MEM_RANGES 64
#define PLATFORM_MAX_UARTS 2
#define PLATFORM_MAX_APERTURES 2
#define PLATFORM_MAX_ENTROPY 256
#define PLATFORM_MAX_BOOTARGS 1024

/* Values of the property microsoft,igvm-type of a memory node. */
enum mem_type {
	MEM_NORMAL = 0,
	MEM_RESERVED = 1,
	MEM_PERSISTENT = 2,
	MEM_VTL2 = 3, /* VTL2_PROTECTABLE: given to us */
};

struct mem_range {
	struct range range; /* 4 KiB aligned, not empty, does not wrap */
	enum mem_type type;
	uint32_t numa_node;
};

struct platform_cpu {
	hw_id_t hw_id;	    /* the number the architecture itself uses */
	uint32_t numa_node; /* 0 where the tree does not tell */
};

struct platform_uart {
	bool present;
	uint64_t base;	/* of 4 KiB of device registers, or an I/O port */
	uint32_t intid; /* absolute GIC number, 32 to 1019; 0: none (polled) */
	uint32_t baud;
};

struct platform_gic {
	bool from_tree; /* false: the defaults of a host that has no /intc node */
	uint64_t gicd_base;
	uint64_t gicr_base; /* one region, stride 0x20000, one frame pair per enabled cpu */
};

/* One VMBus of the host's tree (microsoft,vtl 0 or 2). */
struct platform_vmbus {
	bool present;
	uint32_t connection_id;
	uint32_t intid; /* 0: the tree names no interrupt */
	uint32_t aperture_count;
	struct range aperture[PLATFORM_MAX_APERTURES];
};

struct platform {
	/* Evidence that the loader is a Hyper-V host, each looked at before any hypervisor call.
	 * A tree without any of these starts nothing. */
	bool model_is_hyperv;  /* root model = "microsoft,hyperv" */
	bool has_hypervisor;   /* /hypervisor, compatible "microsoft,hyperv" */
	bool has_openhcl;      /* /openhcl */
	bool has_vmbus_vtl2;   /* a VMBus with microsoft,vtl = 2 */
	bool psci_conduit_hvc; /* /psci with method "hvc" */
	bool psci_conduit_smc; /* /psci with method "smc" */

	hw_id_t boot_hw_id; /* boot_cpuid_phys of the blob's header */
	uint32_t cpu_count;
	struct platform_cpu cpu[PLATFORM_MAX_CPUS]; /* in tree order, enabled ones only */

	uint32_t mem_count;
	struct mem_range mem[PLATFORM_MAX_MEM_RANGES]; /* sorted by base, no overlap */

	uint32_t uart_count;
	struct platform_uart uart[PLATFORM_MAX_UARTS]; /* in tree order */

	struct platform_gic gic;
	struct platform_vmbus vmbus_vtl0;
	struct platform_vmbus vmbus_vtl2;

	/* /openhcl: does VTL2 choose its own memory (mode "vtl2"), or is it given the ranges of
	 * type MEM_VTL2 (mode "host", also where the node is missing)? */
	bool vtl2_chooses_memory;

	uint32_t entropy_size;
	uint8_t entropy[PLATFORM_MAX_ENTROPY]; /* wiped once the DRBG is seeded */

	char bootargs[PLATFORM_MAX_BOOTARGS]; /* NUL-terminated; longer ones are refused */
};

#endif
