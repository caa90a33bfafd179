/* SPDX-License-Identifier: BSD-2-Clause */
/* In which order does it boot? The pieces of the composition root, main*.c. */
#ifndef CORE_MAIN_H
#define CORE_MAIN_H

#include "core/image.h"
#include "core/platform.h"
#include "core/types.h"

/* The boot VP's first C, after the architecture's entry. param_offset: from the image's base. */
_Noreturn void main_boot(uint64_t image_base, uint64_t param_offset);

/* The same for an image that was started by somebody else. tree: its device tree, or 0. */
_Noreturn void main_foreign(uint64_t tree);

/* Says that much on the console that the tree at this address (0: none) names, and stops. For when
 * there are no tables of ours. */
_Noreturn void main_refuse(uint64_t tree, const char *text);

/* Reads the host's tree and opens the console that it names; a tree that is refused is fatal. */
void main_read_tree(const struct image *image, struct platform *platform);

/* Finds the place of VTL0's console; before our memory is taken, since it may need a page of it. */
void main_place_console(const struct platform *platform);

/* The log goes where it survives a restart. Boot VP, when that memory was mapped and taken.
 * Only with CONFIG_LOG_KEPT. */
void main_keep_log(void);

/* Lets what is typed reach VTL0. Boot VP, with interrupts. */
void main_listen_console(const struct platform *platform);

/* VTL0 may ask us what the hypervisor would have told it: mitigations above all. */
void main_ask_hypervisor(void);

/* Opens what configuration and hypervisor allow. */
void main_open_doors(void);

/* Fatal with the step's name unless err is OK. */
void main_must(const char *step, enum err err);

#endif
