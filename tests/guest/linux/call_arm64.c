// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Doors of arm64: a store to the door page, hvc #2; hvc #0 and #1 always go out, because the
 * hypervisor owns them and answers what it does not know itself.
 */
#include <linux/io.h>
#include <linux/property.h>
#include <linux/string.h>

#include "paravane/services.h"
#include "tests/guest/linux/call.h"

enum door {
	DOOR_PAGE,
	DOOR_VTL,
	DOOR_HVC0,
	DOOR_HVC1
};

static void __iomem *door_page;
static bool has_vtl_call;

int call_open(struct platform_device *device)
{
	struct device *dev = &device->dev;

	has_vtl_call = device_property_match_string(dev, "method", PARAVANE_DT_METHOD_VTL_CALL) >=
		       0;
	if (device_property_match_string(dev, "method", PARAVANE_DT_METHOD_DOOR_PAGE) >= 0) {
		door_page = devm_platform_ioremap_resource(device, 0);
		if (IS_ERR(door_page)) {
			return PTR_ERR(door_page);
		}
	}
	return 0;
}

int call_door(const char *name)
{
	if (strcmp(name, "page") == 0) {
		return door_page ? DOOR_PAGE : -EOPNOTSUPP;
	}
	if (strcmp(name, "vtl") == 0) {
		return has_vtl_call ? DOOR_VTL : -EOPNOTSUPP;
	}
	if (strcmp(name, "hvc0") == 0) {
		return DOOR_HVC0;
	}
	if (strcmp(name, "hvc1") == 0) {
		return DOOR_HVC1;
	}
	return -EINVAL;
}

/* One call: the id and arguments where the interface wants them, everything else the compiler's.
 * The interface keeps all but X0 to X3, so nothing else is declared as changed. */
#define CALL(instruction)                                                                          \
	asm volatile(instruction                                                                   \
		     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)                                      \
		     : "r"(x4), "r"(x5), "r"(x6), [page] "r"(door_page + PARAVANE_DOOR_OFFSET)     \
		     : "memory")

void call_make(int door, u64 id, const u64 argument[CALL_ARGUMENTS], u64 result[CALL_RESULTS])
{
	register u64 x0 asm("x0") = id;
	register u64 x1 asm("x1") = argument[0];
	register u64 x2 asm("x2") = argument[1];
	register u64 x3 asm("x3") = argument[2];
	register u64 x4 asm("x4") = argument[3];
	register u64 x5 asm("x5") = argument[4];
	register u64 x6 asm("x6") = argument[5];

	switch (door) {
	case DOOR_PAGE:
		CALL("str wzr, [%[page]]");
		break;
	case DOOR_VTL:
		CALL("hvc #2");
		break;
	case DOOR_HVC0:
		CALL("hvc #0");
		break;
	case DOOR_HVC1:
		CALL("hvc #1");
		break;
	}
	result[0] = x0;
	result[1] = x1;
	result[2] = x2;
	result[3] = x3;
}
