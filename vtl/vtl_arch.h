/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must an architecture provide to talk to the hypervisor and to switch VTLs? (contract)
 *
 * The second half of the wall, see core/arch.h.
 */
#ifndef VTL_VTL_ARCH_H
#define VTL_VTL_ARCH_H

#include "core/err.h"
#include "core/platform.h"
#include "core/types.h"
#include "core/vp.h"

#include <arch_types.h>

struct hv_message;

/* ---- Finding the hypervisor and opening the channel ---------------------------------------- */
/*
 * Is this Hyper-V's interface? Called only after the tree gave evidence; makes the architecture's
 * harmless identification call and no other. ERR_NOT_FOUND: somebody else, or nobody.
 */
__must_check enum err vtl_arch_identify(const struct platform *platform);

/* Opens the channel: says who we are, and whatever the architecture needs before the first call.
 * An error: the guest OS id was refused. What only one architecture has to open is fatal there. */
__must_check enum err vtl_arch_open(uint64_t guest_os_id);

/* Leaves no trace of it: guest OS id 0. */
void vtl_arch_close(void);

/* What the hypervisor answers to a question of the SMCCC kind; a negative code where the
 * architecture has no such thing. After vtl_arch_identify(). */
int32_t vtl_arch_ask_feature(uint32_t id);

/* One hypercall instruction, fast form: so many pairs (16 bytes each) of input, no output. The
 * result word. */
uint64_t vtl_arch_hypercall_fast(uint64_t control, const uint64_t block[ARCH_FAST_WORDS],
				 uint32_t pairs);

/* The same for six words of input and no output; by memory where they do not fit. */
uint64_t vtl_arch_hypercall_six(uint64_t control, uint64_t in0, uint64_t in1, uint64_t in2,
				uint64_t in3, uint64_t in4, uint64_t in5);

/* The same, parameters in memory: in and out lie in one 4 KiB page each, 8-byte aligned. */
uint64_t vtl_arch_hypercall_memory(uint64_t control, pa_t in, pa_t out);

/* ---- Processors ---------------------------------------------------------------------------- */

#define VTL_ARCH_CONTEXT_MAX 224

/* Fills the initial VP context with which vp starts in 64-bit mode on its own stack; returns its
 * size in bytes. */
uint32_t vtl_arch_initial_context(const struct vp *vp, uint8_t context[VTL_ARCH_CONTEXT_MAX]);

/* Starts vp without StartVirtualProcessor. ERR_NOT_SUPPORTED: the architecture has no other way. */
__must_check enum err vtl_arch_start_without_startvp(const struct vp *vp);

/* Holds VTL0 of vp until VTL0's own software starts it, where InternalActivityState cannot be
 * written. Before vp's first VTL return. Only where ARCH_CAN_HOLD_VTL0 is 1. */
__must_check enum err vtl_arch_hold_vtl0(const struct vp *vp);

/* The boot log's line about what vp found in its registers at its first instruction. */
void vtl_arch_report_start(const struct vp *vp);

/* ---- VTL0 ---------------------------------------------------------------------------------- */

/* VTL return, entry, answer, for ever; vp->regs are VTL0's first registers. A VTL call is answered
 * by service_dispatch(), for which vp->regs need hold no more than what a call carries and C does
 * not keep; everything else by run_entry(). */
_Noreturn void vtl_arch_run(struct vp *vp);

/* Gives VTL0 of this VP its first registers by the boot protocol: entry point and the address of
 * what the protocol hands over (arm64: device tree). Boot VP, before its first return. */
__must_check enum err vtl_arch_set_first_registers(struct vp *vp, uint64_t entry,
						   uint64_t handover);

/* A memory access that VTL0 could not do itself. */
struct mem_access {
	uint64_t pc;	    /* of the instruction */
	uint64_t behind;    /* of the next one */
	bool event_pending; /* an event was being delivered: make no second one */
	uint64_t gpa;
	bool is_write;
	bool is_execute;
	bool is_table_walk;  /* the access of VTL0's own page table walk */
	bool is_maintenance; /* cache maintenance: carries no data */
	bool has_operand;    /* the fields below say what to load or store */
	uint32_t size;	     /* bytes: 1, 2, 4, 8 */
	uint32_t reg;	     /* number of the general register */
	bool sign_extend;
	bool wide; /* the register is 64 bits wide, otherwise its upper half becomes zero */
};

/*
 * Payloads where the hypervisor wrote them: each field is read once, whatever becomes of it.
 * ERR_INVALID: too short or not consistent.
 *
 * What is told of a memory access is kept in vp->arch, its address in vp->arch.gpa, and looked at
 * there: is it a store of VTL0's kernel, of whatever (the address behind the instruction; 0: no),
 * and what is it in full?
 */
__must_check enum err vtl_arch_take_memory(struct vp *vp, const volatile void *payload,
					   size_t size);
uint64_t vtl_arch_behind_store(const struct vp *vp);
void vtl_arch_decode_memory(const struct vp *vp, struct mem_access *access);

struct forwarded_call {
	uint64_t behind;   /* the instruction */
	bool is_hypercall; /* of Hyper-V's interface; otherwise a request of ours */
};
__must_check enum err vtl_arch_decode_hypercall(const struct vp *vp, const volatile void *payload,
						size_t size, struct forwarded_call *call);

/* The operand register of VTL0, wherever it lives. An error: the hypervisor has it and refused. */
__must_check enum err vtl_arch_operand_get(const struct vp *vp, uint32_t reg, uint64_t *value);
__must_check enum err vtl_arch_operand_set(struct vp *vp, uint32_t reg, uint64_t value);

/* Makes the access that was taken fail in VTL0 as hardware would: external abort, #GP. */
__must_check enum err vtl_arch_inject_abort(struct vp *vp);

/* Answers a hypercall that nobody implements. */
void vtl_arch_refuse_hypercall(struct vp *vp);

/* Asks for the intercepts that only this architecture has. False: its quick door stays shut. */
bool vtl_arch_install_intercepts(void);

/* Answers what only this architecture's hypervisor sends. false: no such message. */
bool vtl_arch_intercept(struct vp *vp, const volatile struct hv_message *message);

/* ---- Interrupts of VTL2 -------------------------------------------------------------------- */

/* Maps the controller's registers. Boot only; touches none of them. */
__must_check enum err vtl_arch_irq_map(const struct platform *platform);

/* Finds and sets up this VP's part of the interrupt controller; the boot VP also the common one.
 * Interrupts stay masked: they are taken by asking. */
__must_check enum err vtl_arch_irq_init(const struct platform *platform, struct vp *vp);
void vtl_arch_irq_enable(struct vp *vp, uint32_t number);

#define VTL_ARCH_IRQ_NONE UINT32_MAX

/* Acknowledges the most urgent pending interrupt. */
uint32_t vtl_arch_irq_take(void);
void vtl_arch_irq_end(uint32_t number);

/* Has every other VP enter VTL2 with an interrupt of this number. */
uint32_t vtl_arch_irq_kick_number(void);
void vtl_arch_irq_kick_others(void);

/* ---- The end ------------------------------------------------------------------------------- */

enum reset_kind {
	RESET_POWER_OFF,
	RESET_REBOOT,
};

/* The machine goes off or restarts. Does not return if the hypervisor does as asked. */
void vtl_arch_power_off(void);
void vtl_arch_reboot(void);

#endif
