/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What are we, and what do we offer? SMCCC discovery and our own.
 *
 * Every answer is read from the services table; nothing is listed a second time.
 */
#include "core/handlers.h"

#include "paravane/services.h"
#include "smccc/smccc.h"

/* What is asked of the hypervisor at boot, so that its answers are passed on and not invented. */
const uint32_t smccc_host_ids[] = {
	SMCCC_ARCH_SOC_ID,
	SMCCC_ARCH_WORKAROUND_1,
	SMCCC_ARCH_WORKAROUND_2,
	SMCCC_ARCH_WORKAROUND_3,
};
const uint32_t smccc_host_id_count = ARRAY_SIZE(smccc_host_ids);

_Static_assert(ARRAY_SIZE(smccc_host_ids) <= SMCCC_HOST_ANSWERS_MAX, "room for each answer");

static struct {
	uint32_t count;
	struct smccc_host_answer answer[SMCCC_HOST_ANSWERS_MAX];
} host;

void smccc_set_host_answers(const struct smccc_host_answer *answers, uint32_t count)
{
	uint32_t i;

	host.count = count < SMCCC_HOST_ANSWERS_MAX ? count : SMCCC_HOST_ANSWERS_MAX;
	for (i = 0; i < host.count; i++) {
		host.answer[i] = answers[i];
	}
}

enum err smccc_version(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
		       uint64_t out[SERVICE_OUT_MAX])
{
	(void)vp;
	(void)in;
	out[0] = SMCCC_VERSION_1_3;
	return OK;
}

/* Ours: 0. The architecture's workarounds: the hypervisor's own answer, never an invented one. */
enum err smccc_arch_features(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
			     uint64_t out[SERVICE_OUT_MAX])
{
	uint32_t id = (uint32_t)in[0];
	uint32_t i;

	(void)vp;
	if (service_offered(id) == OK) {
		return OK;
	}
	for (i = 0; i < host.count; i++) {
		if (host.answer[i].id == id) {
			out[0] = (uint64_t)(int64_t)host.answer[i].answer;
			return OK;
		}
	}
	return ERR_NOT_SUPPORTED;
}

/* Calls of the Trusted OS's range that are really there (owner 56 is ours; owner 63 carries the
 * three general ones, which SMCCC does not count). */
enum err trusted_os_call_count(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
			       uint64_t out[SERVICE_OUT_MAX])
{
	uint32_t i;

	(void)vp;
	(void)in;
	for (i = 0; i < service_count; i++) {
		uint32_t id = services[i].id;
		uint32_t owner = (id & SMCCC_OWNER_MASK) >> SMCCC_OWNER_SHIFT;

		if (owner == PARAVANE_OWNER && service_offered(id) == OK) {
			out[0]++;
		}
	}
	return OK;
}

enum err trusted_os_uid(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
			uint64_t out[SERVICE_OUT_MAX])
{
	(void)vp;
	(void)in;
	out[0] = PARAVANE_UID_WORD0;
	out[1] = PARAVANE_UID_WORD1;
	out[2] = PARAVANE_UID_WORD2;
	out[3] = PARAVANE_UID_WORD3;
	return OK;
}

enum err trusted_os_revision(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
			     uint64_t out[SERVICE_OUT_MAX])
{
	(void)vp;
	(void)in;
	out[0] = PARAVANE_REVISION_MAJOR;
	out[1] = PARAVANE_REVISION_MINOR;
	return OK;
}

enum err paravane_features(struct vp *vp, const uint64_t in[SERVICE_IN_MAX],
			   uint64_t out[SERVICE_OUT_MAX])
{
	(void)vp;
	(void)out;
	if (service_offered(in[0]) == OK) {
		return OK;
	}
	return in[0] > UINT32_MAX ? ERR_INVALID : ERR_NOT_SUPPORTED;
}
