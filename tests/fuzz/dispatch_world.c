/* SPDX-License-Identifier: BSD-2-Clause */
/* On which machine do the requests run? dispatch_world.h says what is kept and what is put back. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/fuzz/dispatch_world.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/devices.h"
#include "core/entropy.h"
#include "core/handlers.h"
#include "core/mem_map.h"
#include "core/pl011.h"
#include "core/service.h"
#include "vtl/door.h"

#include "tests/fake/console.h"
#include "tests/fake/cpu.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/fuzz/fuzz.h"

#define WRITES_MAX 256
#define RX_FIFO 256 /* of the emulated UART */

/* One range of VTL0's RAM, and where it can be written to. */
static struct {
	uint64_t base;
	uint64_t end;
	uint8_t *alias;
} ram[] = { { FAKE_LOW, FAKE_VTL2, NULL }, { FAKE_HIGH, FAKE_RESERVED, NULL } };

static struct {
	struct platform platform;
	struct vp plain[WORLD_VPS];
	struct vp seeded[WORLD_VPS];
	uint32_t write_count;
	struct {
		uint8_t *at;
		size_t size;
	} writes[WRITES_MAX];
} world;

/* In the place of the private mapping that was there. */
static void share_ram(void)
{
	size_t i;

	for (i = 0; i < sizeof(ram) / sizeof(ram[0]); i++) {
		size_t size = ram[i].end - ram[i].base;
		int memory = memfd_create("vtl0", 0);
		void *seen;

		FUZZ_CHECK(memory >= 0 && ftruncate(memory, (off_t)size) == 0);
		seen = mmap(fake_at(ram[i].base), size, PROT_READ, MAP_SHARED | MAP_FIXED, memory,
			    0);
		FUZZ_CHECK(seen == fake_at(ram[i].base));
		ram[i].alias = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
		FUZZ_CHECK(ram[i].alias != MAP_FAILED);
		(void)close(memory);
	}
}

static void make(void)
{
	/* What a hypervisor may have said about the architecture's workarounds. */
	static const struct smccc_host_answer answers[] = { { 0x80008000, 0 }, { 0x80007FFF, -1 } };
	uint32_t i;

	fake_console_reset();
	fake_machine(&world.platform, WORLD_VPS);
	fake_hv_reset();
	fake_vtl_reset();
	fake_pl011_reset(FAKE_UART1);
	service_open_doors(DOOR_ANY);
	smccc_set_host_answers(answers, 2);
	dev_uart_init(&world.platform, FAKE_UART1);
	FUZZ_CHECK(door_init() == OK);
	FUZZ_CHECK(mem_map_init(&world.platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE }) ==
		   OK);
	for (i = 0; i < WORLD_VPS; i++) {
		struct vp *vp = vp_by_number(i);

		vp->index.v = (i + 1) % WORLD_VPS;
		vp_set_state(vp, VP_UP);
		world.plain[i] = *vp;
	}
	world.platform.entropy_size = PLATFORM_MAX_ENTROPY;
	memset(world.platform.entropy, 0xA5, PLATFORM_MAX_ENTROPY);
	entropy_init(&world.platform);
	for (i = 0; i < WORLD_VPS; i++) {
		struct vp *vp = vp_by_number(i);
		uint8_t first;

		FUZZ_CHECK(entropy_for_vp(vp, &first, sizeof(first)) == OK);
		world.seeded[i] = *vp;
	}
	entropy_close(); /* the others cannot be seeded later */
	share_ram();
}

/* By the registers that a driver would use. */
FUZZ_OWN static void restart_uart(void)
{
	static const struct {
		uint64_t offset;
		uint64_t value;
	} first[] = {
		{ UARTIMSC, 0 },  { UARTICR, 0xFFF }, { UARTIBRD, 0 },	  { UARTFBRD, 0 },
		{ UARTLCR_H, 0 }, { UARTCR, 0x300 },  { UARTIFLS, 0x12 },
	};
	struct vp *vp = vp_boot();
	size_t i;

	for (i = 0; i < RX_FIFO && (dev_uart_read(vp, UARTFR, 4) & UARTFR_RXFE) == 0; i++) {
		(void)dev_uart_read(vp, UARTDR, 4);
	}
	for (i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		dev_uart_write(vp, first[i].offset, 4, first[i].value);
	}
}

FUZZ_OWN static void restart_vps(const struct vp *as)
{
	uint32_t i;

	for (i = 0; i < WORLD_VPS; i++) {
		struct vp *vp = vp_by_number(i);

		*vp = as[i];
		memset(vp->assist_page, 0, 4096);
		memset(vp->message_page, 0, 4096);
		memset(vp->hypercall_in, 0, 4096);
		memset(vp->hypercall_out, 0, 4096);
	}
}

void world_start(bool seeded)
{
	static bool made;

	if (!made) {
		make();
		made = true;
	}
	for (; world.write_count > 0; world.write_count--) {
		memset(world.writes[world.write_count - 1].at, 0,
		       world.writes[world.write_count - 1].size);
	}
	world_forget_state();
	fake_cpu_reset();
	fake_vtl_reset();
	fake_hv_reset();
	fake_pl011_reset(FAKE_UART1);
	restart_uart();
	/* Last: what was done to the UART was counted. */
	restart_vps(seeded ? world.seeded : world.plain);
	fake_console_empty();
}

FUZZ_OWN void world_write(uint64_t gpa, const uint8_t *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < sizeof(ram) / sizeof(ram[0]); i++) {
		if (gpa >= ram[i].base && gpa < ram[i].end && size <= ram[i].end - gpa &&
		    world.write_count < WRITES_MAX) {
			uint8_t *at = ram[i].alias + (gpa - ram[i].base);

			memcpy(at, bytes, size);
			world.writes[world.write_count].at = at;
			world.writes[world.write_count].size = size;
			world.write_count++;
		}
	}
}
