/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does one call go through each door, end to end?
 *
 * The first payload: says hello, reads its tree, makes the same few calls by every door that the
 * tree offers, tries to read and write VTL2's memory and powers off. Command line "vtl2=0x...":
 * where VTL2's memory begins (below the door page). Where nothing protects it the tests fail and
 * the word that was read is printed.
 */
#include "paravane/services.h"
#include "tests/guest/hello.h"
#include "tests/guest/lib/guest.h"

/* Memory of VTL2 begins at such a boundary, and the door page lies in it. */
#define VTL2_ALIGNMENT (UINT64_C(2) << 20)

/* The read of VTL2's memory: an external abort, and a counter that rose with that address. */
static void try_vtl2_memory(void)
{
	uint64_t door = paravane_door_page();
	uint64_t base = option("vtl2", door - door % VTL2_ALIGNMENT);
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
	ok(seen.taken && ESR_EC(seen.esr) == EC_DATA_ABORT_SAME_EL &&
		   ESR_FSC(seen.esr) == FSC_SYNC_EXTERNAL,
	   "reading VTL2's memory is a synchronous external abort");
	print("# ESR 0x%lx FAR 0x%lx\n", seen.esr, seen.far);
	ok_equal(seen.far, base, "the abort names the address");
	ok_equal(seen.elr, (uint64_t)load32 + 8, "the abort is at the load");
	if (counted) {
		ok_equal(statistic(DOOR_PAGE, PARAVANE_STAT_DENIED_ACCESS), before + 1,
			 "the counter of denied accesses rose by one");
		ok_equal(statistic(DOOR_PAGE, PARAVANE_STAT_DENIED_GPA), base,
			 "the denied address is recorded");
	}

	exception_expect();
	store32(base + 4096, 0x600D600D);
	seen = exception_end();
	ok(seen.taken && ESR_EC(seen.esr) == EC_DATA_ABORT_SAME_EL &&
		   ESR_FSC(seen.esr) == FSC_SYNC_EXTERNAL,
	   "writing VTL2's memory is a synchronous external abort");
	if (counted) {
		ok_equal(statistic(DOOR_PAGE, PARAVANE_STAT_DENIED_ACCESS), before + 2,
			 "the counter of denied accesses rose again");
	}
}

void guest_main(void)
{
	uint32_t size;

	print("hello from VTL0, processor 0x%lx, tree at 0x%lx\n", my_mpidr(), tree_address());
	if (tree_property("/chosen", "linux,uefi-system-table", &size) != NULL) {
		skip("the calls", "tables for ACPI instead of nodes, which this does not read");
		return;
	}
	if (!ok(paravane_init(), "the tree has a node of Paravane with a door page")) {
		return;
	}
	print("# door page at 0x%lx, VTL call %s\n", paravane_door_page(),
	      paravane_has_vtl_call() ? "offered" : "not offered");

	calls_by(DOOR_PAGE, "door page");
	if (paravane_has_vtl_call()) {
		calls_by(DOOR_VTL_CALL, "VTL call");
	} else {
		skip("VTL call", "the tree does not offer it");
	}
	forwarded_calls();
	try_vtl2_memory();
}
