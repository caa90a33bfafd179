/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine that runs into intercepts: what both intercept tests begin with. */
#include "tests/unit/vtl/intercept_world.h"

#include <string.h>

#include "core/devices.h"
#include "core/mem_map.h"
#include "core/service.h"
#include "vtl/door.h"
#include "vtl/intercept.h"

#include "tests/fake/console.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/pl011.h"
#include "tests/fake/vps.h"
#include "tests/fake/vtl.h"
#include "tests/unit/test.h"

#define PATTERN UINT64_C(0x5A5A5A5A00000000)

struct platform world_platform;

int world_setup(void **state)
{
	uint32_t i;

	(void)state;
	fake_console_reset();
	fake_machine(&world_platform, 2);
	fake_hv_reset();
	fake_vtl_reset();
	fake_pl011_reset(FAKE_UART1);
	memset(&fake_end, 0, sizeof(fake_end));
	service_open_doors(DOOR_ANY);
	dev_uart_init(&world_platform, FAKE_UART1);
	for (i = 0; i < 31; i++) {
		vp_boot()->regs.x[i] = PATTERN + i;
	}
	if (door_init() != OK) {
		return 1;
	}
	return (int)mem_map_init(&world_platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
}

struct mem_access world_load(uint64_t gpa)
{
	return (struct mem_access){
		.pc = WORLD_PC,
		.behind = WORLD_PC + 4,
		.gpa = gpa,
		.has_operand = true,
		.size = 4,
		.reg = 5,
	};
}

struct mem_access world_store(uint64_t gpa)
{
	struct mem_access a = world_load(gpa);

	a.is_write = true;
	return a;
}

void world_check_registers(uint32_t first, uint32_t count)
{
	uint32_t i;

	for (i = 0; i < 31; i++) {
		if (i < first || i >= first + count) {
			assert_int_equal(vp_boot()->regs.x[i], PATTERN + i);
		}
	}
}

void world_run_into(const struct mem_access *access)
{
	struct hv_message m = fake_message_memory(HVMSG_GPA_INTERCEPT, access);

	intercept_dispatch(vp_boot(), &m);
}

uint64_t world_counter(uint32_t n)
{
	return vp_boot()->stats.count[n];
}

bool world_has_resumed(void)
{
	if (fake_hv_writes(0, ARCH_PC_REGISTER) == 0) {
		return false;
	}
	assert_int_equal(fake_hv_writes(0, ARCH_PC_REGISTER), 1);
	assert_int_equal(fake_hv_value(0, ARCH_PC_REGISTER), WORLD_PC + 4);
	return true;
}
