/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which features of Virtual Secure Mode exist, and how is the partition configured?
 *
 * May assume: boot VP, channel open. Must never: use a feature whose capability bit is not set;
 * what is missing is said once and has its documented consequence (docs/limits.md).
 */
#include "vtl/vsm.h"

#include "core/kconfig.h"
#include "core/log.h"
#include "vtl/hypercall.h"
#include "vtl/vp_regs.h"

#include "hv/hvgdk.h"
#include "hv/regs.h"
#include "hv/vsm.h"

static struct vsm_features features;

enum err vsm_active_vtl(uint32_t *vtl)
{
	uint64_t status;
	enum err err = vp_reg_get(VP_REGS_OWN, HV_REGISTER_VSM_VP_STATUS, &status);

	if (err == OK) {
		*vtl = (uint32_t)(status & HV_VSM_VP_STATUS_ACTIVE_VTL);
	}
	return err;
}

enum err vsm_install_intercept(uint32_t type, uint32_t access, uint64_t parameter)
{
	struct hv_input_install_intercept in = {
		.partition_id = HV_PARTITION_ID_SELF,
		.access_type = access,
		.intercept_type = type,
		.intercept_parameter = parameter,
	};

	return hypercall_do(&(struct hypercall){
		.code = HVCALL_INSTALL_INTERCEPT, .in = &in, .in_size = sizeof(in) });
}

static uint64_t wanted_configuration(void)
{
	uint64_t config = HV_VSM_PARTITION_CONFIG_ENABLE_VTL_PROTECTION |
			  HV_VSM_PARTITION_CONFIG_DEFAULT_MASK |
			  HV_VSM_PARTITION_CONFIG_ZERO_MEMORY_ON_RESET | ARCH_VSM_CONFIG;

	if (features.intercept_page) {
		config |= HV_VSM_PARTITION_CONFIG_INTERCEPT_PAGE;
	}
	if (features.intercept_not_present) {
		config |= HV_VSM_PARTITION_CONFIG_INTERCEPT_NOT_PRESENT;
	}
	if (features.intercept_reset) {
		config |= HV_VSM_PARTITION_CONFIG_INTERCEPT_SYSTEM_RESET;
	}
	return config;
}

/* VTL1 is not offered to VTL0. Not every hypervisor has the register: then the request itself is
 * refused when it comes. */
static void deny_vtl1(void)
{
	if (vp_reg_set(VP_REGS_OWN, HV_REGISTER_GUEST_VSM_PARTITION_CONFIG, 0) != OK) {
		log_info("vsm: no limit of VTL0's own VTLs (%s)",
			 hypercall_status_name(vp_regs_last_status()));
	}
}

enum err vsm_configure(void)
{
	enum err err;

	err = vp_reg_get(VP_REGS_OWN, HV_REGISTER_VSM_CAPABILITIES, &features.capabilities);
	if (err != OK) {
		return vp_regs_refused("vsm: capabilities", err);
	}
	features.intercept_page = IS_ENABLED(CONFIG_INTERCEPT_PAGE) &&
				  (features.capabilities & HV_VSM_CAP_INTERCEPT_PAGE_AVAILABLE) !=
					  0;
	features.intercept_not_present =
		(features.capabilities & HV_VSM_CAP_INTERCEPT_NOT_PRESENT_AVAILABLE) != 0;
	features.intercept_reset =
		(features.capabilities & HV_VSM_CAP_INTERCEPT_SYSTEM_RESET_AVAILABLE) != 0;

	err = vp_reg_set(VP_REGS_OWN, HV_REGISTER_VSM_PARTITION_CONFIG, wanted_configuration());
	if (err != OK) {
		return vp_regs_refused("vsm: partition configuration", err);
	}
	features.intercept_hypercall = IS_ENABLED(CONFIG_DOOR_HVC) &&
				       vsm_install_intercept(HV_INTERCEPT_TYPE_HYPERCALL,
							     HV_INTERCEPT_ACCESS_MASK_EXECUTE,
							     0) == OK;
	deny_vtl1();
	log_info("vsm: capabilities 0x%lx, intercepts by %s, not-present %s, reset %s, "
		 "forwarded hypercalls %s",
		 features.capabilities, features.intercept_page ? "assist page" : "SINT0",
		 features.intercept_not_present ? "yes" : "no",
		 features.intercept_reset ? "yes" : "no",
		 features.intercept_hypercall ? "yes" : "no");
	return OK;
}

const struct vsm_features *vsm_features(void)
{
	return &features;
}
