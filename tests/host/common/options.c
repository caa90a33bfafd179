/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options of a run; options.h says what they mean.
 *
 * One table: a key, what form its value has, and where it goes. Values that are words come with
 * the list of the words that are allowed.
 */
#include "tests/host/common/options.h"

#include "tests/host/common/fdt_read.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/mem.h"

#define PAGE_MASK 0xFFFULL

/* A piece of the text; not NUL-terminated. */
struct piece {
	const char *text;
	size_t length;
};

struct word {
	const char *text;
	uint32_t value;
};

enum form {
	FORM_NAME, /* letters, digits, - and _, copied; `max` of them */
	FORM_ARGS, /* any text, copied with commas turned into spaces */
	FORM_U32,  /* number from `min` to `max` */
	FORM_U64,  /* any number */
	FORM_BASE, /* page aligned address; also sets base_set */
	FORM_IGVM, /* ADDR,SIZE: igvm_addr and igvm_size */
	FORM_BITS, /* comma list of bit numbers, or'ed into a u64 */
	FORM_BOOL, /* one of `words` into a bool */
	FORM_WORD, /* one of `words` into a u32 */
	FORM_SET,  /* comma list of `words`, or'ed into a u32 */
};

struct key {
	const char *name;
	enum form form;
	size_t offset; /* in struct host_options */
	uint32_t min;
	uint32_t max;
	const struct word *words; /* up to one without text */
};

static const struct word words_bool[] = { { "0", 0 }, { "1", 1 }, { NULL, 0 } };
static const struct word words_vtl[] = { { "0", 0 }, { "2", 2 }, { NULL, 0 } };
static const struct word words_order[] = { { "vp", 0 }, { "rev", 1 }, { NULL, 0 } };
static const struct word words_x29[] = { { "shared", 0 }, { "private", 1 }, { NULL, 0 } };
static const struct word words_cpuon[] = { { "host", 0 }, { "drop", 1 }, { NULL, 0 } };
static const struct word words_cells[] = { { "1", 1 }, { "2", 2 }, { NULL, 0 } };
static const struct word words_cross[] = { { "3", 3 }, { "4", 4 }, { NULL, 0 } };
static const struct word words_badreg[] = { { "5", 5 }, { "0x87", 0x87 }, { NULL, 0 } };
static const struct word words_roreg[] = { { "5", 5 }, { "0x50", 0x50 }, { NULL, 0 } };

static const struct word words_raw[] = {
	{ "none", OPTIONS_RAW_NONE },
	{ "com1", OPTIONS_RAW_COM1 },
	{ "com2", OPTIONS_RAW_COM2 },
	{ NULL, 0 },
};

static const struct word words_conv[] = {
	{ "both", OPTIONS_CONV_HVC0 | OPTIONS_CONV_HVC1 },
	{ "hvc0", OPTIONS_CONV_HVC0 },
	{ "hvc1", OPTIONS_CONV_HVC1 },
	{ "none", 0 },
	{ NULL, 0 },
};

static const struct word words_deny[] = {
	{ "startvp", OPTIONS_DENY_STARTVP },
	{ "hvcicept", OPTIONS_DENY_HVCICEPT },
	{ "actstate", OPTIONS_DENY_ACTSTATE },
	{ "protect", OPTIONS_DENY_PROTECT },
	{ "assist", OPTIONS_DENY_ASSIST },
	{ "synic", OPTIONS_DENY_SYNIC },
	{ NULL, 0 },
};

#define AT(field) offsetof(struct host_options, field)

