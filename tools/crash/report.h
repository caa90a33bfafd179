/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does a crash report say?
 *
 * The report is text: lines of the firmware's log, wherever they were found (the console, the
 * hypervisor's crash message, the log of the last run), each perhaps behind a prefix. Whoever wrote
 * the file is not trusted.
 */
#ifndef TOOLS_CRASH_REPORT_H
#define TOOLS_CRASH_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define REPORT_REGISTERS_MAX 64
#define REPORT_WORDS_MAX 256
#define REPORT_REASON_MAX 256

struct report_register {
	char name[8];
	uint64_t value;
};

struct report {
	bool found;	/* a line that says where */
	uint64_t image; /* the image's first address */
	uint64_t pc;
	uint64_t sp;
	char reason[REPORT_REASON_MAX]; /* of the line "stopped: ..."; empty: there was none */

	uint32_t register_count;
	struct report_register reg[REPORT_REGISTERS_MAX];

	uint32_t word_count; /* of the stack; those that were not shown are missing */
	struct {
		uint64_t address;
		uint64_t value;
	} word[REPORT_WORDS_MAX];
};

/* The last report in the file; report->found is false where there is none. */
void report_read(FILE *file, struct report *report);

/* A register's value by its name in the report. False: the report does not say. */
bool report_register(const struct report *report, const char *name, uint64_t *value);

/* A word of the stack. False: the report does not say. */
bool report_word(const struct report *report, uint64_t address, uint64_t *value);

#endif
