/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which hypervisor is this host today? dialect.h says how it is asked; docs/dialects.md says for
 * each option from where its values come.
 */
#include "tests/host/common/dialect.h"

#include <stddef.h>

#include "tests/host/common/fmt.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/rng.h"

/* What a number draws from `values`. */
enum kind {
	KIND_ONE,  /* one of them */
	KIND_SET,  /* each with a chance of a quarter, joined by commas */
	KIND_SEED, /* a number */
};

#define LISTS 3

static const char *const list_names[LISTS] = { "tlfs", "openhcl", "contrary" };

/* Behind the values: what the three lists choose; NULL leaves the default. */
struct row {
	const char *key;
	enum kind kind;
	const char *values; /* separated by | */
	const char *list[LISTS];
};

/* "contrary" takes the other value of everything, so that nothing is only tried as it is wont. */
static const struct row rows[] = {
	{ "seed", KIND_SEED, "", { "11", "12", "13" } },
	{ "perm", KIND_ONE, "0|1", { "1", "0", "1" } },
	{ "treeorder", KIND_ONE, "vp|rev", { "vp", "vp", "rev" } },
	{ "affinity", KIND_ONE, "flat|cluster", { "cluster", "flat", "cluster" } },
	{ "rambase", KIND_ONE, "0|0x200000|0x4000000", { "0", "0", "0x4000000" } },
	{ "base", KIND_ONE, "random", { "random", NULL, "random" } },
	{ "cpucells", KIND_ONE, "1|2", { "2", "2", "1" } },
	{ "gic", KIND_ONE, "0|1", { "1", "1", "1" } },
	{ "vmbus", KIND_ONE, "size2|size1", { "size1", "size2", "size1" } },
	{ "memtype", KIND_ONE, "all|vtl2", { "all", "all", "vtl2" } },
	{ "enabled", KIND_ONE, "boot|all", { "boot", "boot", "all" } },
	{ "x29", KIND_ONE, "shared|private", { "private", "shared", "private" } },
	{ "cpuon", KIND_ONE, "host|host|drop", { "drop", "host", "drop" } },
	{ "start", KIND_ONE, "both|startvp|cpuon", { "startvp", "both", "cpuon" } },
	{ "daif", KIND_ONE, "masked|open", { "masked", "masked", "open" } },
	{ "pagecross", KIND_ONE, "3|4", { "4", "3", "4" } },
	{ "blockfault", KIND_ONE, "3|message", { "message", "3", "message" } },
	{ "badreg", KIND_ONE, "5|0x87", { "5", "0x87", "0x87" } },
	{ "roreg", KIND_ONE, "5|0x50", { "5", "0x50", "5" } },
	{ "badflags", KIND_ONE, "5|0x50", { "5", "0x50", "0x50" } },
	{ "cont", KIND_ONE, "pc|timeout|short", { "pc", "timeout", "short" } },
	{ "failout", KIND_ONE, "kept|random", { "random", "kept", "random" } },
	{ "fastout", KIND_ONE, "pairs|words", { "words", "pairs", "words" } },
	{ "apicid", KIND_ONE, "affinity|exact", { "affinity", "affinity", "exact" } },
	{ "apicout", KIND_ONE, "packed|padded", { "padded", "packed", "padded" } },
	{ "assertdest", KIND_ONE, "any|mpidr", { "mpidr", "any", "mpidr" } },
	{ "event", KIND_ONE, "pair|far|refuse", { "far", "pair", "refuse" } },
	{ "instr", KIND_ONE, "given|none", { "given", "given", "none" } },
	{ "origin", KIND_ONE, "0|self", { "self", "0", "self" } },
	{ "slot", KIND_ONE, "drop|pending", { "pending", "drop", "pending" } },
	{ "scontrol", KIND_ONE, "0|1", { "0", "1", "1" } },
	{ "crashbit", KIND_ONE, "72|105", { "105", "72", "105" } },
	{ "vmcall", KIND_ONE, "amd|intel", { "amd", "amd", "intel" } },
	{ "guestvsm", KIND_ONE, "1|0", { "0", "1", "0" } },
	{ "caps", KIND_SET, "17|27|30|32", { "27,30,32", "none", "17,27,30,32" } },
	{ "deny", KIND_SET, "hvcicept|actstate", { "actstate", "none", "hvcicept" } },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))
