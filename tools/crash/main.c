/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where was the firmware when it stopped, and how did it get there?
 *
 * usage: crash paravane.elf [FILE]
 *
 * Reads a crash report (the console's log, or any file with its lines; standard input without FILE)
 * and prints reason, function and line of every frame. The image's own debug information unwinds
 * the stack (libdw); the report holds of it only what that needs.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <elfutils/libdwfl.h>

#include "tools/crash/report.h"

#define DWARF_ARM64_REGISTERS 32 /* X0 to X30, SP */
#define DWARF_X86_64_REGISTERS 16

static struct report report;
static uint16_t machine;

static const char *const x86_64_names[DWARF_X86_64_REGISTERS] = {
	"RAX", "RDX", "RCX", "RBX", "RSI", "RDI", "RBP", "RSP",
	"R08", "R09", "R10", "R11", "R12", "R13", "R14", "R15",
};

/* ---- What libdw asks ------------------------------------------------------------------------- */

static pid_t next_thread(Dwfl *dwfl, void *arg, void **thread_arg)
{
	(void)dwfl;
	(void)arg;
	if (*thread_arg != NULL) {
		return 0;
	}
	*thread_arg = &report;
	return 1;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *value, void *arg)
{
	(void)dwfl;
	(void)arg;
	return report_word(&report, address, value);
}

static Dwarf_Word register_by_number(unsigned int n)
{
	char name[8];
	uint64_t value = 0;

	if (machine == EM_AARCH64) {
		snprintf(name, sizeof(name), n == 31 ? "SP" : "X%02u", n);
	} else {
		snprintf(name, sizeof(name), "%s", x86_64_names[n]);
	}
	/* A broken assumption tells where it was, and no other register. */
	return report_register(&report, name, &value) ? value : n == 7 || n == 31 ? report.sp : 0;
}

static bool set_registers(Dwfl_Thread *thread, void *arg)
{
	Dwarf_Word value[DWARF_ARM64_REGISTERS];
	unsigned int count = machine == EM_AARCH64 ? DWARF_ARM64_REGISTERS : DWARF_X86_64_REGISTERS;
	unsigned int i;

	(void)arg;
	for (i = 0; i < count; i++) {
		value[i] = register_by_number(i);
	}
	dwfl_thread_state_register_pc(thread, report.pc);
	return dwfl_thread_state_registers(thread, 0, count, value);
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
	.next_thread = next_thread,
	.memory_read = read_memory,
	.set_initial_registers = set_registers,
};

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
	.section_address = dwfl_offline_section_address,
};

/* ---- What it prints -------------------------------------------------------------------------- */

static void print_place(Dwfl *dwfl, const char *head, Dwarf_Addr pc, Dwarf_Addr look_at)
{
	Dwfl_Module *module = dwfl_addrmodule(dwfl, look_at);
	const char *function = module != NULL ? dwfl_module_addrname(module, look_at) : NULL;
	Dwfl_Line *line = module != NULL ? dwfl_module_getsrc(module, look_at) : NULL;
	const char *file = NULL;
	int number = 0;

	if (line != NULL) {
		file = dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL);
	}
	printf("%s image + 0x%" PRIx64 " %s", head, (uint64_t)pc - report.image,
	       function != NULL ? function : "?");
	if (file != NULL) {
		printf(" at %s:%d", strncmp(file, "./", 2) == 0 ? file + 2 : file, number);
	}
	putchar('\n');
}

static int print_frame(Dwfl_Frame *frame, void *arg)
{
	unsigned int *number = arg;
	char head[16];
	Dwarf_Addr pc;
	bool is_fault;

	if (!dwfl_frame_pc(frame, &pc, &is_fault)) {
		return DWARF_CB_ABORT;
	}
	snprintf(head, sizeof(head), "#%-2u", *number);
	/* A return address is behind the call, perhaps in the next line or function. */
	print_place(dwfl_thread_dwfl(dwfl_frame_thread(frame)), head, pc, is_fault ? pc : pc - 1);
	*number += 1;
	return DWARF_CB_OK;
}

static int print_thread(Dwfl_Thread *thread, void *arg)
{
	/* It ends with an error at a frame of which the report does not hold enough. */
	(void)dwfl_thread_getframes(thread, print_frame, arg);
	return DWARF_CB_OK;
}

static Dwfl *open_image(const char *path)
{
	Dwfl *dwfl = dwfl_begin(&callbacks);
	Dwfl_Module *module;
	GElf_Addr bias;
	GElf_Ehdr header;

	if (dwfl == NULL) {
		return NULL;
	}
	dwfl_report_begin(dwfl);
	module = dwfl_report_elf(dwfl, "paravane", path, -1, report.image, false);
	if (module == NULL || dwfl_report_end(dwfl, NULL, NULL) != 0 ||
	    gelf_getehdr(dwfl_module_getelf(module, &bias), &header) == NULL) {
		dwfl_end(dwfl);
		return NULL;
	}
	machine = header.e_machine;
	if (!dwfl_attach_state(dwfl, NULL, 1, &thread_callbacks, NULL)) {
		dwfl_end(dwfl);
		return NULL;
	}
	return dwfl;
}

int main(int argc, char **argv)
{
	unsigned int frames = 0;
	FILE *file = stdin;
	Dwfl *dwfl;

	if (argc != 2 && argc != 3) {
		fprintf(stderr, "usage: crash paravane.elf [FILE]\n");
		return 2;
	}
	if (argc == 3 && (file = fopen(argv[2], "r")) == NULL) {
		perror(argv[2]);
		return 1;
	}
	report_read(file, &report);
	if (file != stdin) {
		fclose(file);
	}
	if (!report.found) {
		fprintf(stderr, "crash: there is no report in it\n");
		return 1;
	}
	dwfl = open_image(argv[1]);
	if (dwfl == NULL) {
		fprintf(stderr, "crash: %s: %s\n", argv[1], dwfl_errmsg(-1));
		return 1;
	}
	printf("stopped: %s\n", report.reason[0] != '\0' ? report.reason : "(no reason)");
	(void)dwfl_getthreads(dwfl, print_thread, &frames);
	if (frames == 0) {
		print_place(dwfl, "#0 ", report.pc, report.pc);
	}
	dwfl_end(dwfl);
	return 0;
}
