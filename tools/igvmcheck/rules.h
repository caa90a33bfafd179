/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which rules can a file break, and what is each called?
 *
 * The names are stable: test files and loaders' logs refer to them. A row is X(symbol, name); the
 * order is that of the document's check list. Rules that only this project has stand last.
 */
#ifndef TOOLS_IGVMCHECK_RULES_H
#define TOOLS_IGVMCHECK_RULES_H

#define RULES(X)                                                                                   \
	/* the fixed header */                                                                     \
	X(SHORT, "short") /* no room for a fixed header */                                         \
	X(MAGIC, "magic")                                                                          \
	X(VERSION, "version")                                                                      \
	X(ARCHITECTURE, "architecture")                                                            \
	X(PAGE_SIZE, "page-size")                                                                  \
	X(FILE_SIZE, "file-size")	  /* the field against the real length */                  \
	X(HEADER_OFFSET, "header-offset") /* start of the variable headers */                      \
	X(HEADER_GAP, "header-gap")	  /* bytes that no checksum covers */                      \
	X(HEADER_SIZE, "header-size")	  /* not a multiple of 8 */                                \
	X(HEADER_END, "header-end")	  /* variable headers leave the file */                    \
	X(NO_DATA, "no-data")		  /* nothing after the headers */                          \
	X(CRC, "crc")                                                                              \
	/* the list of variable headers */                                                         \
	X(HEADER_CUT, "header-cut")	    /* a header leaves the list */                         \
	X(HEADER_TYPE, "header-type")	    /* unknown, reserved, or optional bit */               \
	X(HEADER_LENGTH, "header-length")   /* not that of its structure */                        \
	X(HEADER_PADDING, "header-padding") /* not zero */                                         \
	X(SECTION_ORDER, "section-order")                                                          \
	/* platforms and masks */                                                                  \
	X(NO_PLATFORM, "no-platform")                                                              \
	X(PLATFORM_MASK, "platform-mask") /* not exactly one bit, or taken */                      \
	X(PLATFORM_VTL, "platform-vtl")                                                            \
	X(PLATFORM_TYPE, "platform-type")                                                          \
	X(PLATFORM_VERSION, "platform-version")                                                    \
	X(PLATFORM_BOUNDARY, "platform-boundary")                                                  \
	X(PLATFORM_ARCH, "platform-arch")                                                          \
	X(PLATFORM_REPEATED, "platform-repeated")                                                  \
	X(MASK, "mask") /* names no or unknown platforms */                                        \
	/* relocation */                                                                           \
	X(RELOC_ALIGNMENT, "reloc-alignment") /* 0, below a page, no power of two */               \
	X(RELOC_SIZE, "reloc-size")                                                                \
	X(RELOC_GPA, "reloc-gpa")     /* gpa, min or max against alignment */                      \
	X(RELOC_RANGE, "reloc-range") /* end wraps, or no room below max */                        \
	X(RELOC_VTL, "reloc-vtl")                                                                  \
	X(RELOC_VP, "reloc-vp")                                                                    \
	X(RELOC_FLAGS, "reloc-flags")                                                              \
	X(TABLE_ALIGNMENT, "page-table-alignment") /* gpa, size or used size */                    \
	X(TABLE_SIZE, "page-table-size")	   /* empty, or end wraps */                       \
	X(TABLE_USED, "page-table-used")	   /* used size 0 or above size */                 \
	X(TABLE_RESERVED, "page-table-reserved")                                                   \
	X(TABLE_VTL, "page-table-vtl")                                                             \
	X(TABLE_VP, "page-table-vp")                                                               \
	X(TABLE_REPEATED, "page-table-repeated")                                                   \
	X(RELOC_OVERLAP, "reloc-overlap")      /* two relocatable regions */                       \
	X(TABLE_OVERLAP, "page-table-overlap") /* a table region in a relocatable one */           \
	X(RELOC_CONTEXT, "reloc-context")      /* no VBS context for the region */                 \
	/* memory */                                                                               \
	X(PAGE_GPA, "page-gpa")                                                                    \
	X(PAGE_FLAGS, "page-flags")                                                                \
	X(PAGE_LARGE, "page-large")                                                                \
	X(PAGE_TYPE, "page-type")                                                                  \
	X(PAGE_RESERVED, "page-reserved")                                                          \
	X(PAGE_REPEATED, "page-repeated")                                                          \
	X(PAGE_MEMORY, "page-memory") /* outside the required memory */                            \
	X(DATA_START, "data-start")   /* file offset below the data */                             \
	X(DATA_END, "data-end")	      /* data leave the file */                                    \
	X(MEMORY_GPA, "memory-gpa")                                                                \
	X(MEMORY_SIZE, "memory-size")                                                              \
	X(MEMORY_FLAGS, "memory-flags")                                                            \
	X(MEMORY_RESERVED, "memory-reserved")                                                      \
	X(ERROR_RANGE, "error-range")                                                              \
	/* parameters */                                                                           \
	X(AREA_SIZE, "area-size")                                                                  \
	X(AREA_REPEATED, "area-repeated")                                                          \
	X(AREA_UNKNOWN, "area-unknown") /* used before it is declared */                           \
	X(AREA_DEAD, "area-dead")	/* used after it was inserted */                           \
	X(AREA_OFFSET, "area-offset")                                                              \
	X(AREA_UNUSED, "area-unused") /* never inserted */                                         \
	X(INSERT_GPA, "insert-gpa")                                                                \
	X(INSERT_RANGE, "insert-range")	     /* end wraps */                                       \
	X(INSERT_TABLE, "insert-page-table") /* inside a page-table region */                      \
	X(INSERT_OVERLAP, "insert-overlap")  /* over a page or another area */                     \
	X(INSERT_MEMORY, "insert-memory")    /* outside the required memory */                     \
	/* VP contexts and policies */                                                             \
	X(CONTEXT_MASK, "context-mask")		/* not exactly one platform */                     \
	X(CONTEXT_PLATFORM, "context-platform") /* a platform that has none */                     \
	X(CONTEXT_RESERVED, "context-reserved")                                                    \
	X(CONTEXT_GPA, "context-gpa")                                                              \
	X(CONTEXT_DATA, "context-data") /* file offset 0 */                                        \
	X(CONTEXT_VP, "context-vp")                                                                \
	X(CONTEXT_REPEATED, "context-repeated")                                                    \
	X(CONTEXT_COUNT, "context-count")	  /* no register, or more than there are */        \
	X(CONTEXT_VTL, "context-vtl")		  /* mixed, or not the highest */                  \
	X(CONTEXT_REGISTER, "context-register")	  /* a name this architecture lacks */             \
	X(CONTEXT_ZERO, "context-zero")		  /* must-be-zero bytes of a register */           \
	X(CONTEXT_DUPLICATE, "context-duplicate") /* a register twice */                           \
	X(CONTEXT_TAIL, "context-tail")		  /* native and CCA: bytes after it */             \
	X(POLICY_RESERVED, "policy-reserved")                                                      \
	X(CCA_PLATFORM, "cca-platform")                                                            \
	X(CCA_POLICY, "cca-policy")                                                                \
	X(CORIM_REPEATED, "corim-repeated")                                                        \
	X(CORIM_ORDER, "corim-order") /* signature before its document */                          \
	/* ours: can the first instruction run where the file says? */                             \
	X(ENTRY_CONTEXT, "entry-context")   /* a platform without a VP context */                  \
	X(ENTRY_REGISTER, "entry-register") /* the context lacks it */                             \
	X(ENTRY_PAGE, "entry-page")	    /* PC is in no imported page */                        \
	X(PAGING_OFF, "paging-off")                                                                \
	X(PAGING_MODE, "paging-mode")	       /* a form of tables we do not read */               \
	X(ROOT_TABLE, "root-table")	       /* outside the page-table region */                 \
	X(TABLE_MISSING, "page-table-missing") /* a used page without PAGE_DATA */                 \
	X(TABLE_ENTRY, "page-table-entry")     /* malformed, leads out, or used twice */           \
	X(IDENTITY, "identity-map")	       /* a page mapped elsewhere */                       \
	X(ENTRY_UNMAPPED, "entry-unmapped")    /* PC not mapped executable */                      \
	X(REGION_UNMAPPED, "region-unmapped")  /* a relocated byte is not mapped */

enum rule {
#define RULE_SYMBOL(symbol, name) RULE_##symbol,
	RULES(RULE_SYMBOL)
#undef RULE_SYMBOL
	RULE_COUNT
};

/* "crc" for RULE_CRC. */
const char *rule_name(enum rule rule);

#endif
