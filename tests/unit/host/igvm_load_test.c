/* SPDX-License-Identifier: BSD-2-Clause */
/* Does the loader put each part of a good file where it belongs, and say so? */
#include <string.h>

#include "tests/unit/host/igvm_guest.h"
#include "tests/unit/host/igvm_sample.h"
#include "tests/unit/host/test.h"

static struct sample sample;

static void must_be(enum igvm_err err, enum igvm_err wanted)
{
	if (err != wanted) {
		fail_msg("%s instead of %s", igvm_err_name(err), igvm_err_name(wanted));
	}
}

static void test_arm64(void **state)
{
	struct guest *guest = guest_get();
	const struct igvm_result *result = &guest->result;
	uint64_t value = 0;

	(void)state;
	sample_arm64(&sample);
	guest_poison(guest, S_BASE, S_MEMORY_SIZE + 0x1000);
	guest_poison(guest, S_PAYLOAD_GPA, 0x2000);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_OK);

	assert_int_equal(result->version, 2);
	assert_int_equal(result->vtl, 2);
	assert_int_equal(result->delta, 0);
	assert_true(result->has_region && result->has_tables);
	assert_true(result->region.gpa == S_BASE && result->region.size == 0x3F0000);
	assert_true(result->tables.gpa == S_TABLES_GPA && result->tables.size == 0x10000);
	assert_int_equal(result->page_count, 6);
	assert_int_equal(result->measured_size, 6 * 4096);
	assert_int_equal(result->parameter_count, 2);
	assert_int_equal(result->required_count, 2);
	assert_true(result->required[0].gpa == S_BASE && result->required[0].vtl2);
	assert_true(result->required[0].size == S_MEMORY_SIZE);
	assert_true(result->required[1].gpa == S_PAYLOAD_GPA && !result->required[1].vtl2);
	assert_int_equal(result->where, 0);

	assert_int_equal(result->reg_count, S_REG_COUNT);
	assert_true(igvm_register(result, IGVM_REG_XPC, &value));
	assert_int_equal(value, S_BASE + 0x10);
	assert_true(igvm_register(result, IGVM_REG_X0, &value));
	assert_int_equal(value, 0x1000);
	assert_true(igvm_register(result, IGVM_REG_TCR_EL1, &value));
	assert_true(value == 0x580803511ULL);
	assert_false(igvm_register(result, IGVM_REG_X0 + 5, &value));
}

static void test_memory(void **state)
{
	struct guest *guest = guest_get();
	uint64_t i;

	(void)state;
	sample_arm64(&sample);
	guest_poison(guest, S_BASE, S_MEMORY_SIZE + 0x1000);
	guest_poison(guest, S_PAYLOAD_GPA, 0x2000);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_OK);

	assert_memory_equal(guest->ram + S_BASE, sample.bytes + S_IMAGE, 4096);
	assert_memory_equal(guest->ram + S_PAYLOAD_GPA, sample.bytes + S_PAYLOAD, 4096);
	assert_memory_equal(guest->ram + S_TABLES_GPA, sample.bytes + S_L0, 3 * 4096);
	assert_memory_equal(guest->ram + S_TREE_GPA, GUEST_TREE_TEXT, sizeof(GUEST_TREE_TEXT));
	for (i = sizeof(GUEST_TREE_TEXT); i < S_TREE_SIZE; i++) {
		bool count = i == 0x3F000; /* VP_COUNT */

		assert_int_equal(guest->ram[S_TREE_GPA + i], count ? 7 : 0);
	}
	for (i = 0; i < 0x1000; i++) {
		assert_int_equal(guest->ram[S_BASE + 0x1000 + i], 0);
	}
	/* All else is as it was. */
	for (i = S_TREE_GPA + S_TREE_SIZE; i < S_TABLES_GPA; i++) {
		assert_int_equal(guest->ram[i], GUEST_POISON);
	}
	for (i = S_TABLES_GPA + 0x3000; i < S_BASE + S_MEMORY_SIZE + 0x1000; i++) {
		assert_int_equal(guest->ram[i], GUEST_POISON);
	}
	assert_int_equal(guest->ram[S_PAYLOAD_GPA + 0x1000], GUEST_POISON);
}

