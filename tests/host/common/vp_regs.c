/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which synthetic registers exist, and who may write what to them?
 *
 * The registers that have the same number on every architecture; all other names go to the
 * architecture. Before the guest OS id is set only the early ones answer.
 */
#include <stddef.h>

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/fault.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/hypercall.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/synic.h"

#define CRASH_NOTIFY (1ull << 63)
#define CRASH_MESSAGE (1ull << 62)
#define CRASH_NO_DUMP (1ull << 61)
#define CRASH_RESERVED ((1ull << 58) - 1)
#define CRASH_TEXT_MAX 200

#define PRIVILEGE_TIME_REF (1ull << 1)
#define PRIVILEGE_SYNIC (1ull << 2)
#define PRIVILEGE_HYPERCALL (1ull << 5)
#define PRIVILEGE_VP_INDEX (1ull << 6)
#define PRIVILEGE_VSM (1ull << 48)
#define PRIVILEGE_VP_REGISTERS (1ull << 49)
#define PRIVILEGE_START_VP (1ull << 53)

#define CONFIG_KNOWN                                                                               \
	(CONFIG_ENABLE_PROTECTION | (0xFull << 1) | CONFIG_ZERO_MEMORY | CONFIG_DENY_STARTUP |     \
	 CONFIG_ICEPT_ENABLE_VTL | CONFIG_ICEPT_CPUID | CONFIG_ICEPT_UNRECOVERABLE |               \
	 CONFIG_INTERCEPT_PAGE | CONFIG_ICEPT_NOT_PRESENT | CONFIG_ICEPT_RESET)

static bool is_early(uint32_t name, bool is_write)
{
	if (name == REG_GUEST_OS_ID || (name >= REG_CRASH_P0 && name <= REG_CRASH_CTL)) {
		return true;
	}
	return !is_write && (name == REG_HV_VERSION || name == REG_TIME_REF_COUNT ||
			     (name >= REG_PRIVILEGES && name <= REG_HW_FEATURES));
}

static void hv_version(uint64_t value[2])
{
	value[0] = 26100 | (10ull << 16) << 32;
	value[1] = 0;
}

static void privileges(uint32_t vtl, uint64_t value[2])
{
	value[1] = 0;
	value[0] = PRIVILEGE_TIME_REF | PRIVILEGE_SYNIC | PRIVILEGE_HYPERCALL | PRIVILEGE_VP_INDEX |
		   PRIVILEGE_VP_REGISTERS;
	/* The partition's, so that a host that cannot limit VTL0's VTLs shows them to it, too. */
	if (vtl == 2 || vm.opt.no_guest_vsm) {
		value[0] |= PRIVILEGE_VSM | PRIVILEGE_START_VP;
	}
	arch_privileges(vtl, value);
}

static uint64_t vp_status(const struct vp *vp)
{
	uint64_t enabled = 1 | (vp->vtl2_enabled ? 4 : 0);

	return vp->active | enabled << 16;
}

/* Partition-wide values; false: not one of them. */
static bool get_partition(const struct hypercall *call, uint32_t vtl, uint32_t name,
			  uint64_t value[2])
{
	value[1] = 0;
	switch (name) {
	case REG_HV_VERSION:
		hv_version(value);
		return true;
	case REG_PRIVILEGES:
		privileges(call->vtl, value);
		return true;
	case REG_FEATURES:
		value[0] = 0xFFFFFFFFull << 32;
		return true;
	case REG_LIMITS:
		value[0] = vm.opt.vps | (uint64_t)vm.opt.vps << 32;
		return true;
	case REG_HW_FEATURES:
		value[0] = 2;
		return true;
	case REG_GUEST_OS_ID:
		value[0] = vm.guest_os_id[vtl_slot(vtl)];
		return true;
	case REG_TIME_REF_COUNT:
		value[0] = arch_time();
		return true;
	case REG_CRASH_CTL:
		value[0] = CRASH_NOTIFY | CRASH_MESSAGE | CRASH_NO_DUMP;
		return true;
	case REG_VSM_PARTITION_STATUS:
		value[0] = (vm.has_vtl2 ? 5 | (2 << 16) : 1);
		return true;
	case REG_VSM_CAPABILITIES:
		value[0] = vm.has_vtl2 ? vm.capabilities : 0;
		return true;
	default:
		if (name >= REG_CRASH_P0 && name <= REG_CRASH_P4) {
			value[0] = vm.crash[vtl_slot(vtl)][name - REG_CRASH_P0];
			return true;
		}
		return false;
	}
}

