/* SPDX-License-Identifier: BSD-2-Clause */
/* What does a crash report say? report.h tells where it comes from. */
#include "tools/crash/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINE_SIZE 1024

/* A hexadecimal number with 0x before it; *text is then behind it. */
static bool take_number(const char **text, uint64_t *value)
{
	char *end;

	while (**text == ' ') {
		(*text)++;
	}
	if (strncmp(*text, "0x", 2) != 0) {
		return false;
	}
	*value = strtoull(*text + 2, &end, 16);
	if (end == *text + 2) {
		return false;
	}
	*text = end;
	return true;
}

static void add_register(struct report *report, const char *name, size_t size, uint64_t value)
{
	struct report_register *reg = &report->reg[report->register_count];

	if (size >= sizeof(reg->name) || report->register_count == REPORT_REGISTERS_MAX) {
		return;
	}
	memcpy(reg->name, name, size);
	reg->name[size] = '\0';
	reg->value = value;
	report->register_count++;
}

/* Pairs of a name in capitals and a number, whatever else is between them. */
static void take_registers(struct report *report, const char *text)
{
	while (*text != '\0') {
		size_t name = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
		const char *behind = text + name;
		uint64_t value;

		if (name >= 2 && *behind == ' ' && take_number(&behind, &value)) {
			add_register(report, text, name, value);
			text = behind;
		} else {
			text += name != 0 ? name : 1;
		}
	}
}

static void take_stack(struct report *report, const char *text)
{
	uint64_t address;
	uint64_t value;

	if (!take_number(&text, &address) || *text != ':') {
		return;
	}
	text++;
	for (; take_number(&text, &value); address += 8) {
		if (value != 0 && report->word_count < REPORT_WORDS_MAX) {
			report->word[report->word_count].address = address;
			report->word[report->word_count].value = value;
			report->word_count++;
		}
	}
}

static void take_reason(struct report *report, const char *text)
{
	size_t size = strcspn(text, "\r\n");

	if (size >= sizeof(report->reason)) {
		size = sizeof(report->reason) - 1;
	}
	memcpy(report->reason, text, size);
	report->reason[size] = '\0';
}

/* One line, from the E that is its level on. */
static void take_line(struct report *report, const char *line)
{
	const char *at;

	if (strstr(line, "E exception in VTL2: ") != NULL) {
		memset(report, 0, sizeof(*report));
	} else if ((at = strstr(line, "E IMAGE 0x")) != NULL) {
		/* A broken assumption has no registers before this line. */
		if (report->found) {
			memset(report, 0, sizeof(*report));
		}
		take_registers(report, at);
		report->found = report_register(report, "IMAGE", &report->image) &&
				report_register(report, "PC", &report->pc) &&
				report_register(report, "SP", &report->sp);
	} else if ((at = strstr(line, "E STACK 0x")) != NULL) {
		take_stack(report, at + 8);
	} else if ((at = strstr(line, "E stopped: ")) != NULL) {
		take_reason(report, at + 11);
	} else if ((at = strstr(line, "E ")) != NULL && !report->found) {
		take_registers(report, at);
	}
}

void report_read(FILE *file, struct report *report)
{
	char line[LINE_SIZE];

	memset(report, 0, sizeof(*report));
	while (fgets(line, sizeof(line), file) != NULL) {
		take_line(report, line);
	}
}

bool report_register(const struct report *report, const char *name, uint64_t *value)
{
	uint32_t i;

	for (i = report->register_count; i > 0; i--) {
		if (strcmp(report->reg[i - 1].name, name) == 0) {
			*value = report->reg[i - 1].value;
			return true;
		}
	}
	return false;
}

bool report_word(const struct report *report, uint64_t address, uint64_t *value)
{
	uint32_t i;

	for (i = 0; i < report->word_count; i++) {
		if (report->word[i].address == address) {
			*value = report->word[i].value;
			return true;
		}
	}
	return false;
}
