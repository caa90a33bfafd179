/* SPDX-License-Identifier: BSD-2-Clause */
/* Prototypes of all handlers, wherever they are: the table needs no other folder. */
#ifndef CORE_HANDLERS_H
#define CORE_HANDLERS_H

#include "core/service.h"

/* svc_smccc.c */
service_handler smccc_version;
service_handler smccc_arch_features;
service_handler trusted_os_call_count;
service_handler trusted_os_uid;
service_handler trusted_os_revision;
service_handler paravane_features;

/* What the hypervisor itself answers to SMCCC_ARCH_FEATURES(id), kept from boot. */
struct smccc_host_answer {
	uint32_t id;
	int32_t answer;
};
#define SMCCC_HOST_ANSWERS_MAX 4
extern const uint32_t smccc_host_ids[];
extern const uint32_t smccc_host_id_count;
void smccc_set_host_answers(const struct smccc_host_answer *answers, uint32_t count);

/* svc_trng.c */
service_handler trng_version;
service_handler trng_features;
service_handler trng_get_uuid;
service_handler trng_rnd32;
service_handler trng_rnd64;

/* svc_log.c */
service_handler paravane_log;

/* svc_stats.c */
service_handler paravane_stats;

#endif