/* Names that not every source has. */
static bool is_absent(uint32_t name)
{
	return name == REG_GUEST_VSM_CONFIG && vm.opt.no_guest_vsm;
}

uint16_t regs_get(const struct hypercall *call, struct vp *vp, uint32_t vtl, uint32_t name,
		  uint64_t value[2])
{
	value[0] = 0;
	value[1] = 0;
	if (get_partition(call, vtl, name, value)) {
		return HV_SUCCESS;
	}
	if (synic_owns(name)) {
		return synic_get(vp, vtl, name, &value[0]);
	}
	if (is_absent(name)) {
		return (uint16_t)vm.opt.status_bad_register;
	}
	switch (name) {
	case REG_VP_INDEX:
		value[0] = vp->index;
		return HV_SUCCESS;
	case REG_VSM_VP_STATUS:
		value[0] = vp_status(vp);
		return HV_SUCCESS;
	case REG_VSM_PARTITION_CONFIG:
		value[0] = vm.config;
		return vtl == 2 ? HV_SUCCESS : HV_INVALID_PARAMETER;
	case REG_GUEST_VSM_CONFIG:
		value[0] = vm.guest_vsm;
		return call->vtl == 2 ? HV_SUCCESS : HV_ACCESS_DENIED;
	case REG_VSM_VINA:
	case REG_VSM_SECURE_CONFIG_VTL0:
		return call->vtl == 2 ? HV_SUCCESS : HV_ACCESS_DENIED;
	case REG_INTERNAL_ACTIVITY:
		value[0] = vtl == 0 && vp->vtl0_suspended ? 1 : 0;
		return HV_SUCCESS;
	case REG_PENDING_EVENT0:
		memcpy(value, vp->event0, sizeof(vp->event0));
		return vtl == 0 ? HV_SUCCESS : HV_INVALID_PARAMETER;
	case REG_PENDING_EVENT1:
		memcpy(value, vp->event1, sizeof(vp->event1));
		return vtl == 0 ? HV_SUCCESS : HV_INVALID_PARAMETER;
	default:
		return arch_reg_get(vp, vtl, name, value);
	}
}

static uint16_t set_config(uint64_t value)
{
	uint64_t needs = 0;

	needs |= (value & CONFIG_DENY_STARTUP) != 0 ? CAP_DENY_STARTUP : 0;
	needs |= (value & CONFIG_INTERCEPT_PAGE) != 0 ? CAP_INTERCEPT_PAGE : 0;
	needs |= (value & CONFIG_ICEPT_NOT_PRESENT) != 0 ? CAP_NOT_PRESENT : 0;
	needs |= (value & CONFIG_ICEPT_RESET) != 0 ? CAP_SYSTEM_RESET : 0;
	if ((value & ~CONFIG_KNOWN) != 0 || (needs & ~vm.capabilities) != 0) {
		return HV_INVALID_REGISTER_VALUE;
	}
	if ((vm.config & CONFIG_ENABLE_PROTECTION) != 0 &&
	    ((value & CONFIG_ENABLE_PROTECTION) == 0 ||
	     CONFIG_DEFAULT_MASK(value) != CONFIG_DEFAULT_MASK(vm.config))) {
		return HV_INVALID_REGISTER_VALUE;
	}
	/* Only the mask that takes nothing away is offered. */
	if ((value & CONFIG_ENABLE_PROTECTION) != 0 && CONFIG_DEFAULT_MASK(value) != MAP_ALL) {
		return HV_INVALID_REGISTER_VALUE;
	}
	vm.config = value;
	return HV_SUCCESS;
}

