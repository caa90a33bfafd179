/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options of a run; options.h says what they mean.
 *
 * One table: a key, what form its value has, where it goes, and the words that are allowed.
 */
#include "tests/host/common/options.h"

#include "tests/host/common/dialect.h"
#include "tests/host/common/fdt_read.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/mem.h"

#define PAGE_MASK 0xFFFULL
#define BLOCK_MASK 0x1FFFFFULL

/* A piece of the text; not NUL-terminated. */
struct piece {
	const char *text;
	size_t length;
};

enum form {
	FORM_NAME, /* letters, digits, - and _, copied; `max` of them */
	FORM_ARGS, /* any text, copied with commas turned into spaces */
	FORM_U32,  /* number from `min` to `max` */
	FORM_U64,  /* any number */
	FORM_BASE, /* page aligned address, or "random" */
	FORM_IGVM, /* ADDR,SIZE: igvm_addr and igvm_size */
	FORM_BITS, /* comma list of bit numbers, or "none", as a mask into a u64 */
	FORM_BOOL, /* the second of two words: true */
	FORM_WORD, /* which of the words, from 0, into a u32 */
	FORM_PICK, /* one of the words, which are numbers, into a u32 */
	FORM_SET,  /* comma list of words, or "none": bit n of a u32 for word n */
	FORM_2MIB, /* address, a multiple of 2 MiB */
};

struct key {
	const char *name;
	enum form form;
	size_t offset; /* in struct host_options */
	uint32_t min;
	uint32_t max;
	const char *words; /* separated by | */
};

#define AT(field) offsetof(struct host_options, field)

