/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * By which doors may VTL0 come, and what is it told of the hypervisor?
 */
#include "core/handlers.h"
#include "core/kconfig.h"
#include "core/log.h"
#include "core/main.h"
#include "core/service.h"
#include "vtl/vsm.h"
#include "vtl/vtl_arch.h"

void main_ask_hypervisor(void)
{
	struct smccc_host_answer answers[SMCCC_HOST_ANSWERS_MAX];
	uint32_t i;

	for (i = 0; i < smccc_host_id_count; i++) {
		answers[i].id = smccc_host_ids[i];
		answers[i].answer = vtl_arch_ask_feature(answers[i].id);
	}
	smccc_set_host_answers(answers, smccc_host_id_count);
}

void main_open_doors(void)
{
	uint32_t doors = vtl_arch_install_intercepts() ? DOOR_PAGE : 0;

	if (IS_ENABLED(CONFIG_DOOR_VTLCALL)) {
		doors |= DOOR_VTLCALL;
	}
	if (vsm_features()->intercept_hypercall) {
		doors |= DOOR_HVC0;
	} else {
		log_warn("doors: hypercalls are not forwarded%s",
			 IS_ENABLED(CONFIG_SMCCC) ? ": a stock kernel finds no TRNG" : "");
	}
	service_open_doors(doors);
}
