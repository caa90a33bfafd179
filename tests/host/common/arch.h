/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must an architecture provide to the interface's own code? Contract, no code.
 */
#ifndef TESTS_HOST_COMMON_ARCH_H
#define TESTS_HOST_COMMON_ARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/tree.h"
#include "tests/host/common/vm.h"

/* One byte to the real UART. */
void arch_uart_put(uint8_t byte);

/* Host pointer to the VM's RAM; NULL unless all of it is RAM. */
void *arch_ram(uint64_t gpa, uint64_t size);

/* Says how this run ended, for the one who reads it, and switches the machine off. */
_Noreturn void host_end_run(const char *how, const char *text);

/* A page of the host's own memory that nothing clears when the machine restarts, and that. */
void *arch_restart_page(void);
_Noreturn void arch_restart(void);

/* What this VTL may do with the page, as map flags; 0 when nothing or not RAM. */
uint32_t arch_access(uint32_t vtl, uint64_t gpn);

/* Sets what VTL0 may do with a page of RAM; HV status. Takes effect at arch_protect_done. */
uint16_t arch_protect(uint64_t gpn, uint32_t flags);
void arch_protect_done(void);

/* How many pages of VTL2's own memory can VTL0 reach? */
uint32_t arch_open_pages(void);

/* Registers of the architecture; HV status. `value` is 128 bits, low half first. */
uint16_t arch_reg_get(struct vp *vp, uint32_t vtl, uint32_t name, uint64_t value[2]);
uint16_t arch_reg_set(struct vp *vp, uint32_t vtl, uint32_t name, const uint64_t value[2]);

/* Makes the processor that runs this VP look at its state again. */
void arch_kick(struct vp *vp);

/* An edge on this interrupt of one VP at one VTL. */
void arch_raise(struct vp *vp, uint32_t vtl, uint32_t intid);

/* What HvCallAssertVirtualInterrupt asks for, but for its VTL not yet checked. */
struct arch_interrupt {
	uint32_t vtl;
	uint32_t type;
	uint32_t control;
	uint64_t destination;
	uint32_t vector;
};

/* HV status. */
uint16_t arch_assert(const struct arch_interrupt *interrupt);

/* Adds to the tree what only this architecture's has. */
void arch_tree(struct tree_params *params);

/* May a SINT that is not masked have this vector? */
bool arch_sint_vector(uint32_t vector);

/* An intercept that only this architecture has, for VTL2; mask 0 takes it away. HV status. */
uint16_t arch_install_intercept(uint32_t type, uint32_t mask, uint64_t parameter);

/* Is this a value of VTL0's PendingEvent0 that can be injected? */
bool arch_event_possible(const uint64_t value[2]);

/* Adds this architecture's privileges and features to register 0x200. */
void arch_privileges(uint32_t vtl, uint64_t value[2]);

/* The guest OS id of a VTL was written. */
void arch_os_id_written(uint32_t vtl);

/* First instructions of VTL2 (or of VTL0) on another VP. */
void arch_start_vp(struct vp *vp, uint32_t vtl, const uint64_t context[CONTEXT_WORDS]);

/* The header of an intercept message about VTL0 on this VP. */
void arch_message_header(struct vp *vp, uint8_t header[MESSAGE_HEADER_SIZE], uint32_t access);

/* Leaves VTL0 for VTL2 on the calling VP, with this entry reason. */
void arch_enter_vtl2(struct vp *vp, uint32_t reason);

/* Reference time in units of 100 ns. */
uint64_t arch_time(void);

/* Ends the run with "fatal". */
void arch_fatal(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
