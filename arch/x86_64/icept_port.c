/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which I/O ports does VTL2 answer, and how? (the third table)
 *
 * VTL0's console and its clock, and the two registers by which a PC is switched off and restarted.
 * Elsewhere no device is: VTL0 finds an empty bus there without our help.
 * Must never: advance VTL0 twice over one instruction.
 */
#include "arch/x86_64/icept.h"

#include "arch/x86_64/power.h"
#include "core/dev_16550.h"
#include "core/dev_cmos.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "vtl/end.h"
#include "vtl/intercept.h"
#include "vtl/vsm.h"

#include "hv/vsm.h"

struct port_row {
	uint16_t first;
	uint16_t count;
	const char *name;
	bool (*begin)(void); /* NULL, or before anything else; false: nothing is there */
	/* offset from first, size 1, 2 or 4; what is above it in a value is 0. NULL: off. */
	uint32_t (*read)(uint32_t offset, uint32_t size);
	void (*write)(struct vp *vp, uint32_t offset, uint32_t size, uint32_t value);
};

static uint32_t console_read(uint32_t offset, uint32_t size)
{
	return size == 1 ? dev_16550_read(offset) : UINT32_MAX;
}

static void console_write(struct vp *vp, uint32_t offset, uint32_t size, uint32_t value)
{
	if (size == 1) {
		dev_16550_write(vp, offset, (uint8_t)value);
	}
}

/* ACPI's PM1a control, whose upper byte is also the sleep control register: the only state to enter
 * is off. SCI_EN: there is no other mode. */
static uint32_t power_read(uint32_t offset, uint32_t size)
{
	(void)size;
	return offset == 0 ? PM1_SCI_EN : 0;
}

static void power_write(struct vp *vp, uint32_t offset, uint32_t size, uint32_t value)
{
	(void)size;
	if ((value << (8 * offset) & PM1_SLP_EN) != 0) {
		end_machine(vp, RESET_POWER_OFF);
	}
}

static uint32_t reset_read(uint32_t offset, uint32_t size)
{
	(void)offset;
	(void)size;
	return 0;
}

static void reset_write(struct vp *vp, uint32_t offset, uint32_t size, uint32_t value)
{
	(void)offset;
	(void)size;
	if ((value & RESET_CONTROL_CPU) != 0) {
		end_machine(vp, RESET_REBOOT);
	}
}

#define IF(c, f) (IS_ENABLED(CONFIG_##c) ? (f) : NULL)

static const struct port_row rows[] = {
	{ COM1, DEV_16550_PORTS, "console", NULL, IF(DEV_16550, console_read),
	  IF(DEV_16550, console_write) },
	{ CMOS, DEV_CMOS_PORTS, "clock", IF(DEV_CMOS, icept_cmos_begin),
	  IF(DEV_CMOS, icept_cmos_read), IF(DEV_CMOS, icept_cmos_write) },
	{ CONFIG_POWER_PORT, 2, "power", NULL, power_read, power_write },
	{ RESET_CONTROL, 1, "reset", NULL, reset_read, reset_write },
};

static bool granted[ARRAY_SIZE(rows)];

static const struct port_row *row_of(uint32_t port)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (rows[i].read != NULL && port >= rows[i].first &&
		    port - rows[i].first < rows[i].count) {
			return &rows[i];
		}
	}
	return NULL;
}

static uint32_t mask_of(uint32_t size)
{
	return (uint32_t)((UINT64_C(1) << (8 * size)) - 1);
}

/* A 32-bit result clears the upper half, a shorter one keeps what is above it. */
static void give(struct vp *vp, uint32_t size, uint32_t value)
{
	uint64_t kept = size == 4 ? 0 : ~(uint64_t)mask_of(size);

	vp->regs.gpr[REG_RAX] = (vp->regs.gpr[REG_RAX] & kept) | (value & mask_of(size));
}

void icept_port(struct vp *vp, const volatile void *payload, size_t size)
{
	const volatile struct hv_x64_io_port_intercept_message *m = payload;
	union hv_x64_io_port_access_info info;
	const struct port_row *row;
	struct icept_head at;
	uint32_t port;

	if (size < sizeof(*m)) {
		return;
	}
	at = icept_decode_head(&m->header);
	info.as_uint8 = m->access_info.as_uint8;
	port = m->port_number;
	/* A string instruction would have us walk VTL0's tables; no console driver uses one. */
	if (at.length == 0 || info.string_op != 0 ||
	    (info.access_size != 1 && info.access_size != 2 && info.access_size != 4)) {
		icept_refuse(vp, &at);
		return;
	}
	if (!intercept_resume_at(at.pc + at.length)) {
		return;
	}
	row = row_of(port);
	if (at.access == HV_INTERCEPT_ACCESS_WRITE) {
		if (row != NULL) {
			row->write(vp, port - row->first, info.access_size,
				   (uint32_t)vp->regs.gpr[REG_RAX] & mask_of(info.access_size));
		}
	} else {
		give(vp, info.access_size,
		     row != NULL ? row->read(port - row->first, info.access_size) : UINT32_MAX);
	}
}

bool icept_port_is_ours(uint16_t port)
{
	const struct port_row *row = row_of(port);

	return row != NULL && granted[row - rows];
}

void icept_port_install(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		uint32_t last = rows[i].first + rows[i].count - 1U;

		granted[i] = false;
		if (rows[i].read == NULL || (rows[i].begin != NULL && !rows[i].begin())) {
			continue;
		}
		granted[i] = vsm_install_intercept(HV_INTERCEPT_TYPE_X64_IO_PORT_RANGE,
						   HV_INTERCEPT_ACCESS_MASK_READ |
							   HV_INTERCEPT_ACCESS_MASK_WRITE,
						   rows[i].first | (uint64_t)last << 16) == OK;
		if (!granted[i]) {
			log_warn("vsm: no intercept of the %s ports: VTL0 has none", rows[i].name);
		}
	}
}
