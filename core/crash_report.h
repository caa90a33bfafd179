/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do we say about a VP that stops, for a reader that has the image's symbols?
 *
 * Lines of the log, so that the console, the kept log and the hypervisor's crash message hold the
 * same text; tools/crash reads it. Only with CONFIG_CRASH_REPORT.
 */
#ifndef CORE_CRASH_REPORT_H
#define CORE_CRASH_REPORT_H

#include "core/types.h"

/* Where the image lies. Boot VP, before anything can fail. */
void crash_report_init(struct range image);

/* Its first address; 0 before crash_report_init(). */
uint64_t crash_report_image(void);

/*
 * One line that says where this VP was, and what its stack holds from sp on: only addresses of the
 * image and of the stack itself, which is what a backtrace needs; everything else may be a secret
 * and appears as 0. After fatal_begin().
 */
void crash_report_place(uint64_t pc, uint64_t sp);

#endif