static void test_x64(void **state)
{
	struct guest *guest = guest_get();
	uint64_t value = 0;

	(void)state;
	sample_x64(&sample);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_X64), IGVM_OK);
	assert_int_equal(guest->result.version, 1);
	assert_true(igvm_register(&guest->result, IGVM_REG_RIP, &value));
	assert_int_equal(value, S_BASE + 0x10);
	assert_int_equal(guest->result.regs[8].high, S_BASE + 8);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_BAD_ARCH);
	sample_arm64(&sample);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_X64), IGVM_BAD_ARCH);
}

/* The checksum as zlib computes it for these very bytes. */
static void test_checksum(void **state)
{
	(void)state;
	sample_arm64(&sample);
	assert_memory_equal(sample.bytes + 0x14, "\xF3\xD9\x5D\x52", 4);
}

static void test_imported(void **state)
{
	struct guest *guest = guest_get();
	const struct igvm_range *range = guest->result.imported;

	(void)state;
	sample_arm64(&sample);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_OK);
	assert_int_equal(guest->result.imported_count, 3);
	assert_true(range[0].gpa == S_BASE && range[0].size == 0x2000 + S_TREE_SIZE);
	assert_true(range[1].gpa == S_TABLES_GPA && range[1].size == 0x3000);
	assert_true(range[2].gpa == S_PAYLOAD_GPA && range[2].size == 0x1000);
}

/* A further platform of the file, and what is only for that one. */
static void test_other_platform(void **state)
{
	static const uint8_t native[16] = { 2, 0, 0, 0, 0, 0, 1, 0 };
	struct guest *guest = guest_get();
	struct sample two;
	size_t at;

	(void)state;
	sample_x64(&sample);
	at = sample_add_header(&sample, 0x302, sample.bytes + S_PAGE_IMAGE - 8, 24);
	sample_put32(&sample, at + 8, 2); /* the same page, for the other platform */
	/* The platform must come first: move its header there by hand. */
	two = sample;
	memmove(two.bytes + 24 + 24, sample.bytes + 24, sample.size - 24);
	two.size = sample.size + 24;
	sample_put32(&two, 24, 1);
	sample_put32(&two, 28, 16);
	memcpy(two.bytes + 32, native, 16);
	sample_put32(&two, 0x0C, two.bytes[0x0C] + (two.bytes[0x0D] << 8) + 24);
	/* All file offsets are 24 too small now; the image page's alone matters. */
	sample_put32(&two, S_PAGE_IMAGE - 8 + 24 + 12, S_IMAGE - 8 + 24 + 32);
	sample_put32(&two, S_PAGE_L0 - 8 + 24 + 12, S_L0 - 8 + 24 + 32);
	sample_put32(&two, S_PAGE_L1 - 8 + 24 + 12, S_L1 - 8 + 24 + 32);
	sample_put32(&two, S_PAGE_L2 - 8 + 24 + 12, S_L2 - 8 + 24 + 32);
	sample_put32(&two, S_PAGE_PAYLOAD - 8 + 24 + 12, S_PAYLOAD - 8 + 24 + 32);
	sample_put32(&two, S_VP - 8 + 24 + 12, S_REGS - 8 + 24 + 32);
	sample_seal(&two);
	must_be(guest_load(guest, two.bytes, two.size, IGVM_ARCH_X64), IGVM_OK);
	assert_int_equal(guest->result.page_count, 6);
	assert_memory_equal(guest->ram + S_BASE, two.bytes + S_IMAGE - 8 + 24 + 32, 4096);
}

