/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pages that the hypervisor lays over memory, or walks, where VTL2's is.
 */
#include "hv/x64.h"
#include "paravane/services.h"
#include "tests/guest/attack/x86_64.h"
#include "tests/guest/lib/x86_64/port.h"

#define NOWHERE 0xEFFE0000
#define REFERENCE_TSC 0x40000021
#define VP_ASSIST 0x40000073
#define SIEFP 0x40000082
#define SIMP 0x40000083
#define ENABLE 1
#define ID_OF_NOBODY UINT64_C(0x8200000000000002)
#define CODE_SIZE 16
#define PTE_TABLE 3
#define FIRST_FREE 8
#define TOP_SHIFT 39
#define DIRECTORY_SHIFT 30

static void want_code(struct me *me, const char *what, uint64_t gpa, const uint8_t *code)
{
	want(me, what, (uint64_t)memcmp((const void *)gpa, code, CODE_SIZE), 0);
}

static void want_refused(struct me *me, const char *what, uint64_t gpa)
{
	struct exception seen;

	exception_expect();
	want(me, what, load32(gpa), 0);
	seen = exception_end();
	want(me, "  is refused", exception_is_refusal(&seen, gpa), true);
}

/* The hypercall page is moved about, refused, and taken away by the guest OS id. */
static void h70(struct me *me, enum door door)
{
	static uint8_t plain[PAGE] __attribute__((aligned(PAGE)));
	const uint64_t good = msr_read(HV_X64_MSR_HYPERCALL);
	const uint64_t id = msr_read(HV_X64_MSR_GUEST_OS_ID);
	struct exception seen;
	uint8_t code[CODE_SIZE];

	(void)door;
	memcpy(code, (const void *)hypercall_page(), CODE_SIZE);
	exception_expect();
	store32(hypercall_page(), 0);
	seen = exception_end();
	want(me, "the page is not written", seen.taken, true);
	want_write_gp(me, "reserved bits", HV_X64_MSR_HYPERCALL, good | 0xFF0);
	want_write_gp(me, "a page that is nowhere", HV_X64_MSR_HYPERCALL, NOWHERE | ENABLE);
	want_write_gp(me, "a page above all", HV_X64_MSR_HYPERCALL, UINT64_C(1) << 52 | ENABLE);
	want(me, "the register is what it was", msr_read(HV_X64_MSR_HYPERCALL), good);
	want_code(me, "the page is where it was", hypercall_page(), code);
	msr_write(HV_X64_MSR_HYPERCALL, (uint64_t)plain | ENABLE);
	want_code(me, "the page has moved", (uint64_t)plain, code);
	for (uint64_t gpa = vtl2_base(); gpa < vtl2_end(); gpa += 64 * PAGE) {
		msr_write(HV_X64_MSR_HYPERCALL, gpa | ENABLE);
		want_code(me, "over VTL2's page it is the same", gpa, code);
	}
	msr_write(HV_X64_MSR_HYPERCALL, good);
	for (uint64_t gpa = vtl2_base(); gpa < vtl2_end(); gpa += 64 * PAGE) {
		want_refused(me, "VTL2's page behind it", gpa);
	}
	msr_write(HV_X64_MSR_GUEST_OS_ID, 0);
	want(me, "no page without an id", msr_read(HV_X64_MSR_HYPERCALL) & ENABLE, 0);
	want(me, "  what it lay over is there", load32(hypercall_page()), 0);
	msr_write(HV_X64_MSR_GUEST_OS_ID, ID_OF_NOBODY);
	msr_write(HV_X64_MSR_HYPERCALL, good);
	want_code(me, "the page is back", hypercall_page(), code);
	msr_write(HV_X64_MSR_GUEST_OS_ID, id);
	want(me, "the register is back", msr_read(HV_X64_MSR_HYPERCALL), good);
}

/* Pages that the hypervisor writes to must not be VTL2's. */
static void h71(struct me *me, enum door door)
{
	static const uint32_t msrs[] = { VP_ASSIST, SIEFP, SIMP };

	(void)door;
	for (unsigned int i = 0; i < sizeof(msrs) / sizeof(msrs[0]); i++) {
		uint64_t before = msr_read(msrs[i]);

		for (uint64_t gpa = vtl2_base(); gpa < vtl2_end(); gpa += 16 * PAGE) {
			want_write_gp(me, "a synthetic page in VTL2", msrs[i], gpa | ENABLE);
		}
		want_write_gp(me, "its last page", msrs[i], (vtl2_end() - PAGE) | ENABLE);
		want_write_gp(me, "one that is nowhere", msrs[i], NOWHERE | ENABLE);
		want_write_gp(me, "one above all", msrs[i], UINT64_C(1) << 52 | ENABLE);
		want(me, "the register is what it was", msr_read(msrs[i]), before);
	}
}

/* The reference TSC page, which VTL0 reads, over a page of VTL2's. */
static void h71_tsc(struct me *me, enum door door)
{
	struct exception seen;

	h71(me, door);
	msr_write(REFERENCE_TSC, vtl2_base() | ENABLE);
	want(me, "the sequence number of a TSC page", load32(vtl2_base()), 1);
	exception_expect();
	store32(vtl2_base(), 0x600D600D);
	seen = exception_end();
	want(me, "is not written", exception_is_refusal(&seen, vtl2_base()), true);
	msr_write(REFERENCE_TSC, 0);
	want_refused(me, "VTL2's page behind it", vtl2_base());
}

/* The processor walks tables that lie in VTL2, for a load, a store and a fetch; at every level. */
static void walk(struct me *me, const char *what, uint64_t address)
{
	uint64_t before = counter(PARAVANE_STAT_DENIED_ACCESS);

	want_refused(me, what, address);
	want(me, "  and counted", counter(PARAVANE_STAT_DENIED_ACCESS) > before, true);
}

static void a74(struct me *me, enum door door)
{
	static uint64_t tables[VPS_MAX][2][512] __attribute__((aligned(PAGE)));
	volatile uint64_t *top = (volatile uint64_t *)(cr3_read() & ~UINT64_C(0xFFF));
	uint64_t(*mine)[512] = tables[me->n];
	unsigned int entry = FIRST_FREE + me->n;
	uint64_t address = (uint64_t)entry << TOP_SHIFT;

	(void)door;
	mine[0][0] = (uint64_t)mine[1] | PTE_TABLE;
	for (uint64_t i = 0; i < share(); i++) {
		uint64_t page = vtl2_base() + rng(me) % ((vtl2_end() - vtl2_base()) / PAGE) * PAGE;
		uint64_t inside = rng(me) & ((UINT64_C(1) << DIRECTORY_SHIFT) - 4);

		top[entry] = page | PTE_TABLE;
		cr3_write(cr3_read());
		walk(me, "a table of the second level in VTL2", address | inside);
		mine[1][inside >> 21] = page | PTE_TABLE;
		top[entry] = (uint64_t)mine[0] | PTE_TABLE;
		cr3_write(cr3_read());
		walk(me, "a table of the last level in VTL2", address | inside);
		mine[1][inside >> 21] = 0;
	}
	top[entry] = 0;
	cr3_write(cr3_read());
}

void page_rows(void)
{
	row("A-74", 'B', THROUGH(DOOR_PAGE), few(500), a74);
}

void page_hyper_rows(void)
{
	row_alone("A-70", 'H', HYPERCALLS, 1, h70);
	row_alone("A-71", 'H', HYPERCALLS, 1, h71_tsc);
}
