/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is each page of VTL2's memory out of reach?
 *
 * A load from and a store to every page of it, not only where the image lies: the pages of each VP,
 * the page tables and what is left over are VTL2's too. Command line: "vtl2=0x..." where it begins
 * (0x8000000), "pages=" how many there are (512).
 */
#include "paravane/services.h"
#include "tests/guest/lib/guest.h"

#define VTL2_PAGES_DEFAULT 512
#define PAGE_SIZE 4096

/* How many pages did not answer with an abort that names the address. */
static uint64_t reached(uint64_t base, uint64_t pages, bool by_store)
{
	uint64_t door = paravane_door_page();
	uint64_t count = 0;

	for (uint64_t i = 0; i < pages; i++) {
		/* Another place in each page. */
		uint64_t address = base + i * PAGE_SIZE + i * 4 % PAGE_SIZE;

		struct exception seen;

		/* A store there is a call, and lets nothing be stored. */
		if (by_store && door != 0 && address / PAGE_SIZE == door / PAGE_SIZE) {
			continue;
		}
		exception_expect();
		if (by_store) {
			store32(address, 0x600D600D);
		} else {
			(void)load32(address);
		}
		seen = exception_end();
		if (!exception_is_refusal(&seen, address)) {
			print("# %s 0x%lx\n", by_store ? "stored to" : "loaded from", address);
			count++;
		}
	}
	return count;
}

void guest_main(void)
{
	uint64_t base;
	uint64_t pages = option("pages", VTL2_PAGES_DEFAULT);
	struct result r;

	if (!ok(paravane_init(), "the machine has a device of Paravane with a door")) {
		return;
	}
	base = vtl2_begin();
	ok_equal(reached(base, pages, false), 0, "no page of VTL2 can be read");
	ok_equal(reached(base, pages, true), 0, "no page of VTL2 can be written");
	r = call(DOOR_PAGE, PARAVANE_STATISTICS, PARAVANE_STAT_DENIED_ACCESS, 0, 0);
	ok_equal(r.x[1], 2 * pages - (paravane_door_page() != 0 ? 1 : 0),
		 "each attempt was counted, and the services go on");
}
