/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * How is a call made on this architecture?
 */
#ifndef PARAVANE_CALL_H
#define PARAVANE_CALL_H

#include <linux/platform_device.h>
#include <linux/types.h>

#define CALL_ARGUMENTS 6
#define CALL_RESULTS 4

/* Finds what the device's node offers. Once, before any other function. */
int call_open(struct platform_device *device);

/* The number of the door of that name. -EINVAL: there is no such name; -EOPNOTSUPP: the node does
 * not offer it. */
int call_door(const char *name);

/* One call, by a door that call_door() gave. */
void call_make(int door, u64 id, const u64 argument[CALL_ARGUMENTS], u64 result[CALL_RESULTS]);

#endif
