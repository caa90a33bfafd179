/* SPDX-License-Identifier: BSD-2-Clause */
/* Are a run's options understood, and is each mistake in them named? */
#include "tests/host/common/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/host/common/fdt_write.h"
#include "tests/unit/host/test.h"

#define IGVM "igvm=0x50000000,4096 "

static struct host_options options;
static char error[128];

/* From an exact copy, so that the sanitizer sees a byte read too far. */
static bool parse(const char *text)
{
	size_t length = strlen(text);
	char *copy = malloc(length == 0 ? 1 : length);
	bool ok;

	assert_non_null(copy);
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): it must do without an end */
	memcpy(copy, text, length);
	ok = options_parse(&options, copy, length, error, sizeof(error));
	free(copy);
	return ok;
}

static void test_defaults(void **state)
{
	(void)state;
	assert_true(parse(IGVM));
	assert_string_equal(options.nonce, "none");
	assert_int_equal(options.igvm_addr, 0x50000000);
	assert_int_equal(options.igvm_size, 4096);
	assert_int_equal(options.ram_mib, 256);
	assert_int_equal(options.vps, 1);
	assert_int_equal(options.vtl, 2);
	assert_int_equal(options.deny, 0);
	assert_int_equal(options.caps_clear, 0);
	assert_false(options.base_set);
	assert_false(options.tree_reversed);
	assert_false(options.vp_permuted);
	assert_string_equal(options.tree_defect, "");
	assert_string_equal(options.args, "");
	assert_int_equal(options.raw, OPTIONS_RAW_NONE);
	assert_int_equal(options.conv, OPTIONS_CONV_HVC0 | OPTIONS_CONV_HVC1);
	assert_false(options.poison_off);
	assert_int_equal(options.crash_bit, 72);
	assert_string_equal(options.drawn, "");
	assert_int_equal(options.status_read_only, 0x50);
}

static void test_all_set(void **state)
{
	(void)state;
	assert_true(
		parse("nonce=a1B2-c_ igvm=0x50000000,0x1234  ram=512 vps=4 seed=0xFFFFFFFFFFFFFFFF "
		      "vtl=0 deny=startvp,hvcicept,actstate,protect,assist,synic caps=0,5,63 "
		      "treeorder=rev perm=1 base=0x10000000 tree=bad-magic raw=com2 gic=1 "
		      "args=quiet,a=b,c conv=none x29=private poison=off inspect=on "));
	assert_string_equal(options.nonce, "a1B2-c_");
	assert_int_equal(options.igvm_size, 0x1234);
	assert_int_equal(options.ram_mib, 512);
	assert_int_equal(options.vps, 4);
	assert_true(options.seed == UINT64_MAX);
	assert_int_equal(options.vtl, 0);
	assert_int_equal(options.deny, 0x3F);
	assert_true(options.caps_clear == (1ULL << 63 | 1U << 5 | 1U));
	assert_true(options.tree_reversed);
	assert_true(options.vp_permuted);
	assert_true(options.base_set);
	assert_int_equal(options.base, 0x10000000);
	assert_string_equal(options.tree_defect, "bad-magic");
	assert_int_equal(options.raw, OPTIONS_RAW_COM2);
	assert_true(options.tree_gic);
	assert_string_equal(options.args, "quiet a=b c");
	assert_int_equal(options.conv, 0);
	assert_true(options.x29_private);
	assert_true(options.poison_off && options.inspect);
	assert_true(parse(IGVM "cpuon=drop pagecross=4 badreg=0x87 roreg=5 cpucells=1"));
	assert_true(options.cpu_on_dropped);
	assert_int_equal(options.status_page_cross, 4);
	assert_int_equal(options.status_bad_register, 0x87);
	assert_int_equal(options.status_read_only, 5);
	assert_int_equal(options.tree_cpu_cells, 1);
}

