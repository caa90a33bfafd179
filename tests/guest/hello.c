/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does one call go through each door, end to end?
 *
 * The first payload: says hello, reads what it was handed over, makes the same few calls by every
 * door that this offers, tries to read and write VTL2's memory (lib/vtl2.c) and powers off. Where
 * nothing protects it the tests fail and the word that was read is printed.
 */
#include "paravane/services.h"
#include "tests/guest/hello.h"
#include "tests/guest/lib/guest.h"

/* A function of one access is not longer. */
#define ACCESS_SIZE 16

/* The read of VTL2's memory: refused, and a counter that rose with that address. */
static void try_vtl2_memory(void)
{
	uint64_t base = vtl2_begin();
	bool counted = offered(DOOR_PAGE, PARAVANE_STATISTICS);
	uint64_t before = statistic(DOOR_PAGE, PARAVANE_STAT_DENIED_ACCESS);
	struct exception seen;
	uint32_t word;

	exception_expect();
	word = load32(base);
	seen = exception_end();
	if (!seen.taken) {
		print("# VTL2's memory at 0x%lx reads 0x%x\n", base, word);
	}
	ok(exception_is_refusal(&seen, base), "reading VTL2's memory is refused");
	print("# cause 0x%lx, address 0x%lx, at 0x%lx\n", seen.cause, seen.address, seen.at);
	ok_equal(word, 0, "no byte of it comes back");
	ok(seen.at - (uint64_t)load32 < ACCESS_SIZE, "the exception is at the load");
	if (counted) {
		ok_equal(statistic(DOOR_PAGE, PARAVANE_STAT_DENIED_ACCESS), before + 1,
			 "the counter of denied accesses rose by one");
		ok_equal(statistic(DOOR_PAGE, PARAVANE_STAT_DENIED_GPA), base,
			 "the denied address is recorded");
	}

	exception_expect();
	store32(base + 4096, 0x600D600D);
	seen = exception_end();
	ok(exception_is_refusal(&seen, base + 4096), "writing VTL2's memory is refused");
	if (counted) {
		ok_equal(statistic(DOOR_PAGE, PARAVANE_STAT_DENIED_ACCESS), before + 2,
			 "the counter of denied accesses rose again");
	}
}

void guest_main(void)
{
	print("hello from VTL0, processor 0x%lx, description at 0x%lx\n", my_id(),
	      machine_handed_over());
	if (hello_is_skipped()) {
		return;
	}
	if (!ok(paravane_init(), "the machine has a device of Paravane with a door")) {
		return;
	}
	print("# door page at 0x%lx, VTL call %s\n", paravane_door_page(),
	      paravane_has_vtl_call() ? "offered" : "not offered");

	calls_by(DOOR_PAGE, "door page, or door MSR");
	if (paravane_has_vtl_call()) {
		calls_by(DOOR_VTL_CALL, "VTL call");
	} else {
		skip("VTL call", "the machine does not offer it");
	}
	forwarded_calls();
	try_vtl2_memory();
}
