/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine of x86_64 whose VTL0 runs into things. */
#include "tests/unit/x86_64/icept_world.h"

#include <stdlib.h>
#include <string.h>

#include "arch/x86_64/icept.h"
#include "core/dev_16550.h"
#include "core/mem_map.h"
#include "core/platform.h"
#include "core/service.h"
#include "vtl/intercept.h"

#include "hv/synic.h"

#include "tests/fake/console.h"
#include "tests/fake/end.h"
#include "tests/fake/hv.h"
#include "tests/fake/memory.h"
#include "tests/fake/stop.h"
#include "tests/fake/vps.h"
#include "tests/unit/test.h"

#define RIP 0x00020010
#define PENDING_EVENT0 0x00010004
#define GP_FAULT 0x000D0101 /* pending, with an error code, vector 13 */

static struct platform platform;
static uint8_t payload[240];
struct world_console world_console, world_clock;
bool world_has_clock;

uint8_t dev_16550_read(uint32_t offset)
{
	world_console.reads++;
	world_console.offset = offset;
	return world_console.value;
}

void dev_16550_write(struct vp *vp, uint32_t offset, uint8_t value)
{
	assert_ptr_equal(vp, vp_boot());
	world_console.writes++;
	world_console.offset = offset;
	world_console.value = value;
}

bool icept_cmos_begin(void)
{
	return world_has_clock;
}

uint32_t icept_cmos_read(uint32_t offset, uint32_t size)
{
	world_clock.reads += size;
	world_clock.offset = offset;
	return world_clock.value;
}

void icept_cmos_write(struct vp *vp, uint32_t offset, uint32_t size, uint32_t value)
{
	assert_ptr_equal(vp, vp_boot());
	world_clock.writes += size;
	world_clock.offset = offset;
	world_clock.value = (uint8_t)value;
}

int world_setup(void **state)
{
	uint32_t i;

	(void)state;
	fake_console_reset();
	fake_machine(&platform, 1);
	fake_hv_reset();
	memset(&fake_end, 0, sizeof(fake_end));
	memset(&world_console, 0, sizeof(world_console));
	memset(&world_clock, 0, sizeof(world_clock));
	world_has_clock = true;
	service_open_doors(DOOR_ANY);
	for (i = 0; i < REG_COUNT; i++) {
		vp_boot()->regs.gpr[i] = WORLD_VALUE(i);
	}
	memset(payload, 0xEE, sizeof(payload));
	return (int)mem_map_init(&platform, (struct range){ FAKE_VTL2, FAKE_VTL2_SIZE });
}

void world_put(size_t offset, uint64_t value, size_t size)
{
	memcpy(payload + offset, &value, size);
}

void world_header(uint16_t execution_state, uint8_t length, uint8_t kind)
{
	world_put(0, 7, 4);
	world_put(4, 0xF0 | length, 1); /* CR8 above it */
	world_put(5, kind, 1);
	world_put(6, execution_state | 0xC000, 2);
	world_put(8, 0, 8);
	world_put(16, UINT64_C(0xA09B0010FFFFFFFF), 8);
	world_put(24, WORLD_RIP, 8);
	world_put(32, 0x46, 8);
}

bool world_send(uint32_t type, size_t size)
{
	struct hv_message *m = malloc(sizeof(m->header) + size);

	assert_non_null(m);
	memset(m, 0, sizeof(m->header));
	m->header.message_type = type;
	m->header.payload_size = (uint8_t)size;
	memcpy((uint8_t *)m + sizeof(m->header), payload, size);
	RUN_UNTIL_STOP(intercept_dispatch(vp_boot(), m));
	free(m);
	assert_true(fake_stop.kind == STOP_NONE || fake_stop.kind == STOP_END);
	return fake_stop.kind == STOP_NONE;
}

uint64_t world_reg(uint32_t n)
{
	return vp_boot()->regs.gpr[n];
}

void world_reg_set(uint32_t n, uint64_t value)
{
	vp_boot()->regs.gpr[n] = value;
}

void world_check_registers(uint32_t but)
{
	uint32_t i;

	for (i = 0; i < REG_COUNT; i++) {
		if ((but >> i & 1) == 0) {
			assert_int_equal(world_reg(i), WORLD_VALUE(i));
		}
	}
}

uint64_t world_resumed(void)
{
	assert_int_equal(fake_hv_malformed(), 0);
	assert_true(fake_hv_writes(0, RIP) <= 1);
	return fake_hv_value(0, RIP);
}

bool world_faulted(void)
{
	uint64_t low = 0;
	uint64_t high = 0;

	assert_int_equal(fake_hv_malformed(), 0);
	return fake_hv_get(0, PENDING_EVENT0, &low, &high) && low == GP_FAULT && high == 0 &&
	       fake_hv_writes(0, PENDING_EVENT0) == 1 && fake_hv_writes(0, RIP) == 0;
}

uint64_t world_counter(uint32_t n)
{
	return vp_boot()->stats.count[n];
}
