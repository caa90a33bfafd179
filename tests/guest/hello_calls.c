/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which calls does the first payload make, and which answers does it accept?
 *
 * Each answer is compared with its specification, each call with the promise that it changes
 * nothing but its results.
 */
#include "paravane/services.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/guest/hello.h"
#include "tests/guest/lib/guest.h"

#define UNKNOWN_ID 0xF800FFFE

static const char log_text[] = "hello from the payload";

static int32_t status(const struct result *result)
{
	return (int32_t)(uint32_t)result->x[0];
}

uint64_t statistic(enum door door, uint64_t index)
{
	struct result result = call(door, PARAVANE_STATISTICS, index, 0, 0);

	return status(&result) == SMCCC_RET_SUCCESS ? result.x[1] : ~UINT64_C(0);
}

static void standard_calls(enum door door)
{
	struct result r;
	bool kept = call_checked(door, SMCCC_VERSION, 0, 0, 1, &r);

	print("# SMCCC_VERSION 0x%lx\n", r.x[0]);
	ok(r.x[0] >= SMCCC_VERSION_1_1 && r.x[0] < 0x20000, "SMCCC_VERSION is 1.1 or newer");
	ok(kept, "SMCCC_VERSION changes nothing but X0");

	kept = call_checked(door, SMCCC_ARCH_FEATURES, SMCCC_VERSION, 0, 1, &r);
	ok(status(&r) >= 0, "SMCCC_ARCH_FEATURES knows SMCCC_VERSION");
	ok(kept, "SMCCC_ARCH_FEATURES changes nothing but X0");
	r = call(door, SMCCC_ARCH_FEATURES, UNKNOWN_ID, 0, 0);
	ok_equal((uint64_t)status(&r), (uint64_t)SMCCC_RET_NOT_SUPPORTED,
		 "SMCCC_ARCH_FEATURES refuses an unknown id");
}

bool offered(enum door door, uint64_t id)
{
	struct result r = call(door, PARAVANE_FEATURES, id, 0, 0);

	return status(&r) >= 0;
}

/* What is not offered must answer so. */
static bool absent(enum door door, uint64_t id, const char *name)
{
	struct result r;

	if (offered(door, id)) {
		return false;
	}
	r = call(door, id, 0, 0, 0);
	if (ok_equal((uint64_t)status(&r), (uint64_t)SMCCC_RET_NOT_SUPPORTED, name)) {
		skip(name, "not offered");
	}
	return true;
}

static void statistics_calls(enum door door)
{
	struct result r;
	bool kept;

	if (absent(door, PARAVANE_STATISTICS, "statistics")) {
		return;
	}
	kept = call_checked(door, PARAVANE_STATISTICS, PARAVANE_STAT_REQUESTS, 0, 2, &r);
	ok(status(&r) == SMCCC_RET_SUCCESS && r.x[1] != 0, "the counter of requests runs");
	ok(kept, "statistics changes nothing but X0 and X1");
	r = call(door, PARAVANE_STATISTICS, UINT64_C(1) << 40, 0, 0);
	ok_equal((uint64_t)status(&r), (uint64_t)SMCCC_RET_INVALID_PARAMETER,
		 "statistics refuses an unknown counter");
}

static void log_calls(enum door door)
{
	struct result r;

	if (absent(door, PARAVANE_LOG, "log lines")) {
		return;
	}
	r = call(door, PARAVANE_LOG, (uint64_t)log_text, sizeof(log_text) - 1, 0);
	ok_equal((uint64_t)status(&r), SMCCC_RET_SUCCESS, "a log line is taken");
	r = call(door, PARAVANE_LOG, (uint64_t)log_text, PARAVANE_LOG_MAX + 1, 0);
	ok_equal((uint64_t)status(&r), (uint64_t)SMCCC_RET_INVALID_PARAMETER,
		 "a log line that is too long is refused");
}

static void own_calls(enum door door)
{
	struct result r;
	bool kept = call_checked(door, PARAVANE_FEATURES, PARAVANE_UID, 0, 1, &r);

	ok(status(&r) >= 0, "features: the UID is there");
	ok(kept, "features changes nothing but X0");

	kept = call_checked(door, PARAVANE_UID, 0, 0, 4, &r);
	ok((uint32_t)r.x[0] == PARAVANE_UID_WORD0 && (uint32_t)r.x[1] == PARAVANE_UID_WORD1 &&
		   (uint32_t)r.x[2] == PARAVANE_UID_WORD2 && (uint32_t)r.x[3] == PARAVANE_UID_WORD3,
	   "the UID is Paravane's");
	ok(kept, "the UID call changes nothing but X0 to X3");

	statistics_calls(door);
	log_calls(door);

	kept = call_checked(door, UNKNOWN_ID, 0, 0, 1, &r);
	ok_equal(r.x[0], ~UINT64_C(0), "an unknown call is not supported");
	ok(kept, "an unknown call changes nothing but X0");
}

static void entropy(enum door door)
{
	struct result version = call(door, TRNG_VERSION, 0, 0, 0);
	struct result a;
	struct result b;

	if (status(&version) == TRNG_RET_NOT_SUPPORTED) {
		skip("entropy", "TRNG is off");
		return;
	}
	ok_equal((uint32_t)version.x[0], TRNG_VERSION_1_0, "TRNG is version 1.0");
	a = call(door, TRNG_RND64, TRNG_RND64_MAX_BITS, 0, 0);
	b = call(door, TRNG_RND64, TRNG_RND64_MAX_BITS, 0, 0);
	if (status(&a) == TRNG_RET_NO_ENTROPY) {
		skip("entropy", "TRNG has no entropy");
		return;
	}
	ok(a.x[0] == TRNG_RET_SUCCESS && b.x[0] == TRNG_RET_SUCCESS, "TRNG gives 192 bits");
	ok(memcmp(&a.x[1], &b.x[1], 3 * sizeof(a.x[1])) != 0, "TRNG does not repeat itself");
	a = call(door, TRNG_RND64, TRNG_RND64_MAX_BITS + 1, 0, 0);
	ok_equal(a.x[0], (uint64_t)TRNG_RET_INVALID_PARAMETERS, "TRNG refuses 193 bits");
}

void calls_by(enum door door, const char *name)
{
	print("# by %s\n", name);
	standard_calls(door);
	own_calls(door);
	entropy(door);
}