static const struct key keys[] = {
	{ "nonce", FORM_NAME, AT(nonce), 0, OPTIONS_WORD_MAX, NULL },
	{ "igvm", FORM_IGVM, AT(igvm_addr), 0, 0, NULL },
	{ "ram", FORM_U32, AT(ram_mib), 16, 1U << 20, NULL },
	{ "vps", FORM_U32, AT(vps), 1, OPTIONS_VPS_MAX, NULL },
	{ "seed", FORM_U64, AT(seed), 0, 0, NULL },
	{ "vtl", FORM_PICK, AT(vtl), 0, 0, "0|2" },
	{ "deny", FORM_SET, AT(deny), 0, 0, "startvp|hvcicept|actstate|protect|assist|synic|rtc" },
	{ "caps", FORM_BITS, AT(caps_clear), 0, 0, NULL },
	{ "treeorder", FORM_BOOL, AT(tree_reversed), 0, 0, "vp|rev" },
	{ "perm", FORM_BOOL, AT(vp_permuted), 0, 0, "0|1" },
	{ "base", FORM_BASE, AT(base), 0, 0, NULL },
	{ "tree", FORM_NAME, AT(tree_defect), 0, OPTIONS_WORD_MAX, NULL },
	{ "raw", FORM_WORD, AT(raw), 0, 0, "none|com1|com2" },
	{ "cpucells", FORM_PICK, AT(tree_cpu_cells), 0, 0, "1|2" },
	{ "gic", FORM_BOOL, AT(tree_gic), 0, 0, "0|1" },
	{ "nodes", FORM_BOOL, AT(tree_kernel_nodes), 0, 0, "host|kernel" },
	{ "args", FORM_ARGS, AT(args), 0, OPTIONS_ARGS_MAX, NULL },
	{ "fault", FORM_ARGS, AT(fault), 0, OPTIONS_ARGS_MAX, NULL },
	{ "conv", FORM_WORD, AT(conv), 0, 0, "none|hvc0|hvc1|both" },
	{ "x29", FORM_BOOL, AT(x29_private), 0, 0, "shared|private" },
	{ "inspect", FORM_BOOL, AT(inspect), 0, 0, "off|on" },
	{ "restarts", FORM_U32, AT(restarts), 0, 8, NULL },
	{ "keep", FORM_U32, AT(keep_kib), 0, 4096, NULL },
	{ "poison", FORM_BOOL, AT(poison_off), 0, 0, "on|off" },
	{ "rambase", FORM_2MIB, AT(ram_base), 0, 0, NULL },
	{ "dialect", FORM_NAME, AT(dialect), 0, OPTIONS_WORD_MAX, NULL },
	{ "vmbus", FORM_BOOL, AT(vmbus_size1), 0, 0, "size2|size1" },
	{ "memtype", FORM_BOOL, AT(tree_types_vtl2), 0, 0, "all|vtl2" },
	{ "affinity", FORM_BOOL, AT(affinity_clusters), 0, 0, "flat|cluster" },
	{ "enabled", FORM_BOOL, AT(vtl2_enabled_all), 0, 0, "boot|all" },
	{ "start", FORM_WORD, AT(start), 0, 0, "both|startvp|cpuon" },
	{ "daif", FORM_BOOL, AT(daif_open), 0, 0, "masked|open" },
	{ "blockfault", FORM_BOOL, AT(block_fault_message), 0, 0, "3|message" },
	{ "badflags", FORM_PICK, AT(status_bad_flags), 0, 0, "5|0x50" },
	{ "cont", FORM_WORD, AT(continued), 0, 0, "pc|timeout|short" },
	{ "failout", FORM_BOOL, AT(failed_output_random), 0, 0, "kept|random" },
	{ "fastout", FORM_BOOL, AT(fast_output_words), 0, 0, "pairs|words" },
	{ "apicid", FORM_BOOL, AT(apic_id_exact), 0, 0, "affinity|exact" },
	{ "apicout", FORM_BOOL, AT(apic_out_padded), 0, 0, "packed|padded" },
	{ "assertdest", FORM_BOOL, AT(assert_needs_mpidr), 0, 0, "any|mpidr" },
	{ "event", FORM_WORD, AT(event), 0, 0, "pair|far|refuse" },
	{ "instr", FORM_BOOL, AT(no_instruction), 0, 0, "given|none" },
	{ "origin", FORM_BOOL, AT(origin_self), 0, 0, "0|self" },
	{ "slot", FORM_BOOL, AT(slot_pending), 0, 0, "drop|pending" },
	{ "scontrol", FORM_BOOL, AT(scontrol_on), 0, 0, "0|1" },
	{ "crashbit", FORM_PICK, AT(crash_bit), 0, 0, "72|105" },
	{ "vmcall", FORM_BOOL, AT(vmcall_intel), 0, 0, "amd|intel" },
	{ "guestvsm", FORM_BOOL, AT(no_guest_vsm), 0, 0, "1|0" },
	{ "cpuon", FORM_BOOL, AT(cpu_on_dropped), 0, 0, "host|drop" },
	{ "pagecross", FORM_PICK, AT(status_page_cross), 0, 0, "3|4" },
	{ "badreg", FORM_PICK, AT(status_bad_register), 0, 0, "5|0x87" },
	{ "roreg", FORM_PICK, AT(status_read_only), 0, 0, "5|0x50" },
};

#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))

static void defaults(struct host_options *options)
{
	memset(options, 0, sizeof(*options));
	memcpy(options->nonce, "none", 5);
	options->ram_mib = 256;
	options->vps = 1;
	options->seed = 1;
	options->vtl = 2;
	options->conv = OPTIONS_CONV_HVC0 | OPTIONS_CONV_HVC1;
	options->tree_cpu_cells = 2;
	options->status_page_cross = 3;
	options->status_bad_register = 5;
	options->status_read_only = 0x50;
	options->status_bad_flags = 5;
	options->crash_bit = 72;
}

/* Takes what stands before the next `separator` off the front of *rest. */
static struct piece cut(struct piece *rest, char separator)
{
	struct piece first = { rest->text, 0 };

	while (first.length < rest->length && first.text[first.length] != separator) {
		first.length++;
	}
	rest->text += first.length;
	rest->length -= first.length;
	if (rest->length > 0) {
		rest->text++;
		rest->length--;
	}
	return first;
}

static bool piece_is(struct piece piece, const char *text)
{
	return piece.length == host_strlen(text) && memcmp(piece.text, text, piece.length) == 0;
}

/* The value of a digit, 16 and more for anything else. */
static uint32_t digit(char c)
{
	if (c >= '0' && c <= '9') {
		return (uint32_t)(c - '0');
	}
	c = (char)(c | 0x20); /* to lower case */
	return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 16;
}

