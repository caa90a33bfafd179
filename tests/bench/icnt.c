/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many instructions were executed, and whose were they?
 *
 * A TCG plugin for QEMU (plugin API version 1). Every executed instruction is counted, by processor
 * and by the address range it lies in: "host" and "vtl2" as given, everything else is VTL0. No
 * header of QEMU is needed: the entry points are declared here, as its API documents them.
 *
 *   -plugin icnt.so,out=FILE,host=LO-HI,vtl2=LO-HI,symbols=FILE[,arch=x86_64][,point=NAME]...
 *
 * symbols: lines "ADDR NAME", in the order of addresses, which are from the start of vtl2 on.
 * VTL2's instructions are counted by the symbol in front of them as well.
 * VTL0 marks an interval with instructions that do nothing: hint #96 begins it, hint #97 ends it;
 * on x86_64 "nopl 0x60(%rax)" and "nopl 0x61(%rax)".
 * Lines of the output, all numbers of the processor that is named:
 *   call cpu= vtl0= host= vtl2= hypercalls= returns=   strictly between the two marks
 *   first cpu= ...     all so far, at this processor's first VTL return: it enters VTL0
 *   point NAME cpu= ...  all so far, when that symbol is reached for the first time
 *   part NAME n=       after a call, first or end: VTL2's share that lies behind that symbol
 *   end cpu= ... longest=  all, at the end; longest stay in VTL2 after the first return
 * hypercalls: hvc #0 and #1 executed in VTL2; returns: hvc #3 there, one for each stay. x86_64: the
 * hypercall page's VMMCALL, and the one behind "mov $0x12, %ecx".
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
#define CPUS_MAX 64
#define POINTS_MAX 32
#define SYMBOLS_MAX 4096
#define NAME_SIZE 64

#define HVC_MASK UINT32_C(0xFFE0001F)
#define HVC_CODE UINT32_C(0xD4000002)
#define HVC_VTL_RETURN 3
#define HINT_BEGIN (UINT32_C(0xD503201F) | (96 << 5))
#define HINT_END (UINT32_C(0xD503201F) | (97 << 5))

/* Four bytes, the first one lowest. */
#define NOP_BEGIN UINT32_C(0x60401F0F)
#define NOP_END UINT32_C(0x61401F0F)
#define VMMCALL UINT32_C(0xD9010F)
#define CODE_MAX 8
#define RETURN_MOV UINT64_C(0x00000012B9) /* mov $0x12, %ecx */

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;
typedef uint64_t plugin_id;
typedef void (*insn_fn)(unsigned int cpu, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id,
					   void (*fn)(plugin_id, struct qemu_plugin_tb *));
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, insn_fn fn, int flags,
					    void *data);
void qemu_plugin_register_atexit_cb(plugin_id id, void (*fn)(plugin_id, void *), void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t n);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
EXPORT int qemu_plugin_install(plugin_id id, const struct qemu_info *info, int argc, char **argv);

extern int qemu_plugin_version;
EXPORT int qemu_plugin_version = 1;

enum whose {
	VTL0,
	HOST,
	VTL2,
	HYPERCALLS,
	RETURNS,
	COUNTS
};

static const char *const names[COUNTS] = { "vtl0", "host", "vtl2", "hypercalls", "returns" };

struct cpu {
	uint64_t n[COUNTS];
	uint64_t begin[COUNTS];
	uint64_t stay; /* VTL2's count at the last return */
	uint64_t longest;
};

static struct cpu cpus[CPUS_MAX];
static struct {
	uint64_t lo;
	uint64_t hi;
} range[COUNTS];
static uintptr_t points[POINTS_MAX]; /* symbols */
static bool passed[POINTS_MAX];
static unsigned int point_count;
static bool is_x86;
static FILE *out;

/* Symbol 0 is all that lies in front of the first. */
static struct {
	uint64_t address;
	char name[NAME_SIZE];
} symbols[SYMBOLS_MAX] = { { 0, "?" } };
static uintptr_t symbol_count = 1;
static uint64_t parts[CPUS_MAX][SYMBOLS_MAX];
static uint64_t parts_begin[CPUS_MAX][SYMBOLS_MAX];

static struct cpu *cpu_of(unsigned int number)
{
	return &cpus[number % CPUS_MAX];
}