static void test_area_contents(void **state)
{
	struct guest *guest = guest_get();

	(void)state;
	/* An area of one page that begins with the payload's bytes. */
	sample_arm64(&sample);
	sample_put64(&sample, S_AREA, 0x1000);
	sample_put32(&sample, S_AREA + 12, S_PAYLOAD);
	sample_put32(&sample, S_PARAM_COUNT + 4, 0xFFC);
	sample_seal(&sample);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_OK);
	assert_memory_equal(guest->ram + S_TREE_GPA, GUEST_TREE_TEXT, sizeof(GUEST_TREE_TEXT));
	assert_memory_equal(guest->ram + S_TREE_GPA + sizeof(GUEST_TREE_TEXT),
			    sample.bytes + S_PAYLOAD + sizeof(GUEST_TREE_TEXT),
			    0xFFC - sizeof(GUEST_TREE_TEXT));
	assert_memory_equal(guest->ram + S_TREE_GPA + 0xFFC, "\7\0\0\0", 4);
}

static void test_memory_map(void **state)
{
	struct guest *guest = guest_get();
	uint32_t lines;

	(void)state;
	sample_arm64(&sample);
	sample_put32(&sample, S_PARAM_COUNT - 8, 0x30C);
	sample_put32(&sample, S_PARAM_COUNT + 4, 0x40000 - 3 * 24);
	sample_seal(&sample);
	for (lines = 0; lines < 5; lines++) {
		uint64_t at = S_TREE_GPA + S_TREE_SIZE - 3 * 24;

		guest->map_lines = lines;
		guest_poison(guest, S_TREE_GPA, S_TREE_SIZE);
		/* Two lines and the one of zeros fit, no more. */
		must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64),
			lines <= 2 ? IGVM_OK : IGVM_BAD_PARAM_FIT);
		if (lines == 2) {
			assert_int_equal(guest_u64(guest, at + 24), 0x100);
			assert_int_equal(guest_u64(guest, at + 32), 0x100);
			assert_int_equal(guest_u64(guest, at + 40), 3);
			assert_int_equal(guest_u64(guest, at + 48), 0);
			assert_int_equal(guest_u64(guest, at + 56), 0);
		}
	}
}

static void test_host_refuses(void **state)
{
	struct guest *guest = guest_get();
	uint64_t writes;
	uint64_t n;

	(void)state;
	sample_arm64(&sample);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_OK);
	writes = guest->writes;
	for (n = 1; n <= writes; n++) {
		guest->writes = 0;
		guest->fail_at = n;
		must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_BAD_IO);
	}
	guest = guest_get();
	guest->tree_fails = true;
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_BAD_PARAM_TREE);
	guest = guest_get();
	guest->tree_size = S_TREE_SIZE + 1;
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_BAD_PARAM_FIT);
	/* A tree at the area's end: only the host can know that it is too long. */
	guest = guest_get();
	sample_put32(&sample, S_PARAM_TREE + 4, 0x3FFF8);
	sample_seal(&sample);
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_BAD_PARAM_FIT);
	guest = guest_get();
	guest->scratch_size = 0x12000;
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_BAD_PT_SCRATCH);
	/* Enough for the tables, but not for two mappings. */
	guest->scratch_size = 0x13000 + 8 + 40;
	must_be(guest_load(guest, sample.bytes, sample.size, IGVM_ARCH_ARM64), IGVM_BAD_PT_LEAVES);
	assert_int_equal(guest->writes, 0);
}

static void test_names(void **state)
{
	int a;
	int b;

	(void)state;
	assert_string_equal(igvm_err_name(IGVM_OK), "ok");
	assert_string_equal(igvm_err_name(IGVM_BAD_CHECKSUM), "checksum");
	assert_string_equal(igvm_err_name(IGVM_BAD_IO), "io");
	assert_string_equal(igvm_err_name(IGVM_ERR_COUNT), "unknown");
	for (a = 0; a < IGVM_ERR_COUNT; a++) {
		assert_true(strlen(igvm_err_text((enum igvm_err)a)) > 5);
		for (b = 0; b < a; b++) {
			assert_string_not_equal(igvm_err_name((enum igvm_err)a),
						igvm_err_name((enum igvm_err)b));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arm64),	      cmocka_unit_test(test_memory),
		cmocka_unit_test(test_x64),	      cmocka_unit_test(test_checksum),
		cmocka_unit_test(test_imported),      cmocka_unit_test(test_other_platform),
		cmocka_unit_test(test_area_contents), cmocka_unit_test(test_memory_map),
		cmocka_unit_test(test_host_refuses),  cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
