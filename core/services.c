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
#define GATED(c, f) .config = #c, .handler = IS_ENABLED(CONFIG_##c) ? (f) : NULL
#define ALWAYS(f) .config = "", .handler = (f)
#define RUNNING .when = WHEN_RUNNING

#define SMCCC_DOC .spec = "DEN0028 1.4", .codes = CODES_SMCCC
#define TRNG_DOC .spec = "DEN0098 1.0", .codes = CODES_TRNG
#define OUR_DOC .spec = "docs/abi.md", .codes = CODES_SMCCC

/* In ascending order of id. */
/* clang-format off */
#define SERVICES(ROW) \
	ROW(OURS, SMCCC_VERSION, ARGS(0), RESULTS(1), ALWAYS(smccc_version), RUNNING, SMCCC_DOC) \
	ROW(OURS, SMCCC_ARCH_FEATURES, ARGS(1), RESULTS(1), ALWAYS(smccc_arch_features), \
	    RUNNING, SMCCC_DOC) \
	ROW(ANY, TRNG_VERSION, ARGS(0), RESULTS(1), GATED(SVC_TRNG, trng_version), RUNNING, \
	    TRNG_DOC) \
	ROW(ANY, TRNG_FEATURES, ARGS(1), RESULTS(1), GATED(SVC_TRNG, trng_features), RUNNING, \
	    TRNG_DOC) \
	ROW(ANY, TRNG_GET_UUID, ARGS(0), RESULTS(4), GATED(SVC_TRNG, trng_get_uuid), RUNNING, \
	    TRNG_DOC) \
	ROW(ANY, TRNG_RND32, ARGS(1), RESULTS(4), GATED(SVC_TRNG, trng_rnd32), RUNNING, \
	    TRNG_DOC) \
	ROW(ANY, PARAVANE_CALL_COUNT, ARGS(0), RESULTS(1), ALWAYS(trusted_os_call_count), \
	    RUNNING, SMCCC_DOC) \
	ROW(ANY, PARAVANE_UID, ARGS(0), RESULTS(4), ALWAYS(trusted_os_uid), RUNNING, SMCCC_DOC) \
	ROW(ANY, PARAVANE_REVISION, ARGS(0), RESULTS(2), ALWAYS(trusted_os_revision), \
	    RUNNING, SMCCC_DOC) \
	ROW(ANY, TRNG_RND64, ARGS(1), RESULTS(4), GATED(SVC_TRNG, trng_rnd64), RUNNING, \
	    TRNG_DOC) \
	ROW(ANY, PARAVANE_FEATURES, ARGS(1), RESULTS(1), ALWAYS(paravane_features), RUNNING, \
	    OUR_DOC) \
	ROW(ANY, PARAVANE_LOG, ARGS(2), RESULTS(1), GATED(SVC_LOG, paravane_log), RUNNING, \
	    OUR_DOC) \
	ROW(ANY, PARAVANE_STATISTICS, ARGS(1), RESULTS(2), GATED(SVC_STATS, paravane_stats), \
	    RUNNING, OUR_DOC)
/* clang-format on */

#define POSITION(d, i, ...) AT_##i,
enum {
	SERVICES(POSITION)
};

#define ENTRY(d, i, ...) { .doors = DOOR_##d, .id = (i), .name = #i, __VA_ARGS__ },
const struct service services[] = { SERVICES(ENTRY) };

/* Two ids in one slot do not compile: then SERVICE_SLOT needs another mixture. */
#define SLOT(d, i, ...) [SERVICE_SLOT(i)] = AT_##i,
const uint8_t service_slots[SERVICE_SLOTS] = { SERVICES(SLOT) };

const uint32_t service_count = ARRAY_SIZE(services);
