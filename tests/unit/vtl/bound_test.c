/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is a stay in VTL2 bounded, whatever VTL0 does, and is no lock kept after it?
 *
 * Each door with each row and with junk, each kind of access at each kind of address, with a
 * console that takes nothing: counted in hypercalls and in accesses to devices. After each stay
 * the log and the console still answer; a stay without end is ended by an alarm.
 */
#include "vtl/intercept.h"

#include <signal.h>
#include <unistd.h>

#include "core/devices.h"
#include "core/log.h"
#include "core/service.h"
#include "paravane/services.h"
#include "vtl/door.h"

#include "tests/fake/console.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/mmio.h"
#include "tests/fake/pl011.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"
#include "tests/unit/vtl/intercept_world.h"

#define SECONDS 20

/* The program counter, and for a refused access nothing else: the abort is one call more, which
 * the fake architecture makes without a hypercall. */
#define HYPERCALLS_MAX 1

/* core/uart_pl011.c gives a character up after that many looks at a FIFO that stays full. */
#define POLLS_MAX 100001

static uint64_t seed = 11;

static void no_end(int number)
{
	static const char text[] = "a stay in VTL2 has no end\n";

	(void)number;
	(void)!write(STDOUT_FILENO, text, sizeof(text) - 1);
	_exit(1);
}

static int setup(void **state)
{
	signal(SIGALRM, no_end);
	alarm(SECONDS);
	return world_setup(state);
}

/* Whoever keeps a lock stops these. */
static void check_after(uint32_t hypercalls, uint32_t accesses)
{
	assert_in_range(fake_hv_count() - hypercalls, 0, HYPERCALLS_MAX);
	assert_in_range(fake_mmio_count() - accesses, 0, POLLS_MAX);
	log_info("still there");
	(void)dev_uart_read(vp_boot(), 0x18, 4);
}

static void stay_for_call(uint64_t id, uint32_t door)
{
	uint32_t hypercalls = fake_hv_count();
	uint32_t accesses = fake_mmio_count();
	struct mem_access store = world_store(door_page().v);
	struct hv_message m = fake_message_hypercall(false, WORLD_PC);

	vp_boot()->regs.x[0] = id;
	if (door == DOOR_PAGE) {
		world_run_into(&store);
	} else if (door == DOOR_HVC0) {
		intercept_dispatch(vp_boot(), &m);
	} else {
		service_dispatch(vp_boot(), DOOR_VTLCALL);
	}
	check_after(hypercalls, accesses);
}

static void test_calls(void **state)
{
	uint32_t door;
	uint32_t i;
	uint32_t k;

	for (door = DOOR_PAGE; door <= DOOR_HVC0; door <<= 1) {
		for (i = 0; i <= service_count; i++) {
			assert_int_equal(setup(state), 0);
			for (k = 1; k < 31; k++) {
				vp_boot()->regs.x[k] = i % 2 == 0 ? UINT64_MAX :
								    test_random(&seed) >> k;
			}
			stay_for_call(i < service_count ? services[i].id : UINT64_MAX, door);
		}
	}
}

static void test_accesses(void **state)
{
	static const uint64_t at[] = { FAKE_LOW,	 FAKE_VTL2,	    FAKE_HIGH - 1,
				       FAKE_RESERVED,	 FAKE_END,	    FAKE_UART0,
				       FAKE_UART1,	 FAKE_UART1 + 0x30, UINT64_MAX,
				       UINT64_C(1) << 51 };
	uint32_t kind;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(at); i++) {
		for (kind = 0; kind < 64; kind++) {
			struct mem_access a = world_load(at[i]);
			uint32_t accesses;

			assert_int_equal(setup(state), 0);
			a.is_write = (kind & 1) != 0;
			a.is_execute = (kind & 2) != 0;
			a.is_maintenance = (kind & 4) != 0;
			a.has_operand = (kind & 8) == 0;
			fake_vtl.from_user = (kind & 16) != 0;
			a.event_pending = (kind & 32) != 0;
			accesses = fake_mmio_count();
			world_run_into(&a);
			check_after(0, accesses);
		}
	}
}

/* A console of the host that takes nothing: each character is given up in the end. */
static void test_stuck_console(void **state)
{
	struct mem_access store = world_store(FAKE_UART1);
	uint32_t accesses = fake_mmio_count();

	(void)state;
	fake_pl011.stuck = true;
	world_run_into(&store);
	check_after(0, accesses);
	assert_true(fake_pl011.polls > 1);
}

/* Somebody types without end: the rest comes with the next interrupt. */
static void test_typing_without_end(void **state)
{
	static const char text[4096];
	uint32_t accesses = fake_mmio_count();

	(void)state;
	fake_pl011_type(text, sizeof(text));
	dev_uart_host_interrupt();
	assert_in_range(fake_mmio_count() - accesses, 1, 2000);
	check_after(0, fake_mmio_count());
}

/* The hypervisor asks for another turn again and again: VTL0's program counter is not set, so the
 * request has no effect and VTL0 makes it again. */
static void test_retries(void **state)
{
	struct mem_access store = world_store(door_page().v);

	(void)state;
	fake_hv_script(0x51, 0x0078, 0, UINT32_MAX);
	vp_boot()->regs.x[0] = PARAVANE_UID;
	world_run_into(&store);
	/* One at the quick way, then the general way's tries. */
	assert_in_range(fake_hv_count(), 2, 1 + 1024);
	assert_int_equal(vp_boot()->regs.x[0], PARAVANE_UID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_calls, setup),
		cmocka_unit_test_setup(test_accesses, setup),
		cmocka_unit_test_setup(test_stuck_console, setup),
		cmocka_unit_test_setup(test_typing_without_end, setup),
		cmocka_unit_test_setup(test_retries, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