static const struct key keys[] = {
	{ "nonce", FORM_NAME, AT(nonce), 0, OPTIONS_WORD_MAX, NULL },
	{ "igvm", FORM_IGVM, AT(igvm_addr), 0, 0, NULL },
	{ "ram", FORM_U32, AT(ram_mib), 16, 1U << 20, NULL },
	{ "vps", FORM_U32, AT(vps), 1, OPTIONS_VPS_MAX, NULL },
	{ "seed", FORM_U64, AT(seed), 0, 0, NULL },
	{ "vtl", FORM_WORD, AT(vtl), 0, 0, words_vtl },
	{ "deny", FORM_SET, AT(deny), 0, 0, words_deny },
	{ "caps", FORM_BITS, AT(caps_clear), 0, 0, NULL },
	{ "treeorder", FORM_BOOL, AT(tree_reversed), 0, 0, words_order },
	{ "perm", FORM_BOOL, AT(vp_permuted), 0, 0, words_bool },
	{ "base", FORM_BASE, AT(base), 0, 0, NULL },
	{ "tree", FORM_NAME, AT(tree_defect), 0, OPTIONS_WORD_MAX, NULL },
	{ "raw", FORM_WORD, AT(raw), 0, 0, words_raw },
	{ "cpucells", FORM_WORD, AT(tree_cpu_cells), 0, 0, words_cells },
	{ "gic", FORM_BOOL, AT(tree_gic), 0, 0, words_bool },
	{ "args", FORM_ARGS, AT(args), 0, OPTIONS_ARGS_MAX, NULL },
	{ "fault", FORM_ARGS, AT(fault), 0, OPTIONS_ARGS_MAX, NULL },
	{ "conv", FORM_WORD, AT(conv), 0, 0, words_conv },
	{ "x29", FORM_BOOL, AT(x29_private), 0, 0, words_x29 },
	{ "simpoison", FORM_BOOL, AT(message_poison), 0, 0, words_bool },
	{ "cpuon", FORM_BOOL, AT(cpu_on_dropped), 0, 0, words_cpuon },
	{ "pagecross", FORM_WORD, AT(status_page_cross), 0, 0, words_cross },
	{ "badreg", FORM_WORD, AT(status_bad_register), 0, 0, words_badreg },
	{ "roreg", FORM_WORD, AT(status_read_only), 0, 0, words_roreg },
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
	options->message_poison = true;
	options->status_page_cross = 3;
	options->status_bad_register = 5;
	options->status_read_only = 0x50;
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

static bool read_word(struct piece piece, const struct word *words, uint32_t *value)
{
	for (; words->text != NULL; words++) {
		if (piece_is(piece, words->text)) {
			*value = words->value;
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
		to[i] = piece.text[i] == ',' ? ' ' : piece.text[i];
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

static bool read_set(struct piece piece, const struct word *words, uint32_t *to)
{
	do {
		uint32_t value;

		if (!read_word(cut(&piece, ','), words, &value)) {
			return false;
		}
		*to |= value;
	} while (piece.length > 0);
	return true;
}

static bool read_bits(struct piece piece, uint64_t *to)
{
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

static bool read_bool(struct piece piece, const struct word *words, bool *to)
{
	uint32_t value;

	if (!read_word(piece, words, &value)) {
		return false;
	}
	*to = value != 0;
	return true;
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
		options->base_set = true;
		return read_number(value, to) && (options->base & PAGE_MASK) == 0;
	case FORM_IGVM:
		return read_range(value, &options->igvm_addr, &options->igvm_size);
	case FORM_BITS:
		return read_bits(value, to);
	case FORM_BOOL:
		return read_bool(value, key->words, to);
	case FORM_WORD:
		return read_word(value, key->words, to);
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
static bool parse_option(struct host_options *options, struct piece option, uint32_t *seen,
			 char *error, size_t error_size)
{
	struct piece value = option;
	struct piece name = cut(&value, '=');
	const struct key *key = find_key(name);
	int length = (int)name.length;
	uint32_t bit;

	if (key == NULL || name.length == option.length) {
		(void)host_snprintf(error, error_size, "option %.*s: %s", length, name.text,
				    key == NULL ? "not known" : "has no value");
		return false;
	}
	bit = 1U << (key - keys);
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

_Static_assert(KEY_COUNT <= 32, "one bit for each key in parse_option");
_Static_assert(sizeof(enum options_raw) == sizeof(uint32_t), "FORM_WORD writes a u32");

bool options_parse(struct host_options *options, const char *text, size_t length, char *error,
		   size_t error_size)
{
	struct piece rest = { text, host_strnlen(text, length) };
	uint32_t seen = 0;

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
	return true;
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
