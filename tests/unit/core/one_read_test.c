/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does a request read each byte of VTL0's memory at most once?
 *
 * Another VP of VTL0 may change a byte between two reads, so what was checked would not be what is
 * used. Here every load of the firmware is counted, and a byte that was read once is changed right
 * after: code that looks again gets something else, and the count says so in any case.
 * (attack case A-12)
 */
#include "core/service.h"

#include "core/mem_map.h"
#include "core/vtl0_mem.h"
#include "paravane/services.h"

#include "tests/fake/console.h"
#include "tests/fake/memory.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#ifdef __clang__
#define NOT_SEEN __attribute__((disable_sanitizer_instrumentation))
#else
#define NOT_SEEN __attribute__((no_sanitize("thread")))
#endif

/* The real ones from here on. */
#undef memcpy
#undef memmove
#undef memset
#undef memcmp

#define WATCHED 0x1000
#define MIDDLE (FAKE_LOW + WATCHED / 2)

static struct platform platform;
static bool watching;
static uint8_t reads[WATCHED]; /* of each byte from FAKE_LOW on */
static uint32_t elsewhere;     /* reads of VTL0's other memory */
static uint32_t writes;
static uint32_t wanted; /* which bytes the other VP has still to change: none, or all read */

/* ---- What the compiler calls before each load and store -------------------------------------- */

static NOT_SEEN bool is_vtl0(uint64_t gpa)
{
	return (gpa >= FAKE_LOW && gpa < FAKE_VTL2) || (gpa >= FAKE_HIGH && gpa < FAKE_RESERVED);
}

/* The other VP: every byte read so far is another one from now on. */
static NOT_SEEN void change_what_was_read(void)
{
	uint32_t i;

	for (i = 0; i < WATCHED && wanted > 0; i++) {
		if (reads[i] == 1) {
			*fake_at(FAKE_LOW + i) ^= 0x15;
			reads[i] |= 0x80;
			wanted--;
		}
	}
}

static NOT_SEEN void saw_read(uint64_t address, uint64_t size)
{
	uint64_t i;

	if (!watching) {
		return;
	}
	change_what_was_read();
	for (i = 0; i < size; i++) {
		uint64_t gpa = address + i - ARCH_VTL0_WINDOW;

		if (gpa >= FAKE_LOW && gpa - FAKE_LOW < WATCHED) {
			wanted += reads[gpa - FAKE_LOW]++ == 0;
		} else if (is_vtl0(gpa)) {
			elsewhere++;
		}
	}
}

static NOT_SEEN void saw_write(uint64_t address)
{
	if (watching && is_vtl0(address - ARCH_VTL0_WINDOW)) {
		writes++;
	}
}

NOT_SEEN void *seen_memcpy(void *to, const void *from, size_t size)
{
	saw_read((uintptr_t)from, size);
	saw_write((uintptr_t)to);
	return memcpy(to, from, size);
}

NOT_SEEN void *seen_memmove(void *to, const void *from, size_t size)
{
	saw_read((uintptr_t)from, size);
	saw_write((uintptr_t)to);
	return memmove(to, from, size);
}

NOT_SEEN void *seen_memset(void *to, int byte, size_t size)
{
	saw_write((uintptr_t)to);
	return memset(to, byte, size);
}

NOT_SEEN int seen_memcmp(const void *a, const void *b, size_t size)
{
	saw_read((uintptr_t)a, size);
	saw_read((uintptr_t)b, size);
	return memcmp(a, b, size);
}

#define SEES(size)                                                                                 \
	void __tsan_read##size(void *p);                                                           \
	void __tsan_write##size(void *p);                                                          \
	void __tsan_unaligned_read##size(void *p);                                                 \
	void __tsan_unaligned_write##size(void *p);                                                \
	NOT_SEEN void __tsan_read##size(void *p)                                                   \
	{                                                                                          \
		saw_read((uintptr_t)p, size);                                                      \
	}                                                                                          \
	NOT_SEEN void __tsan_write##size(void *p)                                                  \
	{                                                                                          \
		saw_write((uintptr_t)p);                                                           \
	}                                                                                          \
	NOT_SEEN void __tsan_unaligned_read##size(void *p)                                         \
	{                                                                                          \
		saw_read((uintptr_t)p, size);                                                      \
	}                                                                                          \
	NOT_SEEN void __tsan_unaligned_write##size(void *p)                                        \
	{                                                                                          \
		saw_write((uintptr_t)p);                                                           \
	}

SEES(1)
SEES(2)
SEES(4)
SEES(8)
SEES(16)

