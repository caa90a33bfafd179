/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do messages reach VTL2, and which registers steer that?
 */
#ifndef TESTS_HOST_COMMON_SYNIC_H
#define TESTS_HOST_COMMON_SYNIC_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/host/common/vm.h"

/* SINTs, SCONTROL, SVERSION, SIEFP, SIMP, EOM, VP assist page. */
bool synic_owns(uint32_t name);
uint16_t synic_get(const struct vp *vp, uint32_t vtl, uint32_t name, uint64_t *value);
uint16_t synic_set(struct vp *vp, uint32_t vtl, uint32_t name, uint64_t value);

/*
 * An intercept of VTL0 on this VP, which VTL0 is running on: in the VP assist page, with VTL2
 * entered; or in slot 0 of VTL2's message page, with SINT0 raised. False: the slot is busy, and
 * VTL0 must do again what it did.
 */
bool synic_intercept(struct vp *vp, uint32_t type, const uint8_t *payload, uint32_t size);

/*
 * Another message for a SINT of this VTL. False: its slot is taken, and says now that one waits.
 * What cannot arrive, because the VTL does not want it, is dropped.
 */
bool synic_post(struct vp *vp, uint32_t vtl, uint32_t sint, uint32_t type, const uint8_t *payload,
		uint32_t size);

#endif
