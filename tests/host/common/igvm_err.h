/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For which reasons does the host refuse an IGVM file?
 *
 * One list: enumerator IGVM_BAD_x, stable short name (tests compare it), and text for people.
 */
#ifndef TESTS_HOST_COMMON_IGVM_ERR_H
#define TESTS_HOST_COMMON_IGVM_ERR_H

#define IGVM_ERRORS(X)                                                                             \
	/* fixed header */                                                                         \
	X(SHORT, "short", "the file ends inside its fixed header")                                 \
	X(MAGIC, "magic", "the file does not begin with IGVM")                                     \
	X(VERSION, "version", "the format version is neither 1 nor 2")                             \
	X(ARCH, "arch", "the file is for another architecture")                                    \
	X(PAGE_SIZE, "page-size", "the page size is not 4096")                                     \
	X(FILE_SIZE, "file-size", "the recorded size is not the size of the file")                 \
	X(HEADER_OFFSET, "header-offset", "the variable headers do not follow the fixed header")   \
	X(HEADER_SIZE, "header-size", "the variable headers' size is odd or leaves no data")       \
	X(CHECKSUM, "checksum", "the CRC-32 does not match")                                       \
	/* variable headers in general */                                                          \
	X(HEADER_CUT, "header-cut", "a variable header reaches over the end of its section")       \
	X(HEADER_LENGTH, "header-length", "a variable header's length is not that of its type")    \
	X(HEADER_PADDING, "header-padding", "padding behind a variable header is not zero")        \
	X(HEADER_TYPE, "header-type", "a variable header has an unknown type")                     \
	X(HEADER_ORDER, "header-order", "a variable header stands in the wrong section")           \
	X(HEADER_UNSUPPORTED, "header-unsupported", "this host does not offer that header's type") \
	X(RESERVED, "reserved", "a reserved field is not zero")                                    \
	X(MASK_NONE, "mask-none", "a compatibility mask is zero")                                  \
	X(MASK_UNKNOWN, "mask-unknown", "a compatibility mask names no platform of the file")      \
	X(DATA_OFFSET, "data-offset", "a file offset lies before the data section")                \
	X(DATA_CUT, "data-cut", "data reach over the end of the file")                             \
	/* platforms */                                                                            \
	X(PLATFORM_MASK, "platform-mask", "a platform's mask is not one bit of its own")           \
	X(PLATFORM_TYPE, "platform-type", "a platform type is unknown or not for this arch")       \
	X(PLATFORM_TWICE, "platform-twice", "a platform type comes twice")                         \
	X(PLATFORM_VERSION, "platform-version", "a platform version is not 1")                     \
	X(PLATFORM_VTL, "platform-vtl", "the highest VTL is not one that this host starts")        \
	X(PLATFORM_BOUNDARY, "platform-boundary", "a shared GPA boundary is given without need")   \
	X(PLATFORM_MISSING, "platform-missing", "the file does not support VSM isolation")         \
	/* relocation */                                                                           \
	X(RELOC_ALIGN, "reloc-align", "a relocation address, size or alignment is not aligned")    \
	X(RELOC_LIMITS, "reloc-limits", "a relocatable region does not fit its own limits")        \
	X(RELOC_VP, "reloc-vp", "a relocation header names another VP or VTL than VP 0, VTL 2")    \
	X(RELOC_FLAGS, "reloc-flags", "a relocatable region's flags do not fit")                   \
	X(RELOC_TWICE, "reloc-twice", "more than one region of this kind")                         \
	X(RELOC_OVERLAP, "reloc-overlap", "relocatable region and page table region overlap")      \
	X(RELOC_BASE, "reloc-base", "the chosen base is not one that the region allows")           \
	X(RELOC_NONE, "reloc-none", "a base was chosen, but the file cannot be relocated")         \
	X(RELOC_NO_TABLES, "reloc-no-tables", "paging is on and no page table region is given")    \
	X(RELOC_NOT_REQUIRED, "reloc-not-required", "a region is not in required VTL2 memory")     \
	/* page tables */                                                                          \
	X(PT_SIZE, "pt-size", "the page table region's sizes do not fit")                          \
	X(PT_ALONE, "pt-alone", "a page table region without a relocatable region")                \
	X(PT_PAGING_OFF, "pt-paging-off", "a page table region, but paging is off")                \
	X(PT_FORMAT, "pt-format", "the translation is not 4 KiB pages in three or four levels")    \
	X(PT_ROOT, "pt-root", "the root table is not in the page table region")                    \
	X(PT_PAGE_MISSING, "pt-page-missing", "a used page of the table region has no data")       \
	X(PT_POINTER, "pt-pointer", "a table lies outside the used part of its region")            \
	X(PT_ENTRY, "pt-entry", "a table entry is malformed")                                      \
	X(PT_SHARED, "pt-shared", "a table is pointed at twice")                                   \
	X(PT_SCRATCH, "pt-scratch", "the page table region is larger than the host's scratch")     \
	X(PT_TABLE_BITS, "pt-table-bits", "pointers to tables carry different attributes")         \
	X(PT_NOT_IDENTITY, "pt-not-identity", "an entry is not an identity mapping")               \
	X(PT_PC, "pt-pc", "the first instruction is not mapped for execution")                     \
	X(PT_LEAVES, "pt-leaves", "there are more mappings than the host can hold")                \
	X(PT_LEAF_SIZE, "pt-leaf-size", "a mapping cannot move by less than its own size")         \
	X(PT_CONFLICT, "pt-conflict", "a moved mapping meets another with other attributes")       \
	X(PT_RANGE, "pt-range", "a moved mapping leaves the address range of the tables")          \
	X(PT_LOST, "pt-lost", "moved memory was mapped before and would not be afterwards")        \
	X(PT_NO_ROOM, "pt-no-room", "the moved mappings need more tables than the region holds")   \
	/* directives */                                                                           \
	X(PAGE_ALIGN, "page-align", "a page's address is not page aligned")                        \
	X(PAGE_TYPE, "page-type", "a page's data type is not normal")                              \
	X(PAGE_FLAGS, "page-flags", "a page has a flag that this host does not offer")             \
	X(PAGE_TWICE, "page-twice", "two pages of the file meet at one address")                   \
	X(PAGE_RAM, "page-ram", "a page lies outside the memory of the VM")                        \
	X(PAGE_RANGES, "page-ranges", "the pages form more ranges than the host can hold")         \
	X(REQUIRED_ALIGN, "required-align", "required memory is empty or not page aligned")        \
	X(REQUIRED_FLAGS, "required-flags", "required memory has an unknown flag")                 \
	X(REQUIRED_RAM, "required-ram", "required memory is not there")                            \
	X(REQUIRED_OVERLAP, "required-overlap", "ranges of required memory overlap")               \
	X(REQUIRED_SPLIT, "required-split", "required memory is moved in part only")               \
	X(REQUIRED_MANY, "required-many", "more ranges of required memory than the host can hold") \
	X(ERROR_RANGE, "error-range", "an error range is empty or not page aligned")               \
	X(AREA_SIZE, "area-size", "a parameter area is empty or not of whole pages")               \
	X(AREA_INDEX, "area-index", "a parameter area's index is used twice")                      \
	X(AREA_MANY, "area-many", "more parameter areas than the host can hold")                   \
	X(AREA_UNKNOWN, "area-unknown", "a parameter names an area that is not open")              \
	X(AREA_LEFT, "area-left", "a parameter area is never inserted")                            \
	X(INSERT_ALIGN, "insert-align", "a parameter area is inserted at an unaligned address")    \
	X(INSERT_TABLES, "insert-tables", "a parameter area is inserted over page tables")         \
	X(PARAM_OFFSET, "param-offset", "a parameter begins behind the end of its area")           \
	X(PARAM_MANY, "param-many", "more parameters than the host can hold")                      \
	X(PARAM_FIT, "param-fit", "a parameter's value does not fit its area")                     \
	X(PARAM_TREE, "param-tree", "the host could not make the device tree")                     \
	X(VP_TWICE, "vp-twice", "more than one VP context for the platform")                       \
	X(VP_MISSING, "vp-missing", "no VP context for the platform")                              \
	X(VP_MASK, "vp-mask", "a VP context's mask is not exactly one platform")                   \
	X(VP_INDEX, "vp-index", "a VP context is for another VP than 0")                           \
	X(VP_GPA, "vp-gpa", "a VP context has an address, or no data")                             \
	X(REG_COUNT, "reg-count", "the register list is empty or too long")                        \
	X(REG_VTL, "reg-vtl", "a register is for another VTL than the platform's")                 \
	X(REG_NAME, "reg-name", "a register name is not one of the VP context's")                  \
	X(REG_TWICE, "reg-twice", "a register is given twice")                                     \
	X(REG_VALUE, "reg-value", "a 64-bit register's upper half is not zero")                    \
	X(REG_PC, "reg-pc", "the first instruction lies in no page of the file")                   \
	X(REG_PC_MISSING, "reg-pc-missing", "the VP context does not say where to start")          \
	/* the caller */                                                                           \
	X(IO, "io", "guest memory could not be read or written")

enum igvm_err {
	IGVM_OK,
#define IGVM_ERR_ENUM(id, name, text) IGVM_BAD_##id,
	IGVM_ERRORS(IGVM_ERR_ENUM)
#undef IGVM_ERR_ENUM
	IGVM_ERR_COUNT
};

const char *igvm_err_name(enum igvm_err err);
const char *igvm_err_text(enum igvm_err err);

#endif
