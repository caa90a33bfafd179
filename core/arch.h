/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must an architecture provide? (contract, no code)
 *
 * With vtl/vtl_arch.h this is the whole wall: a port implements these two files. tests/fake/ is
 * the third architecture, for the developer's own machine.
 */
#ifndef CORE_ARCH_H
#define CORE_ARCH_H

#include "core/err.h"
#include "core/types.h"

#include <arch_types.h>

struct payload_plan;
struct vp;
struct vtl0_facts;

/* ---- This processor ---------------------------------------------------------------------- */

/* The struct vp that arch_set_this_vp() or the start of the VP put there. Never NULL. */
struct vp *arch_this_vp(void);
void arch_set_this_vp(struct vp *vp);

/* The hardware's own number for the processor that asks. */
hw_id_t arch_this_hw_id(void);

/* One turn of a waiting loop; wakes at the latest when another VP calls arch_wake_all(). */
void arch_wait(void);
void arch_wake_all(void);

/* Leaves the stack it is on for vp's own and calls next there, which does not return. */
_Noreturn void arch_run_on_stack_of(struct vp *vp, void (*next)(void));

/* Stops this processor for good. */
_Noreturn void arch_halt(void);

/* A counter that never goes back, and its steps per second. */
uint64_t arch_counter(void);
uint64_t arch_counter_hz(void);

/* One word from the processor's random number instruction.
 * ERR_NOT_SUPPORTED: it has none. ERR_NO_ENTROPY: it has none right now. */
__must_check enum err arch_random(uint64_t *word);

/* The size of a page in our own tables; Hyper-V's are HV_HYP_PAGE_SIZE whatever this is. */
#define ARCH_PAGE_SIZE (UINT64_C(1) << ARCH_PAGE_SHIFT)

/* ---- Memory ------------------------------------------------------------------------------ */

/*
 * Makes our own page tables from pages of the page pool and switches to them: text r-x,
 * read-only data and the relocated tables r--, data rw-, the rest of our memory rw-, everything
 * else absent. Once, on the boot VP. A mapped byte is mapped with the whole ARCH_PAGE_SIZE around
 * it.
 * image: where we lie; memory: all that is ours.
 */
__must_check enum err arch_mmu_init(struct range image, struct range memory);

/* Maps a range of device registers, 4 KiB aligned, at its own address. Boot only.
 * ERR_NO_MEMORY: no page left for a table. ERR_STATE: something else is mapped there. */
__must_check enum err arch_map_device(struct range range);

/* Maps a range of RAM (VTL0's, or what is kept over a restart) at ARCH_VTL0_WINDOW above its own
 * address, never executable; ARCH_PAGE_SIZE aligned. Boot only. ERR_RANGE: it does not fit the
 * window. */
__must_check enum err arch_map_vtl0(struct range range);

/* Takes one page (ARCH_PAGE_SIZE) of our own memory out of the map: the guard below a stack. Boot
 * only. */
__must_check enum err arch_unmap_page(pa_t page);

/* What VTL0 will read with its MMU off must have left the caches. */
void arch_clean_to_memory(const void *start, uint64_t size);

/* ---- Devices ----------------------------------------------------------------------------- */

uint32_t arch_mmio_read32(uint64_t pa);
void arch_mmio_write32(uint64_t pa, uint32_t value);

/* Of an architecture with I/O ports. */
uint8_t arch_port_read8(uint16_t port);
void arch_port_write8(uint16_t port, uint8_t value);

/* ---- VTL0's payload ---------------------------------------------------------------------- */

/* What the architecture's boot protocol asks of a kernel image. */
struct arch_kernel {
	uint64_t memory_size; /* bytes to keep free from the load address, more than the file */
	uint64_t alignment;   /* of the load address, a power of two */
	uint64_t offset;      /* of the image from that aligned address */
	uint64_t entry;	      /* offset of the first instruction from the load address */
};

/* Is this a kernel image that the boot protocol knows? Reads at most size bytes of image.
 * ERR_INVALID: not such an image. ERR_NOT_SUPPORTED: one that asks for what we cannot give. */
__must_check enum err arch_kernel_check(const uint8_t *image, uint64_t size,
					struct arch_kernel *kernel);

/* Writes what a boot protocol without a tree hands over into its place of the plan; the kernel lies
 * in its own. Says on the log what does not fit. Only where CONFIG_VTL0_TREE is off. */
__must_check enum err arch_hand_over(const struct vtl0_facts *facts,
				     const struct payload_plan *plan, const char *bootargs);

#endif