static bool read_number(struct piece piece, uint64_t *value)
{
	bool hex = piece.length > 2 && piece.text[0] == '0' && piece.text[1] == 'x';
	uint64_t base = hex ? 16 : 10;
	size_t i = hex ? 2 : 0;

	*value = 0;
	if (i == piece.length) {
		return false;
	}
	for (; i < piece.length; i++) {
		uint32_t d = digit(piece.text[i]);

		if (d >= base || *value > (UINT64_MAX - d) / base) {
			return false;
		}
		*value = *value * base + d;
	}
	return true;
}

bool options_number(const char *text, size_t length, uint64_t *value)
{
	return read_number((struct piece){ text, length }, value);
}

/* Which of `words` this is, from 0. */
static bool read_word(struct piece piece, const char *words, uint32_t *value)
{
	struct piece rest = { words, host_strlen(words) };

	for (*value = 0; rest.length > 0; *value += 1) {
		struct piece word = cut(&rest, '|');

		if (word.length == piece.length &&
		    memcmp(word.text, piece.text, word.length) == 0) {
			return true;
		}
	}
	return false;
}

static bool read_name(struct piece piece, uint32_t max, char *to)
{
	size_t i;

	if (piece.length == 0 || piece.length > max) {
		return false;
	}
	for (i = 0; i < piece.length; i++) {
		char c = piece.text[i];
		char lower = (char)(c | 0x20);

		if (digit(c) > 9 && (lower < 'a' || lower > 'z') && c != '-' && c != '_') {
			return false;
		}
	}
	memcpy(to, piece.text, piece.length);
	to[piece.length] = '\0';
	return true;
}

static bool read_args(struct piece piece, uint32_t max, char *to)
{
	size_t i;

	if (piece.length > max) {
		return false;
	}
	for (i = 0; i < piece.length; i++) {
		to[i] = (char)(piece.text[i] == ',' ? ' ' : piece.text[i]);
	}
	to[i] = '\0';
	return true;
}

static bool read_range(struct piece piece, uint64_t *base, uint64_t *size)
{
	struct piece first = cut(&piece, ',');

	return read_number(first, base) && read_number(piece, size) && *size > 0 &&
	       *size <= UINT64_MAX - *base;
}

static bool read_set(struct piece piece, const char *words, uint32_t *to)
{
	if (piece_is(piece, "none")) {
		return true;
	}
	do {
		uint32_t value;

		if (!read_word(cut(&piece, ','), words, &value)) {
			return false;
		}
		*to |= 1U << value;
	} while (piece.length > 0);
	return true;
}

static bool read_bits(struct piece piece, uint64_t *to)
{
	if (piece_is(piece, "none")) {
		return true;
	}
	do {
		uint64_t value;

		if (!read_number(cut(&piece, ','), &value) || value > 63) {
			return false;
		}
		*to |= 1ULL << value;
	} while (piece.length > 0);
	return true;
}

static bool read_u32(struct piece piece, const struct key *key, uint32_t *to)
{
	uint64_t value;

	if (!read_number(piece, &value) || value < key->min || value > key->max) {
		return false;
	}
	*to = (uint32_t)value;
	return true;
}

static bool read_bool(struct piece piece, const char *words, bool *to)
{
	uint32_t value;

	if (!read_word(piece, words, &value)) {
		return false;
	}
	*to = value != 0;
	return true;
}

static bool read_pick(struct piece piece, const char *words, uint32_t *to)
{
	uint64_t number;

	if (!read_word(piece, words, to) || !read_number(piece, &number)) {
		return false;
	}
	*to = (uint32_t)number;
	return true;
}

static bool read_base(struct piece piece, struct host_options *options)
{
	options->base_random = piece_is(piece, "random");
	if (options->base_random) {
		return true;
	}
	options->base_set = true;
	return read_number(piece, &options->base) && (options->base & PAGE_MASK) == 0;
}