static uint16_t set_activity(const struct hypercall *call, struct vp *vp, uint32_t vtl,
			     uint64_t value)
{
	if ((vm.opt.deny & OPTIONS_DENY_ACTSTATE) != 0 || vtl != 0 || call->vtl != 2) {
		return (uint16_t)vm.opt.status_read_only;
	}
	if ((value & ~1ull) != 0) {
		return HV_INVALID_REGISTER_VALUE;
	}
	vp->vtl0_suspended = value != 0;
	arch_kick(vp);
	return HV_SUCCESS;
}

/* Whoever wrote it, no line of it can pass for one of another origin. */
static void print_crash_text(uint32_t vtl, const char *text, uint32_t size)
{
	char line[CRASH_TEXT_MAX + 1];
	uint32_t used = 0;
	uint32_t n;

	for (n = 0; n < size; n++) {
		char c = text[n];

		if (c != '\n') {
			line[used++] = (char)(c >= ' ' && c <= '~' ? c : '?');
		}
		if (used != 0 && (c == '\n' || used == CRASH_TEXT_MAX || n == size - 1)) {
			line[used] = '\0';
			console_host("crash text vtl=%u: %s", vtl, line);
			used = 0;
		}
	}
}

static void report_crash(uint32_t vtl, const uint64_t *crash)
{
	if (vtl == 2) {
		fault_crash();
	}
	console_host("crash vtl=%u ctl=0x%llx p0=0x%llx p1=0x%llx p2=0x%llx p3=0x%llx p4=0x%llx",
		     vtl, (unsigned long long)crash[5], (unsigned long long)crash[0],
		     (unsigned long long)crash[1], (unsigned long long)crash[2],
		     (unsigned long long)crash[3], (unsigned long long)crash[4]);
	if ((crash[5] & CRASH_MESSAGE) == 0) {
		return;
	}
	/* One page holds it, which its writer must be able to read. */
	if (crash[4] > HV_PAGE_SIZE - crash[3] % HV_PAGE_SIZE ||
	    (arch_access(vtl, crash[3] >> 12) & MAP_READ) == 0 || arch_ram(crash[3], 1) == NULL) {
		console_host("crash text vtl=%u: is not in a page of its own", vtl);
		return;
	}
	print_crash_text(vtl, arch_ram(crash[3], crash[4]), (uint32_t)crash[4]);
}

static uint16_t set_crash(uint32_t vtl, uint32_t name, uint64_t value)
{
	uint64_t *crash = vm.crash[vtl_slot(vtl)];

	if (name == REG_CRASH_CTL) {
		if ((value & CRASH_RESERVED) != 0) {
			return HV_INVALID_REGISTER_VALUE;
		}
		crash[5] = value;
		if ((value & CRASH_NOTIFY) != 0) {
			report_crash(vtl, crash);
		}
		return HV_SUCCESS;
	}
	crash[name - REG_CRASH_P0] = value;
	return HV_SUCCESS;
}

static uint16_t set_event(const struct hypercall *call, struct vp *vp, uint32_t vtl, uint32_t name,
			  const uint64_t value[2])
{
	if (call->vtl != 2 || vtl != 0) {
		return HV_INVALID_PARAMETER;
	}
	if (name == REG_PENDING_EVENT0) {
		if (!arch_event_possible(value)) {
			return HV_INVALID_REGISTER_VALUE;
		}
		memcpy(vp->event0, value, sizeof(vp->event0));
	} else if (vm.opt.event == OPTIONS_EVENT_REFUSE) {
		return HV_INVALID_REGISTER_VALUE;
	} else {
		memcpy(vp->event1, value, sizeof(vp->event1));
		vp->event1_written = true;
	}
	return HV_SUCCESS;
}

static uint16_t set_vsm(const struct hypercall *call, uint32_t vtl, uint32_t name, uint64_t value)
{
	if (call->vtl != 2) {
		return HV_ACCESS_DENIED;
	}
	if (name == REG_VSM_PARTITION_CONFIG) {
		return vtl == 2 ? set_config(value) : HV_INVALID_PARAMETER;
	}
	if (name == REG_GUEST_VSM_CONFIG) {
		if (value > 1) {
			return HV_INVALID_REGISTER_VALUE;
		}
		vm.guest_vsm = value;
		return HV_SUCCESS;
	}
	return value == 0 ? HV_SUCCESS : HV_INVALID_REGISTER_VALUE;
}