/* Every dialect by its other word. */
static void test_dialects(void **state)
{
	(void)state;
	assert_true(parse(IGVM "vmbus=size1 memtype=vtl2 affinity=cluster enabled=all start=cpuon "
			       "daif=open blockfault=message badflags=0x50 cont=short "
			       "failout=random fastout=words apicid=exact apicout=padded"));
	assert_true(options.vmbus_size1 && options.tree_types_vtl2 && options.affinity_clusters);
	assert_true(options.vtl2_enabled_all && options.daif_open && options.block_fault_message);
	assert_int_equal(options.start, OPTIONS_START_CPU_ON);
	assert_int_equal(options.status_bad_flags, 0x50);
	assert_int_equal(options.continued, OPTIONS_CONTINUE_SHORT);
	assert_true(options.failed_output_random && options.fast_output_words);
	assert_true(options.apic_id_exact && options.apic_out_padded);
	assert_true(parse(
		IGVM "assertdest=mpidr event=refuse instr=none origin=self slot=pending "
		     "vmcall=intel scontrol=1 crashbit=105 guestvsm=0 rambase=0x200000 base=random "
		     "caps=none deny=none"));
	assert_true(options.assert_needs_mpidr && options.no_instruction && options.origin_self);
	assert_true(options.vmcall_intel);
	assert_true(options.slot_pending && options.scontrol_on && options.no_guest_vsm);
	assert_int_equal(options.event, OPTIONS_EVENT_REFUSE);
	assert_int_equal(options.crash_bit, 105);
	assert_int_equal(options.ram_base, 0x200000);
	assert_true(options.base_random && !options.base_set);
	assert_true(options.caps_clear == 0 && options.deny == 0);
}

/* A number draws, the same each time, and what is given stays; another number draws others. */
static void test_drawn(void **state)
{
	static char first[OPTIONS_DRAWN_MAX];
	uint32_t changes = 0;
	uint32_t dropped = 0;
	uint32_t n;

	(void)state;
	assert_true(parse(IGVM "dialect=1234"));
	memcpy(first, options.drawn, sizeof(first));
	assert_non_null(strstr(first, " cpuon="));
	assert_true(parse(IGVM "dialect=0x4d2"));
	assert_string_equal(options.drawn, first);
	for (n = 0; n < 200; n++) {
		char text[64];

		(void)snprintf(text, sizeof(text), IGVM "dialect=%u x29=private", n);
		assert_true(parse(text));
		assert_true(options.x29_private);
		assert_null(strstr(options.drawn, "x29="));
		assert_true(strlen(options.drawn) < OPTIONS_DRAWN_MAX - 100);
		assert_true(options.seed != 0);
		dropped += options.cpu_on_dropped ? 1 : 0;
		changes += strcmp(options.drawn, first) != 0 ? 1 : 0;
	}
	assert_int_equal(changes, 200);
	assert_in_range(dropped, 40, 100);
}

/* The lists; a word that is none, and a number that is none. */
static void test_lists(void **state)
{
	(void)state;
	assert_true(parse(IGVM "dialect=tlfs"));
	assert_true(options.x29_private && options.cpu_on_dropped);
	assert_int_equal(options.deny, OPTIONS_DENY_ACTSTATE);
	assert_true(parse(IGVM "dialect=openhcl vps=2"));
	assert_false(options.x29_private || options.cpu_on_dropped || options.base_random);
	assert_int_equal(options.deny, 0);
	assert_true(options.caps_clear == 0);
	assert_true(parse(IGVM "dialect=contrary cpuon=host"));
	assert_false(options.cpu_on_dropped);
	assert_int_equal(options.start, OPTIONS_START_CPU_ON);
	assert_true(options.caps_clear == (1ULL << 17 | 1ULL << 27 | 1ULL << 30 | 1ULL << 32));
}