void __tsan_init(void);
void __tsan_func_entry(void *pc);
void __tsan_func_exit(void);
void __tsan_read_range(void *p, uint64_t size);
void __tsan_write_range(void *p, uint64_t size);
void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_thread_fence(int order);

NOT_SEEN void __tsan_init(void)
{
}

NOT_SEEN void __tsan_func_entry(void *pc)
{
	(void)pc;
}

NOT_SEEN void __tsan_func_exit(void)
{
}

NOT_SEEN void __tsan_read_range(void *p, uint64_t size)
{
	saw_read((uintptr_t)p, size);
}

NOT_SEEN void __tsan_write_range(void *p, uint64_t size)
{
	(void)size;
	saw_write((uintptr_t)p);
}

NOT_SEEN void __tsan_atomic_signal_fence(int order)
{
	(void)order;
}

NOT_SEEN void __tsan_atomic_thread_fence(int order)
{
	(void)order;
}

/* The firmware's atomic accesses are to its own memory; of VTL0's they are reads like others. */
#define SEES_ATOMIC(bits)                                                                          \
	uint##bits##_t __tsan_atomic##bits##_load(uint##bits##_t *p, int order);                   \
	void __tsan_atomic##bits##_store(uint##bits##_t *p, uint##bits##_t v, int order);          \
	uint##bits##_t __tsan_atomic##bits##_exchange(uint##bits##_t *p, uint##bits##_t v,         \
						      int order);                                  \
	uint##bits##_t __tsan_atomic##bits##_fetch_add(uint##bits##_t *p, uint##bits##_t v,        \
						       int order);                                 \
	NOT_SEEN uint##bits##_t __tsan_atomic##bits##_load(uint##bits##_t *p, int order)           \
	{                                                                                          \
		(void)order;                                                                       \
		saw_read((uintptr_t)p, sizeof(*p));                                                \
		return __atomic_load_n(p, __ATOMIC_SEQ_CST);                                       \
	}                                                                                          \
	NOT_SEEN void __tsan_atomic##bits##_store(uint##bits##_t *p, uint##bits##_t v, int order)  \
	{                                                                                          \
		(void)order;                                                                       \
		saw_write((uintptr_t)p);                                                           \
		__atomic_store_n(p, v, __ATOMIC_SEQ_CST);                                          \
	}                                                                                          \
	NOT_SEEN uint##bits##_t __tsan_atomic##bits##_exchange(uint##bits##_t *p,                  \
							       uint##bits##_t v, int order)        \
	{                                                                                          \
		(void)order;                                                                       \
		saw_read((uintptr_t)p, sizeof(*p));                                                \
		return __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);                                \
	}                                                                                          \
	NOT_SEEN uint##bits##_t __tsan_atomic##bits##_fetch_add(uint##bits##_t *p,                 \
								uint##bits##_t v, int order)       \
	{                                                                                          \
		(void)order;                                                                       \
		saw_read((uintptr_t)p, sizeof(*p));                                                \
		return __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST);                                 \
	}                                                                                          \
	int __tsan_atomic##bits##_compare_exchange_strong(uint##bits##_t *p, uint##bits##_t *old,  \
							  uint##bits##_t v, int order, int fail);  \
	NOT_SEEN int __tsan_atomic##bits##_compare_exchange_strong(                                \
		uint##bits##_t *p, uint##bits##_t *old, uint##bits##_t v, int order, int fail)     \
	{                                                                                          \
		(void)order;                                                                       \
		(void)fail;                                                                        \
		saw_read((uintptr_t)p, sizeof(*p));                                                \
		return __atomic_compare_exchange_n(p, old, v, 0, __ATOMIC_SEQ_CST,                 \
						   __ATOMIC_SEQ_CST);                              \
	}                                                                                          \
	/* clang calls this one instead. */                                                        \
	uint##bits##_t __tsan_atomic##bits##_compare_exchange_val(                                 \
		uint##bits##_t *p, uint##bits##_t old, uint##bits##_t v, int order, int fail);     \
	NOT_SEEN uint##bits##_t __tsan_atomic##bits##_compare_exchange_val(                        \
		uint##bits##_t *p, uint##bits##_t old, uint##bits##_t v, int order, int fail)      \
	{                                                                                          \
		(void)__tsan_atomic##bits##_compare_exchange_strong(p, &old, v, order, fail);      \
		return old;                                                                        \
	}

SEES_ATOMIC(8)
SEES_ATOMIC(32)
SEES_ATOMIC(64)

/* ---- One request with the other VP at work --------------------------------------------------- */

static char letter(uint64_t i)
{
	return (char)('a' + i % 13);
}