static bool is_read_only(uint32_t name)
{
	return name == REG_HV_VERSION || (name >= REG_PRIVILEGES && name <= REG_HW_FEATURES) ||
	       name == REG_VP_INDEX || name == REG_TIME_REF_COUNT || name == REG_VSM_VP_STATUS ||
	       name == REG_VSM_PARTITION_STATUS || name == REG_VSM_CAPABILITIES;
}

uint16_t regs_set(const struct hypercall *call, struct vp *vp, uint32_t vtl, uint32_t name,
		  const uint64_t value[2])
{
	if (is_read_only(name)) {
		return (uint16_t)vm.opt.status_read_only;
	}
	if (synic_owns(name)) {
		return synic_set(vp, vtl, name, value[0]);
	}
	if (is_absent(name)) {
		return (uint16_t)vm.opt.status_bad_register;
	}
	if (name >= REG_CRASH_P0 && name <= REG_CRASH_CTL) {
		return set_crash(vtl, name, value[0]);
	}
	switch (name) {
	case REG_GUEST_OS_ID:
		vm.guest_os_id[vtl_slot(vtl)] = value[0];
		arch_os_id_written(vtl);
		return HV_SUCCESS;
	case REG_INTERNAL_ACTIVITY:
		return set_activity(call, vp, vtl, value[0]);
	case REG_PENDING_EVENT0:
	case REG_PENDING_EVENT1:
		return set_event(call, vp, vtl, name, value);
	case REG_VSM_PARTITION_CONFIG:
	case REG_GUEST_VSM_CONFIG:
	case REG_VSM_VINA:
	case REG_VSM_SECURE_CONFIG_VTL0:
		return set_vsm(call, vtl, name, value[0]);
	default:
		return arch_reg_set(vp, vtl, name, value);
	}
}

/* The header that both calls share. */
static uint16_t check_header(const struct hypercall *call, uint32_t name, bool is_write,
			     struct vp **vp, uint32_t *vtl)
{
	uint16_t status = hc_target_vp(call, vp);

	if (status == HV_SUCCESS) {
		status = hc_input_vtl(call, call->in[12], vtl);
	}
	if (status != HV_SUCCESS) {
		return status;
	}
	if (!hc_is_zero(call, 13, 3)) {
		return HV_INVALID_PARAMETER;
	}
	if (call->vtl == 0 && *vp != call->vp) {
		return HV_ACCESS_DENIED;
	}
	if (vm.guest_os_id[vtl_slot(call->vtl)] == 0 && !is_early(name, is_write)) {
		return HV_ACCESS_DENIED;
	}
	return HV_SUCCESS;
}

uint16_t hc_get_vp_registers(const struct hypercall *call, uint32_t element)
{
	uint32_t name = hc_u32(call, 16 + 4 * element);
	uint64_t value[2] = { 0, 0 };
	uint32_t vtl = 0;
	struct vp *vp;
	uint16_t status = check_header(call, name, false, &vp, &vtl);

	if (status == HV_SUCCESS) {
		status = regs_get(call, vp, vtl, name, value);
	}
	if (status == HV_SUCCESS) {
		memcpy(call->out + 16 * element, value, sizeof(value));
	}
	return status;
}

uint16_t hc_set_vp_registers(const struct hypercall *call, uint32_t element)
{
	uint32_t base = 16 + 32 * element;
	uint32_t name = hc_u32(call, base);
	uint64_t value[2] = { hc_u64(call, base + 16), hc_u64(call, base + 24) };
	uint32_t vtl = 0;
	struct vp *vp;
	uint16_t status = check_header(call, name, true, &vp, &vtl);

	if (status != HV_SUCCESS) {
		return status;
	}
	if (!hc_is_zero(call, base + 4, 12)) {
		return HV_INVALID_PARAMETER;
	}
	return regs_set(call, vp, vtl, name, value);
}
