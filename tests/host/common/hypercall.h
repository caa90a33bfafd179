/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a hypercall reach its handler? The architecture fills a frame from the guest's
 * registers; everything that the control word and the blocks must satisfy is checked here, once.
 */
#ifndef TESTS_HOST_COMMON_HYPERCALL_H
#define TESTS_HOST_COMMON_HYPERCALL_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/count.h"
#include "tests/host/common/vm.h"

#define HYPERCALL_FAST_WORDS 16
#define HYPERCALL_PAGE 4096u

struct hypercall_frame {
	uint64_t control; /* changed when `continued` */
	uint64_t in_gpa;
	uint64_t out_gpa;
	uint32_t fast_words;		     /* how many registers the block has */
	uint64_t fast[HYPERCALL_FAST_WORDS]; /* the register block */
	bool fast_written[HYPERCALL_FAST_WORDS];
	bool out_at_end;      /* fast output: the last pairs, else right behind the input */
	enum counter counter; /* of VTL2's calls of this form */
	bool continued;	      /* no result: the guest executes the instruction again */
	bool faulted;	      /* a block is not there for VTL0: VTL2 is told, at this address */
	bool fault_is_write;
	uint64_t fault_gpa;
	uint64_t result;
};

/* What a handler sees: a copy of the input, and where its output goes. */
struct hypercall {
	struct vp *vp;
	uint32_t vtl;
	const uint8_t *in;
	uint8_t *out;
	uint32_t out_stride; /* bytes from one output element to the next */
};

/* A row of the table. Simple calls: rep_in is 0 and element is always 0. */
struct hypercall_row {
	uint32_t code;
	const char *name;
	uint32_t in_size;
	uint32_t rep_in;
	uint32_t rep_out;
	uint16_t (*handler)(const struct hypercall *call, uint32_t element);
	/* Once behind the elements of one stretch, whatever their status; may be NULL. */
	void (*finish)(void);
};

bool hypercall_is_offered(uint32_t code);
void hypercall_run(struct vp *vp, uint32_t vtl, struct hypercall_frame *frame);

/* Handlers. */
uint16_t hc_get_vp_registers(const struct hypercall *call, uint32_t element);
uint16_t hc_set_vp_registers(const struct hypercall *call, uint32_t element);
uint16_t hc_modify_vtl_protection_mask(const struct hypercall *call, uint32_t element);
uint16_t hc_check_sparse_gpa_page_vtl_access(const struct hypercall *call, uint32_t element);
uint16_t hc_enable_partition_vtl(const struct hypercall *call, uint32_t element);
uint16_t hc_enable_vp_vtl(const struct hypercall *call, uint32_t element);
uint16_t hc_start_virtual_processor(const struct hypercall *call, uint32_t element);
uint16_t hc_get_vp_index_from_apic_id(const struct hypercall *call, uint32_t element);
uint16_t hc_install_intercept(const struct hypercall *call, uint32_t element);
uint16_t hc_assert_virtual_interrupt(const struct hypercall *call, uint32_t element);

/* Any register, as the caller of a hypercall may reach it; HV status. */
uint16_t regs_get(const struct hypercall *call, struct vp *vp, uint32_t vtl, uint32_t name,
		  uint64_t value[2]);
uint16_t regs_set(const struct hypercall *call, struct vp *vp, uint32_t vtl, uint32_t name,
		  const uint64_t value[2]);

/* Helpers of handlers: little-endian fields of the input copy. */
uint64_t hc_u64(const struct hypercall *call, uint32_t offset);
uint32_t hc_u32(const struct hypercall *call, uint32_t offset);
bool hc_is_zero(const struct hypercall *call, uint32_t offset, uint32_t size);
/* HV_INPUT_VTL: the target, or a refusal for one above the caller or not there. */
uint16_t hc_input_vtl(const struct hypercall *call, uint8_t byte, uint32_t *vtl);
/* Partition id and VP index at offsets 0 and 8. */
uint16_t hc_target_vp(const struct hypercall *call, struct vp **vp);

#endif
