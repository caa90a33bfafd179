/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does an IGVM file get into the VM's memory?
 *
 * A strict loader for files of platform VSM_ISOLATION with highest VTL 2: format 1 (x64) and 2 (x64
 * and arm64), relocation included. The whole file, its page tables included, is checked before the
 * first byte of guest memory is written. The file is hostile: nothing outside it is read. No heap,
 * and no state but what the caller passes in.
 */
#ifndef TESTS_HOST_COMMON_IGVM_LOAD_H
#define TESTS_HOST_COMMON_IGVM_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/host/common/igvm_err.h"

#define IGVM_REGS_MAX 64U
#define IGVM_RANGES_MAX 64U
#define IGVM_REQUIRED_MAX 16U

enum igvm_arch {
	IGVM_ARCH_X64 = 0,
	IGVM_ARCH_ARM64 = 1
};

/* Register names (Hyper-V numbers) that a host needs to start an arm64 VP from the list. */
#define IGVM_REG_X0 0x00020000U /* X0 to X7 follow each other */
#define IGVM_REG_XPC 0x00020022U
#define IGVM_REG_CPSR 0x00020023U
#define IGVM_REG_SCTLR_EL1 0x00040002U
#define IGVM_REG_TTBR0_EL1 0x00040005U
#define IGVM_REG_TTBR1_EL1 0x00040006U
#define IGVM_REG_TCR_EL1 0x00040007U
#define IGVM_REG_MAIR_EL1 0x0004000BU
#define IGVM_REG_VBAR_EL1 0x0004000CU
/* x64 names that the loader itself must know. */
#define IGVM_REG_RIP 0x00020010U
#define IGVM_REG_CR0 0x00040000U
#define IGVM_REG_CR3 0x00040002U
#define IGVM_REG_CR4 0x00040003U
#define IGVM_REG_GDTR 0x00070001U
#define IGVM_REG_EFER 0x00080001U

struct igvm_range {
	uint64_t gpa;
	uint64_t size;
};

struct igvm_required {
	uint64_t gpa; /* after relocation */
	uint64_t size;
	bool vtl2; /* to be marked as type 3 in the tree */
};

struct igvm_register {
	uint32_t name;
	uint64_t low;
	uint64_t high;
};

/* One line of the memory map parameter. */
struct igvm_map_entry {
	uint64_t gpa;
	uint64_t size;
	uint16_t type;
};

struct igvm_result {
	enum igvm_arch arch;
	uint32_t version;
	uint8_t vtl;	/* 2 */
	uint64_t delta; /* added to all that moves, modulo 2^64; 0: not moved */
	bool has_region;
	struct igvm_range region; /* relocatable region, where it lies now */
	bool has_tables;
	struct igvm_range tables; /* page table region, where it lies now */
	struct igvm_required required[IGVM_REQUIRED_MAX];
	uint32_t required_count;
	struct igvm_register regs[IGVM_REGS_MAX]; /* PC and table root already relocated */
	uint32_t reg_count;
	struct igvm_range imported[IGVM_RANGES_MAX]; /* pages and areas, neighbours joined */
	uint32_t imported_count;
	uint64_t page_count;	/* PAGE_DATA headers of this platform */
	uint64_t measured_size; /* bytes of those that are not marked unmeasured */
	uint32_t parameter_count;
	uint64_t where; /* after a refusal: file offset of the header in question, 0: none */
	uint64_t value; /* after a refusal: the address, index or type in question, else 0 */
};

/*
 * What the loader needs from the host. All return false for "no". `write` with data NULL writes
 * zeros; it is called only for ranges that has_ram has confirmed. `device_tree` makes the tree in
 * `buf`; everything in `result` is final by then. `memory_map` gives
 * the n-th line, ascending, and false behind the last; it may be NULL: no such parameter then.
 */
struct igvm_ops {
	bool (*has_ram)(void *ctx, uint64_t gpa, uint64_t size);
	bool (*write)(void *ctx, uint64_t gpa, const void *data, uint64_t size);
	bool (*device_tree)(void *ctx, const struct igvm_result *result, void *buf, uint64_t cap,
			    uint64_t *size);
	bool (*memory_map)(void *ctx, uint32_t n, struct igvm_map_entry *entry);
};

struct igvm_request {
	const uint8_t *file;
	uint64_t file_size;
	enum igvm_arch arch;
	bool base_set; /* put the relocatable region at `base` */
	uint64_t base;
	uint32_t vp_count;
	/*
	 * For the device tree, and before that for twice the page table region and its mappings;
	 * 8-byte aligned, 256 KiB are enough. Its contents mean nothing afterwards.
	 */
	void *scratch;
	uint64_t scratch_size;
	const struct igvm_ops *ops;
	void *ctx;
};

/* Loads, or says why not: igvm_err_name/igvm_err_text of the result, and result->where/value. */
enum igvm_err igvm_load(const struct igvm_request *request, struct igvm_result *result);

/* The register of this name in the list; false when the file did not give it. */
bool igvm_register(const struct igvm_result *result, uint32_t name, uint64_t *value);

#endif