static void print_counts(unsigned int number, const uint64_t *from)
{
	fprintf(out, " cpu=%u", number);
	for (unsigned int i = 0; i < COUNTS; i++) {
		fprintf(out, " %s=%" PRIu64, names[i],
			cpu_of(number)->n[i] - (from == NULL ? 0 : from[i]));
	}
}

static void on_insn(unsigned int number, void *whose)
{
	cpu_of(number)->n[(uintptr_t)whose]++;
}

static void on_vtl2(unsigned int number, void *symbol)
{
	cpu_of(number)->n[VTL2]++;
	parts[number % CPUS_MAX][(uintptr_t)symbol]++;
}

static void print_parts(unsigned int number, const uint64_t *from)
{
	for (uintptr_t i = 0; i < symbol_count; i++) {
		uint64_t n = parts[number % CPUS_MAX][i] - (from == NULL ? 0 : from[i]);

		if (n != 0) {
			fprintf(out, "part %s n=%" PRIu64 "\n", symbols[i].name, n);
		}
	}
}

static void on_return(unsigned int number, void *data)
{
	struct cpu *cpu = cpu_of(number);
	uint64_t stay = cpu->n[VTL2] - cpu->stay;

	(void)data;
	if (cpu->n[RETURNS]++ == 0) {
		fputs("first", out);
		print_counts(number, NULL);
		fputc('\n', out);
		print_parts(number, NULL);
	} else if (stay > cpu->longest) {
		cpu->longest = stay;
	}
	cpu->stay = cpu->n[VTL2];
}

static void on_begin(unsigned int number, void *data)
{
	(void)data;
	memcpy(cpu_of(number)->begin, cpu_of(number)->n, sizeof(cpu_of(number)->n));
	memcpy(parts_begin[number % CPUS_MAX], parts[number % CPUS_MAX],
	       symbol_count * sizeof(parts[0][0]));
}

static void on_end(unsigned int number, void *data)
{
	struct cpu *cpu = cpu_of(number);

	(void)data;
	cpu->n[VTL0]--; /* the mark itself */
	fputs("call", out);
	print_counts(number, cpu->begin);
	fputc('\n', out);
	print_parts(number, parts_begin[number % CPUS_MAX]);
	cpu->n[VTL0]++;
}

static void on_point(unsigned int number, void *data)
{
	uintptr_t i = (uintptr_t)data;

	if (!passed[i]) {
		passed[i] = true;
		fprintf(out, "point %s", symbols[points[i]].name);
		print_counts(number, NULL);
		fputc('\n', out);
	}
}

static enum whose whose_is(uint64_t address)
{
	for (unsigned int i = HOST; i <= VTL2; i++) {
		if (address >= range[i].lo && address < range[i].hi) {
			return (enum whose)i;
		}
	}
	return VTL0;
}

static uintptr_t symbol_of(uint64_t address)
{
	uintptr_t low = 0;
	uintptr_t high = symbol_count;

	while (high - low > 1) {
		uintptr_t middle = (low + high) / 2;

		if (symbols[middle].address <= address) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}

static void watch(struct qemu_plugin_insn *insn, insn_fn fn, uintptr_t data)
{
	qemu_plugin_register_vcpu_insn_exec_cb(insn, fn, 0, (void *)data);
}

/* What it is to us. */
enum special {
	NOTHING_SPECIAL,
	BEGINS,
	ENDS,
	CALLS,
	RETURNS_TO_VTL0
};

static enum special special_arm64(uint64_t code)
{
	uint32_t number = (code >> 5) & 0xFFFF;

	if (code == HINT_BEGIN || code == HINT_END) {
		return code == HINT_BEGIN ? BEGINS : ENDS;
	}
	if ((code & HVC_MASK) != HVC_CODE) {
		return NOTHING_SPECIAL;
	}
	return number == HVC_VTL_RETURN ? RETURNS_TO_VTL0 : number <= 1 ? CALLS : NOTHING_SPECIAL;
}

/* before: the instruction in front of it, in the same block. */
static enum special special_x86(uint64_t code, uint64_t before)
{
	if (code == NOP_BEGIN || code == NOP_END) {
		return code == NOP_BEGIN ? BEGINS : ENDS;
	}
	if (code != VMMCALL) {
		return NOTHING_SPECIAL;
	}
	return before == RETURN_MOV ? RETURNS_TO_VTL0 : CALLS;
}

/* Its first bytes as a number. */
static uint64_t code_of(const struct qemu_plugin_insn *insn)
{
	size_t size = qemu_plugin_insn_size(insn);
	uint64_t code = 0;

	memcpy(&code, qemu_plugin_insn_data(insn), size < CODE_MAX ? size : CODE_MAX);
	return code;
}

static void watch_insn(struct qemu_plugin_insn *insn, enum special special)
{
	uint64_t address = qemu_plugin_insn_vaddr(insn);
	enum whose whose = whose_is(address);

	for (uintptr_t i = 0; i < point_count; i++) {
		if (symbols[points[i]].address == address) {
			watch(insn, on_point, i);
		}
	}
	if (whose == VTL2) {
		watch(insn, on_vtl2, symbol_of(address));
	} else {
		watch(insn, on_insn, whose);
	}
	if (whose == VTL2 && special == RETURNS_TO_VTL0) {
		watch(insn, on_return, 0);
	} else if (whose == VTL2 && special == CALLS) {
		watch(insn, on_insn, HYPERCALLS);
	} else if (whose == VTL0 && special == BEGINS) {
		watch(insn, on_begin, 0);
	} else if (whose == VTL0 && special == ENDS) {
		watch(insn, on_end, 0);
	}
}

static void on_translation(plugin_id id, struct qemu_plugin_tb *tb)
{
	uint64_t before = 0;

	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint64_t code = code_of(insn);

		watch_insn(insn, is_x86 ? special_x86(code, before) : special_arm64(code));
		before = code;
	}
}

