/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which services exist? (the table)
 *
 * The whole truth about what VTL0 can ask for: what SMCCC_ARCH_FEATURES and TRNG_FEATURES say,
 * what is counted and what is tested is read from here. A service that is configured out keeps its
 * row and answers "not supported".
 */
#include "core/handlers.h"
#include "core/kconfig.h"
#include "core/service.h"

#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"

#define ARGS(n) .in_min = (n), .in_max = (n)
#define RESULTS(n) .out = (n)
#define ALWAYS(d, f) .gate = DOOR_##d * WHEN_RUNNING, .config = "", .handler = (f)
#define HANDLER(c, f) .config = #c, .handler = IS_ENABLED(CONFIG_##c) ? (f) : NULL
#define GATE(c, d) .gate = (IS_ENABLED(CONFIG_##c) ? DOOR_##d * WHEN_RUNNING : 0)
#define GATED(c, d, f) GATE(c, d), HANDLER(c, f)

#define SMCCC_DOC .spec = "DEN0028 1.4", .codes = CODES_SMCCC
#define TRNG_DOC .spec = "DEN0098 1.0", .codes = CODES_TRNG
#define OUR_DOC .spec = "docs/abi.md", .codes = CODES_SMCCC

/* In ascending order of id. */
/* clang-format off */
#define SERVICES(ROW) \
	ROW(SMCCC_VERSION, ARGS(0), RESULTS(1), ALWAYS(OURS, smccc_version), SMCCC_DOC) \
	ROW(SMCCC_ARCH_FEATURES, ARGS(1), RESULTS(1), ALWAYS(OURS, smccc_arch_features), \
	    SMCCC_DOC) \
	ROW(TRNG_VERSION, ARGS(0), RESULTS(1), GATED(SVC_TRNG, ANY, trng_version), TRNG_DOC) \
	ROW(TRNG_FEATURES, ARGS(1), RESULTS(1), GATED(SVC_TRNG, ANY, trng_features), TRNG_DOC) \
	ROW(TRNG_GET_UUID, ARGS(0), RESULTS(4), GATED(SVC_TRNG, ANY, trng_get_uuid), TRNG_DOC) \
	ROW(TRNG_RND32, ARGS(1), RESULTS(4), GATED(SVC_TRNG, ANY, trng_rnd32), TRNG_DOC) \
	ROW(PARAVANE_CALL_COUNT, ARGS(0), RESULTS(1), ALWAYS(ANY, trusted_os_call_count), \
	    SMCCC_DOC) \
	ROW(PARAVANE_UID, ARGS(0), RESULTS(4), ALWAYS(ANY, trusted_os_uid), SMCCC_DOC) \
	ROW(PARAVANE_REVISION, ARGS(0), RESULTS(2), ALWAYS(ANY, trusted_os_revision), SMCCC_DOC) \
	ROW(TRNG_RND64, ARGS(1), RESULTS(4), GATED(SVC_TRNG, ANY, trng_rnd64), TRNG_DOC) \
	ROW(PARAVANE_FEATURES, ARGS(1), RESULTS(1), ALWAYS(ANY, paravane_features), OUR_DOC) \
	ROW(PARAVANE_LOG, ARGS(2), RESULTS(1), GATED(SVC_LOG, ANY, paravane_log), OUR_DOC) \
	ROW(PARAVANE_STATISTICS, ARGS(1), RESULTS(2), GATED(SVC_STATS, ANY, paravane_stats), \
	    OUR_DOC)
/* clang-format on */

#define POSITION(i, ...) AT_##i,
enum {
	SERVICES(POSITION)
};

#define ENTRY(i, ...) { .id = (i), .name = #i, __VA_ARGS__ },
const struct service services[] = { SERVICES(ENTRY) };

/* Two ids in one slot do not compile: then SERVICE_SLOT needs another mixture. */
#define SLOT(i, ...) [SERVICE_SLOT(i)] = AT_##i,
const uint8_t service_slots[SERVICE_SLOTS] = { SERVICES(SLOT) };

const uint32_t service_count = ARRAY_SIZE(services);