#define VALUE_MAX 64

/* Decimal or 0x hexadecimal, as the options are. */
static bool read_number(const char *text, uint64_t *value)
{
	uint32_t base = text[0] == '0' && text[1] == 'x' ? 16 : 10;

	*value = 0;
	text += base == 16 ? 2 : 0;
	if (*text == '\0') {
		return false;
	}
	for (; *text != '\0'; text++) {
		char lower = (char)(*text | 0x20);
		uint32_t digit = lower >= 'a' ? (uint32_t)(lower - 'a') + 10 :
						(uint32_t)(*text - '0');

		if (digit >= base || *value > (UINT64_MAX - digit) / base) {
			return false;
		}
		*value = *value * base + digit;
	}
	return true;
}

static uint32_t find_list(const char *name)
{
	uint32_t n;

	for (n = 0; n < LISTS; n++) {
		if (host_strlen(name) == host_strlen(list_names[n]) &&
		    memcmp(name, list_names[n], host_strlen(name)) == 0) {
			break;
		}
	}
	return n;
}

bool dialect_known(const char *dialect)
{
	uint64_t number;

	return find_list(dialect) < LISTS || read_number(dialect, &number);
}

const char *dialect_key(uint32_t n)
{
	return n < ROWS ? rows[n].key : NULL;
}

/* Starts the generator where this option's values come from. */
static void seed_for(const char *key, uint64_t number)
{
	uint64_t hash = 0xCBF29CE484222325ull;

	for (; *key != '\0'; key++) {
		hash = (hash ^ (uint8_t)*key) * 0x100000001B3ull;
	}
	rng_seed(hash ^ number);
	(void)rng_next();
	rng_seed(rng_next());
}

/* Appends the n-th of `values`; false behind the last. */
static bool append(char *value, const char *values, uint32_t n)
{
	size_t at = host_strlen(value);

	for (; n > 0; values++) {
		if (*values == '\0') {
			return false;
		}
		n -= *values == '|' ? 1 : 0;
	}
	if (at > 0) {
		value[at++] = ',';
	}
	while (*values != '\0' && *values != '|' && at < VALUE_MAX - 1) {
		value[at++] = *values++;
	}
	value[at] = '\0';
	return true;
}

static uint32_t count(const char *values)
{
	uint32_t n = 1;

	for (; *values != '\0'; values++) {
		n += *values == '|' ? 1 : 0;
	}
	return n;
}

static void draw(const struct row *row, char value[VALUE_MAX])
{
	uint32_t values = count(row->values);
	uint32_t n;

	value[0] = '\0';
	switch (row->kind) {
	case KIND_SEED:
		(void)host_snprintf(value, VALUE_MAX, "%u", (uint32_t)rng_next() | 1);
		break;
	case KIND_ONE:
		(void)append(value, row->values, (uint32_t)(rng_next() % values));
		break;
	case KIND_SET:
		for (n = 0; n < values; n++) {
			if (rng_next() % 4 == 0) {
				(void)append(value, row->values, n);
			}
		}
		if (value[0] == '\0') {
			(void)host_snprintf(value, VALUE_MAX, "none");
		}
		break;
	}
}

void dialect_draw(struct host_options *options, uint32_t n)
{
	const struct row *row = &rows[n];
	uint32_t list = find_list(options->dialect);
	size_t used = host_strlen(options->drawn);
	uint64_t number = 0;
	char value[VALUE_MAX];

	if (list < LISTS) {
		if (row->list[list] == NULL) {
			return;
		}
		(void)host_snprintf(value, VALUE_MAX, "%s", row->list[list]);
	} else {
		(void)read_number(options->dialect, &number);
		seed_for(row->key, number);
		draw(row, value);
	}
	if (options_set(options, row->key, value)) {
		(void)host_snprintf(options->drawn + used, OPTIONS_DRAWN_MAX - used, " %s=%s",
				    row->key, value);
	}
}