static void on_exit(plugin_id id, void *data)
{
	(void)id;
	(void)data;
	for (unsigned int i = 0; i < CPUS_MAX; i++) {
		if (cpus[i].n[HOST] != 0) {
			fputs("end", out);
			print_counts(i, NULL);
			fprintf(out, " longest=%" PRIu64 "\n", cpus[i].longest);
			print_parts(i, NULL);
		}
	}
	fclose(out);
}

static bool set_range(enum whose whose, const char *text)
{
	char *end;

	range[whose].lo = strtoull(text, &end, 0);
	if (*end != '-') {
		return false;
	}
	range[whose].hi = strtoull(end + 1, &end, 0);
	return *end == '\0' && range[whose].lo < range[whose].hi;
}

static bool read_symbols(const char *path)
{
	FILE *in = fopen(path, "r");
	bool good = in != NULL;
	char line[128];

	while (good && symbol_count < SYMBOLS_MAX && fgets(line, sizeof(line), in) != NULL) {
		char *end;

		symbols[symbol_count].address = strtoull(line, &end, 16) + range[VTL2].lo;
		good = end != line && sscanf(end, " %63s", symbols[symbol_count].name) == 1 &&
		       symbols[symbol_count].address >= symbols[symbol_count - 1].address;
		symbol_count++;
	}
	if (in != NULL) {
		fclose(in);
	}
	return good && symbol_count > 1 && symbol_count < SYMBOLS_MAX;
}

static bool add_point(const char *name)
{
	for (uintptr_t i = 1; i < symbol_count && point_count < POINTS_MAX; i++) {
		if (strcmp(symbols[i].name, name) == 0) {
			points[point_count++] = i;
			return true;
		}
	}
	fprintf(stderr, "icnt: the image has no function %s\n", name);
	return false;
}

static bool argument(const char *text)
{
	if (strncmp(text, "out=", 4) == 0) {
		out = fopen(text + 4, "w");
		return out != NULL;
	}
	if (strncmp(text, "host=", 5) == 0) {
		return set_range(HOST, text + 5);
	}
	if (strncmp(text, "vtl2=", 5) == 0) {
		return set_range(VTL2, text + 5);
	}
	if (strncmp(text, "arch=", 5) == 0) {
		is_x86 = strcmp(text + 5, "x86_64") == 0;
		return is_x86 || strcmp(text + 5, "arm64") == 0;
	}
	if (strncmp(text, "symbols=", 8) == 0) {
		return read_symbols(text + 8);
	}
	if (strncmp(text, "point=", 6) == 0) {
		return add_point(text + 6);
	}
	return false;
}

int qemu_plugin_install(plugin_id id, const struct qemu_info *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++) {
		if (!argument(argv[i])) {
			fprintf(stderr, "icnt: what is '%s'?\n", argv[i]);
			return -1;
		}
	}
	if (out == NULL || symbol_count == 1) {
		fprintf(stderr, "icnt: out=FILE or symbols=FILE is missing\n");
		return -1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	qemu_plugin_register_atexit_cb(id, on_exit, NULL);
	return 0;
}