static bool set_value(struct host_options *options, const struct key *key, struct piece value)
{
	void *to = (uint8_t *)options + key->offset;

	switch (key->form) {
	case FORM_NAME:
		return read_name(value, key->max, to);
	case FORM_ARGS:
		return read_args(value, key->max, to);
	case FORM_U32:
		return read_u32(value, key, to);
	case FORM_U64:
		return read_number(value, to);
	case FORM_BASE:
		return read_base(value, options);
	case FORM_2MIB:
		return read_number(value, to) && (*(uint64_t *)to & BLOCK_MASK) == 0;
	case FORM_IGVM:
		return read_range(value, &options->igvm_addr, &options->igvm_size);
	case FORM_BITS:
		return read_bits(value, to);
	case FORM_BOOL:
		return read_bool(value, key->words, to);
	case FORM_WORD:
		return read_word(value, key->words, to);
	case FORM_PICK:
		return read_pick(value, key->words, to);
	case FORM_SET:
		return read_set(value, key->words, to);
	}
	return false;
}

static const struct key *find_key(struct piece name)
{
	size_t i;

	for (i = 0; i < KEY_COUNT; i++) {
		if (piece_is(name, keys[i].name)) {
			return &keys[i];
		}
	}
	return NULL;
}

/* One key=value. */
static bool parse_option(struct host_options *options, struct piece option, uint64_t *seen,
			 char *error, size_t error_size)
{
	struct piece value = option;
	struct piece name = cut(&value, '=');
	const struct key *key = find_key(name);
	int length = (int)name.length;
	uint64_t bit;

	if (key == NULL || name.length == option.length) {
		(void)host_snprintf(error, error_size, "option %.*s: %s", length, name.text,
				    key == NULL ? "not known" : "has no value");
		return false;
	}
	bit = 1ULL << (key - keys);
	if ((*seen & bit) != 0) {
		(void)host_snprintf(error, error_size, "option %s: given twice", key->name);
		return false;
	}
	*seen |= bit;
	if (!set_value(options, key, value)) {
		(void)host_snprintf(error, error_size, "option %s: bad value \"%.*s\"", key->name,
				    (int)value.length, value.text);
		return false;
	}
	return true;
}

_Static_assert(KEY_COUNT <= 64, "one bit for each key in parse_option");
_Static_assert(sizeof(enum options_raw) == sizeof(uint32_t), "FORM_WORD writes a u32");

static struct piece whole(const char *text)
{
	return (struct piece){ text, host_strlen(text) };
}

bool options_set(struct host_options *options, const char *key, const char *value)
{
	const struct key *found = find_key(whole(key));

	return found != NULL && set_value(options, found, whole(value));
}

/* What the dialect draws, but for the keys that were given. */
static bool draw(struct host_options *options, uint64_t seen, char *error, size_t error_size)
{
	const char *key;
	uint32_t n;

	if (!dialect_known(options->dialect)) {
		(void)host_snprintf(error, error_size, "option dialect: bad value \"%s\"",
				    options->dialect);
		return false;
	}
	for (n = 0; (key = dialect_key(n)) != NULL; n++) {
		if ((seen & (1ULL << (find_key(whole(key)) - keys))) == 0) {
			dialect_draw(options, n);
		}
	}
	return true;
}

bool options_parse(struct host_options *options, const char *text, size_t length, char *error,
		   size_t error_size)
{
	struct piece rest = { text, host_strnlen(text, length) };
	uint64_t seen = 0;

	defaults(options);
	if (error_size > 0) {
		error[0] = '\0';
	}
	while (rest.length > 0) {
		struct piece option = cut(&rest, ' ');

		if (option.length > 0 && !parse_option(options, option, &seen, error, error_size)) {
			return false;
		}
	}
	if (options->igvm_size == 0) {
		(void)host_snprintf(error, error_size, "option igvm: missing");
		return false;
	}
	return options->dialect[0] == '\0' || draw(options, seen, error, error_size);
}

bool options_from_fdt(struct host_options *options, const void *fdt, size_t fdt_max, char *error,
		      size_t error_size)
{
	struct fdt_value value;

	if (!fdt_read_property(fdt, fdt_max, "chosen", "bootargs", &value)) {
		defaults(options);
		(void)host_snprintf(error, error_size, "no options: no /chosen bootargs");
		return false;
	}
	return options_parse(options, (const char *)value.data, value.size, error, error_size);
}
