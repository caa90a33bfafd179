/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With which deliberate defects can the host's tree be had?
 *
 * One list: enumerator, name (the value of the option tree=), and one line of text. Defects of the
 * blob are made in the finished tree, behind tree_defect_spoil; those of the contents are made by
 * tree.c while it writes.
 */
#ifndef TESTS_HOST_COMMON_TREE_DEFECT_H
#define TESTS_HOST_COMMON_TREE_DEFECT_H

#include <stddef.h>
#include <stdint.h>

#define TREE_DEFECTS(X)                                                                            \
	/* the blob */                                                                             \
	X(FIRST_ZERO, "first-zero", "the first byte is zero: no tree was given")                   \
	X(BAD_MAGIC, "bad-magic", "the magic number is wrong")                                     \
	X(BAD_VERSION, "bad-version", "readable only by readers of version 18")                    \
	X(TOTAL_LARGE, "total-large", "totalsize is 256 MiB, far larger than the area")            \
	X(TOTAL_SMALL, "total-small", "totalsize ends in the middle of the structure")             \
	X(TOTAL_TINY, "total-tiny", "totalsize is smaller than the header")                        \
	X(RESERVE_PAST, "reserve-past", "the memory reservations begin behind the end")            \
	X(STRUCT_PAST, "struct-past", "the structure begins behind the end")                       \
	X(STRUCT_ODD, "struct-odd", "the structure begins at an unaligned offset")                 \
	X(STRUCT_CUT, "struct-cut", "the structure's size is half of what it is")                  \
	X(STRINGS_PAST, "strings-past", "the names begin behind the end")                          \
	X(STRINGS_CUT, "strings-cut", "the names' size is 4")                                      \
	X(NO_END, "no-end", "the structure has no end token")                                      \
	X(NO_NODE_END, "no-node-end", "the root is never ended")                                   \
	X(BAD_TOKEN, "bad-token", "the structure holds an unknown token")                          \
	X(PROP_LONG, "prop-long", "the first property is 2 GiB long")                              \
	X(PROP_NAME_PAST, "prop-name-past", "the first property's name lies behind the names")     \
	X(NESTED, "nested", "nodes are nested 1000 deep")                                          \
	X(STRING_OPEN, "string-open", "the root's model has no NUL at its end")                    \
	X(ROOT_CELLS, "root-cells", "the root has 3 address cells")                                \
	/* processors */                                                                           \
	X(CPUS_NONE, "cpus-none", "there is no /cpus")                                             \
	X(CPU_NONE, "cpu-none", "/cpus is empty")                                                  \
	X(CPU_NONE_OKAY, "cpu-none-okay", "all processors are disabled")                           \
	X(CPU_CELLS, "cpu-cells", "/cpus has 3 address cells")                                     \
	X(CPU_CELLS_NONE, "cpu-cells-none", "/cpus has no #address-cells")                         \
	X(CPU_NO_REG, "cpu-no-reg", "the last processor has no reg")                               \
	X(CPU_REG_ODD, "cpu-reg-odd", "the last processor's reg has 3 bytes")                      \
	X(CPU_REG_TWICE, "cpu-reg-twice", "two processors have the same reg")                      \
	X(CPU_NO_STATUS, "cpu-no-status", "the last processor has no status")                      \
	X(CPU_MANY, "cpu-many", "there are 65 processors more than there are")                     \
	X(CPU_NO_BOOT, "cpu-no-boot", "boot_cpuid_phys names no processor of the tree")            \
	/* memory */                                                                               \
	X(MEMORY_NONE, "memory-none", "there is no memory")                                        \
	X(MEMORY_NO_REG, "memory-no-reg", "a memory node has no reg")                              \
	X(MEMORY_REG_ODD, "memory-reg-odd", "a memory node's reg has 12 bytes")                    \
	X(MEMORY_EMPTY, "memory-empty", "a memory range is empty")                                 \
	X(MEMORY_UNALIGNED, "memory-unaligned", "a memory range begins within a page")             \
	X(MEMORY_WRAP, "memory-wrap", "a memory range goes over the end of the address space")     \
	X(MEMORY_OVERLAP, "memory-overlap", "two memory ranges overlap by a page")                 \
	X(MEMORY_BAD_TYPE, "memory-bad-type", "a memory range has the type 77")                    \
	X(MEMORY_TYPE_ODD, "memory-type-odd", "a memory range's type has 2 bytes")                 \
	X(VTL2_NONE, "vtl2-none", "no memory range is VTL2's")                                     \
	X(VTL2_SHORT, "vtl2-short", "VTL2's memory begins behind its image")                       \
	/* the rest */                                                                             \
	X(NO_EVIDENCE, "no-evidence", "nothing says that this is a VTL2 of Hyper-V")               \
	X(VMBUS_NONE, "vmbus-none", "there is no VMBus node")                                      \
	X(VMBUS_NO_VTL, "vmbus-no-vtl", "VTL2's VMBus node does not say for which VTL it is")      \
	X(VMBUS_BAD_VTL, "vmbus-bad-vtl", "a VMBus node is for VTL 1")                             \
	X(VMBUS_TWICE, "vmbus-twice", "both VMBus nodes are for VTL 2")                            \
	X(VMBUS_RANGES_ODD, "vmbus-ranges-odd", "a VMBus node's ranges have 20 bytes")             \
	X(VMBUS_RANGES_RAM, "vmbus-ranges-ram", "a VMBus node's ranges lie in RAM")                \
	X(UART_NONE, "uart-none", "there is no UART")                                              \
	X(UART_NO_REG, "uart-no-reg", "the first UART has no reg")                                 \
	X(UART_REG_ODD, "uart-reg-odd", "the first UART's reg has 4 bytes")                        \
	X(UART_REG_RAM, "uart-reg-ram", "the first UART lies in RAM")                              \
	X(UART_NO_IRQ, "uart-no-irq", "the first UART has no interrupt")                           \
	X(MODE_BAD, "mode-bad", "/openhcl has an unknown memory-allocation-mode")                  \
	X(MODE_NONE, "mode-none", "/openhcl has no memory-allocation-mode")                        \
	X(ENTROPY_NO_REG, "entropy-no-reg", "/openhcl/entropy has no reg")                         \
	X(BOOTARGS_LONG, "bootargs-long", "bootargs are 64 KiB long")                              \
	X(BOOTARGS_OPEN, "bootargs-open", "bootargs have no NUL at their end")

enum tree_defect_id {
	TREE_GOOD,
#define TREE_DEFECT_ENUM(id, name, text) TREE_##id,
	TREE_DEFECTS(TREE_DEFECT_ENUM)
#undef TREE_DEFECT_ENUM
	TREE_DEFECT_COUNT
};

struct tree_defect {
	const char *name;
	const char *text;
};

/* The n-th defect that can be asked for, NULL behind the last. */
const struct tree_defect *tree_defect(uint32_t n);

/* TREE_GOOD for NULL and "", TREE_DEFECT_COUNT for a name that is none. */
enum tree_defect_id tree_defect_find(const char *name);

/* Makes the defect in the finished blob when it is one of the blob's; else changes nothing. */
void tree_defect_spoil(enum tree_defect_id defect, uint8_t *fdt, size_t size);

#endif