static void test_nul_ends_the_text(void **state)
{
	const char text[] = "igvm=1,2 vps=3\0 nonsense";

	(void)state;
	assert_true(options_parse(&options, text, sizeof(text), error, sizeof(error)));
	assert_int_equal(options.vps, 3);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		const char *named; /* a part of the error */
	} cases[] = {
		{ "", "igvm: missing" },
		{ "igvm=0x50000000", "igvm: bad" },
		{ "igvm=0x50000000,", "igvm: bad" },
		{ "igvm=0x50000000,0", "igvm: bad" },
		{ "igvm=1,2,3", "igvm: bad" },
		{ "igvm=0xFFFFFFFFFFFFFFFF,2", "igvm: bad" },
		{ IGVM "vpz=1", "vpz: not known" },
		{ IGVM "vp=1", "vp: not known" },
		{ IGVM "vps", "vps: has no value" },
		{ IGVM "vps=", "vps: bad" },
		{ IGVM "vps=0", "vps: bad" },
		{ IGVM "vps=65", "vps: bad" },
		{ IGVM "vps=4294967297", "vps: bad" },
		{ IGVM "vps=4x", "vps: bad" },
		{ IGVM "vps=-1", "vps: bad" },
		{ IGVM "vps=0x", "vps: bad" },
		{ IGVM "vps=1 vps=2", "vps: given twice" },
		{ IGVM "seed=18446744073709551616", "seed: bad" },
		{ IGVM "seed=0x10000000000000000", "seed: bad" },
		{ IGVM "vtl=1", "vtl: bad" },
		{ IGVM "deny=startvp,nothing", "deny: bad" },
		{ IGVM "deny=", "deny: bad" },
		{ IGVM "caps=64", "caps: bad" },
		{ IGVM "caps=1,,2", "caps: bad" },
		{ IGVM "base=0x1001", "base: bad" },
		{ IGVM "perm=2", "perm: bad" },
		{ IGVM "raw=com3", "raw: bad" },
		{ IGVM "nonce=a/b", "nonce: bad" },
		{ IGVM "nonce=", "nonce: bad" },
		{ IGVM "=1", "not known" },
		{ IGVM "x29=both", "x29: bad" },
		{ IGVM "ram=8", "ram: bad" },
		{ IGVM "dialect=tlf", "dialect: bad" },
		{ IGVM "dialect=12a", "dialect: bad" },
		{ IGVM "dialect=0x", "dialect: bad" },
		{ IGVM "dialect=18446744073709551616", "dialect: bad" },
		{ IGVM "badreg=0x5", "badreg: bad" },
		{ IGVM "cont=exec", "cont: bad" },
		{ IGVM "rambase=0x1000", "rambase: bad" },
		{ IGVM "poison=1", "poison: bad" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_false(parse(cases[i].text));
		if (strstr(error, cases[i].named) == NULL) {
			fail_msg("\"%s\": error is \"%s\"", cases[i].text, error);
		}
	}
}

static void test_long_words(void **state)
{
	char text[600];
	size_t length;

	(void)state;
	for (length = 60; length < 70; length++) {
		int at = snprintf(text, sizeof(text), IGVM "nonce=");

		memset(text + at, 'n', length);
		text[(size_t)at + length] = '\0';
		assert_int_equal(parse(text), length <= OPTIONS_WORD_MAX);
	}
	for (length = 250; length < 260; length++) {
		int at = snprintf(text, sizeof(text), IGVM "args=");

		memset(text + at, ',', length);
		text[(size_t)at + length] = '\0';
		assert_int_equal(parse(text), length <= OPTIONS_ARGS_MAX);
	}
}

static void test_short_error_buffer(void **state)
{
	char small[8];

	(void)state;
	assert_false(options_parse(&options, "nonsense", 8, small, sizeof(small)));
	assert_string_equal(small, "option ");
	assert_false(options_parse(&options, "nonsense", 8, NULL, 0));
}

static void test_nonce_survives_an_error(void **state)
{
	(void)state;
	assert_false(parse("nonce=abc what=1"));
	assert_string_equal(options.nonce, "abc");
}

static void test_from_tree(void **state)
{
	static _Alignas(8) uint8_t fdt[1024];
	struct fdt_writer w;
	size_t size;

	(void)state;
	fdt_write_init(&w, fdt, sizeof(fdt), 0);
	fdt_write_begin(&w, "");
	fdt_write_begin(&w, "cpus");
	fdt_write_string(&w, "bootargs", "not these");
	fdt_write_end(&w);
	fdt_write_begin(&w, "chosen");
	fdt_write_u32(&w, "other", 1);
	fdt_write_string(&w, "bootargs", IGVM "vps=2");
	fdt_write_end(&w);
	fdt_write_end(&w);
	assert_true(fdt_write_finish(&w, &size));
	assert_true(options_from_fdt(&options, fdt, sizeof(fdt), error, sizeof(error)));
	assert_int_equal(options.vps, 2);
	assert_false(options_from_fdt(&options, fdt, size - 1, error, sizeof(error)));
	assert_non_null(strstr(error, "bootargs"));
	assert_string_equal(options.nonce, "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_all_set),
		cmocka_unit_test(test_dialects),
		cmocka_unit_test(test_drawn),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_nul_ends_the_text),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_long_words),
		cmocka_unit_test(test_short_error_buffer),
		cmocka_unit_test(test_nonce_survives_an_error),
		cmocka_unit_test(test_from_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