static int setup(void **state)
{
	uint64_t i;

	(void)state;
	watching = false;
	elsewhere = 0;
	writes = 0;
	wanted = 0;
	memset(reads, 0, sizeof(reads));
	fake_machine(&platform, 1);
	service_open_doors(DOOR_ANY);
	if (mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE }) != OK) {
		return 1;
	}
	for (i = 0; i < WATCHED; i++) {
		*fake_at(FAKE_LOW + i) = (uint8_t)letter(i);
	}
	return 0;
}

static int64_t request(uint32_t id, uint64_t a1, uint64_t a2)
{
	struct vp *vp = vp_boot();
	uint32_t i;

	for (i = 1; i < 31; i++) {
		vp->regs.x[i] = MIDDLE;
	}
	vp->regs.x[0] = id;
	vp->regs.x[1] = a1;
	vp->regs.x[2] = a2;
	watching = true;
	service_dispatch(vp, DOOR_PAGE);
	watching = false;
	return (int64_t)vp->regs.x[0];
}

/* Each byte from the first on as often as said, no other one, and nothing was written. */
static void check_reads(uint64_t first, uint64_t size, uint8_t times)
{
	uint64_t i;

	for (i = 0; i < WATCHED; i++) {
		bool asked = FAKE_LOW + i >= first && FAKE_LOW + i - first < size;

		if ((reads[i] & 0x7F) != (asked ? times : 0)) {
			fail_msg("byte %lu of VTL0 was read %u times", i, reads[i] & 0x7F);
		}
	}
	assert_int_equal(elsewhere, 0);
	assert_int_equal(writes, 0);
}

/* Whatever the length, and the line is the text that was there at the read. */
static void test_log_line(void **state)
{
	uint64_t size;
	uint64_t i;

	for (size = 1; size <= PARAVANE_LOG_MAX; size++) {
		char line[PARAVANE_LOG_MAX + 16] = "I vtl0: ";

		assert_int_equal(setup(state), 0);
		fake_console_reset();
		assert_int_equal(request(PARAVANE_LOG, MIDDLE + size, size), 0);
		check_reads(MIDDLE + size, size, 1);
		for (i = 0; i < size; i++) {
			line[8 + i] = letter(MIDDLE - FAKE_LOW + size + i);
		}
		memcpy(line + 8 + size, "\r\n", 3);
		assert_string_equal(fake_console_text(), line);
	}
}

/* What is refused was not looked at. */
static void test_refused(void **state)
{
	static const struct {
		uint64_t gpa;
		uint64_t size;
	} bad[] = {
		{ MIDDLE, 0 },
		{ MIDDLE, PARAVANE_LOG_MAX + 1 },
		{ MIDDLE, UINT64_MAX },
		{ FAKE_VTL2 - 8, 9 },
		{ FAKE_LOW - 1, 8 },
		{ FAKE_RESERVED - 1, 2 },
		{ MIDDLE | UINT64_C(1) << 52, 8 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_true(request(PARAVANE_LOG, bad[i].gpa, bad[i].size) < 0);
	}
	check_reads(MIDDLE, 0, 0);
}

/* No other row has to do with VTL0's memory, whatever its arguments look like. */
static void test_every_other_row(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < service_count; i++) {
		if (services[i].id != PARAVANE_LOG) {
			(void)request(services[i].id, MIDDLE, 8);
			(void)request(services[i].id, 8, MIDDLE);
		}
	}
	(void)request(0xF800FFFE, MIDDLE, 8);
	check_reads(MIDDLE, 0, 0);
}

/* The counting itself: a copy, a load and a comparison, and what the other VP does. */
static void test_counting(void **state)
{
	volatile uint8_t *p = fake_at(MIDDLE);
	struct gpa_range range;
	uint8_t first[8];
	uint8_t second[8];

	(void)state;
	assert_int_equal(vtl0_mem_check((gpa_t){ MIDDLE }, sizeof(first), &range), OK);
	watching = true;
	vtl0_mem_read(first, range);
	vtl0_mem_read(second, range);
	watching = false;
	check_reads(MIDDLE, sizeof(first), 2);
	assert_memory_not_equal(first, second, sizeof(first));
	watching = true;
	first[0] = p[0];
	watching = false;
	assert_int_equal(reads[MIDDLE - FAKE_LOW] & 0x7F, 3);
	watching = true;
	vtl0_mem_zero(range);
	(void)seen_memcmp(fake_at(FAKE_SEAM), second, sizeof(second));
	p[9] = 1;
	watching = false;
	assert_int_equal(elsewhere, sizeof(second));
	assert_int_equal(writes, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_log_line, setup),
		cmocka_unit_test_setup(test_refused, setup),
		cmocka_unit_test_setup(test_every_other_row, setup),
		cmocka_unit_test_setup(test_counting, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
