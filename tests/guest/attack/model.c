/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must each call answer? Written from docs/abi.md, SMCCC 1.3 and TRNG 1.0, not from the code.
 */
#include "hv/arm64.h"
#include "hv/hvgdk.h"
#include "paravane/services.h"
#include "smccc/psci.h"
#include "smccc/smccc.h"
#include "smccc/trng.h"
#include "tests/guest/attack/attack.h"

#define VTL2_SIZE 0x00200000
#define RANGES_MAX 8
#define STATUS(value) ((uint64_t)(int64_t)(value))

static struct {
	uint64_t base;
	uint64_t end;
} ram[RANGES_MAX];
static unsigned int ram_count;
static struct result trng_uuid;

static const uint32_t ids[SERVICES] = {
	SMCCC_VERSION,	     SMCCC_ARCH_FEATURES, TRNG_VERSION,	       TRNG_FEATURES,
	TRNG_GET_UUID,	     TRNG_RND32,	  PARAVANE_CALL_COUNT, PARAVANE_UID,
	PARAVANE_REVISION,   TRNG_RND64,	  PARAVANE_FEATURES,   PARAVANE_LOG,
	PARAVANE_STATISTICS,
};

uint32_t service_id(unsigned int n)
{
	return ids[n];
}

/* All of it VTL0's own RAM? Ranges that touch are one. VTL2's memory is none, whatever the tree,
 * which is the firmware's, says. */
static bool is_ram(uint64_t base, uint64_t size)
{
	if (base < vtl2_end() && (base >= vtl2_base() || size > vtl2_base() - base)) {
		return false;
	}
	for (unsigned int i = 0; i < ram_count && size != 0; i++) {
		if (base >= ram[i].base && base < ram[i].end) {
			uint64_t room = ram[i].end - base;

			return size <= room || is_ram(ram[i].end, size - room);
		}
	}
	return false;
}

/* VTL2's first and last byte are where the rows take them to be: VTL0's memory ends and begins
 * again there. */
static bool vtl2_is_here(void)
{
	bool ends = false;
	bool begins = false;

	for (unsigned int i = 0; i < ram_count; i++) {
		ends |= ram[i].end == vtl2_base();
		begins |= ram[i].base == vtl2_end();
	}
	return ends && begins;
}

void model_begin(void)
{
	uint64_t size = 0;

	while (ram_count < RANGES_MAX && machine_memory(ram_count, &ram[ram_count].base, &size)) {
		ram[ram_count].end = ram[ram_count].base + size;
		print("# VTL0's memory 0x%lx to 0x%lx\n", ram[ram_count].base, ram[ram_count].end);
		ram_count++;
	}
	ok(vtl2_is_here() && machine_device(0) != 0,
	   "the firmware says where memory and a device are");
	trng_uuid = call(DOOR_PAGE, TRNG_GET_UUID, 0, 0, 0);
}

uint64_t vtl2_base(void)
{
	return vtl2_begin();
}

uint64_t vtl2_end(void)
{
	return vtl2_base() + option("vtl2size", VTL2_SIZE);
}

uint64_t ram_end(void)
{
	uint64_t end = 0;

	for (unsigned int i = 0; i < ram_count; i++) {
		end = ram[i].end > end ? ram[i].end : end;
	}
	return end;
}

static bool is_service(uint32_t id)
{
	for (unsigned int i = 0; i < SERVICES; i++) {
		if (ids[i] == id) {
			return true;
		}
	}
	return false;
}

/* What the hypervisor answers by HVC #0 and never hands on. */
static bool is_hypervisors(uint32_t id)
{
	switch (id) {
	case SMCCC_VERSION:
	case SMCCC_ARCH_FEATURES:
	case SMCCC_VENDOR_HYP_UID:
	case HV_ARM64_SMCCC_HYPERCALL:
	case PSCI_VERSION:
	case PSCI_CPU_OFF:
	case PSCI_CPU_ON:
	case PSCI_CPU_ON_64:
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO_64:
	case PSCI_MIGRATE_INFO_TYPE:
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
	case PSCI_FEATURES:
		return true;
	default:
		return false;
	}
}

/* The codes that the hypervisor keeps; every other one is forwarded. */
bool is_hypercall(uint64_t code)
{
	static const uint16_t codes[] = {
		0x0C, 0x0D, 0x0F, 0x4D, 0x50, 0x51, 0x94, 0x99, 0x9A, 0xD4
	};

	for (unsigned int i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (codes[i] == code) {
			return true;
		}
	}
	return false;
}

static bool is_trng(uint32_t id)
{
	return id == TRNG_VERSION || id == TRNG_FEATURES || id == TRNG_GET_UUID ||
	       id == TRNG_RND32 || id == TRNG_RND64;
}

static void random_answer(struct answer *a, uint64_t wanted, uint64_t most, uint64_t width)
{
	a->results = 4;
	if (wanted == 0 || wanted > most) {
		a->x[0] = STATUS(TRNG_RET_INVALID_PARAMETERS);
		return;
	}
	a->is_random = true;
	for (unsigned int reg = 3; reg >= 1; reg--) {
		uint64_t take = wanted < width ? wanted : width;

		a->x[reg] = take == 64 ? UINT64_MAX : (UINT64_C(1) << take) - 1;
		wanted -= take;
	}
}

static void standard_answer(struct answer *a, uint32_t id, uint64_t a1)
{
	uint32_t w1 = (uint32_t)a1;

	switch (id) {
	case SMCCC_VERSION:
		a->x[0] = SMCCC_VERSION_1_3;
		break;
	case SMCCC_ARCH_FEATURES:
		a->x[0] = is_service(w1) ? 0 : STATUS(SMCCC_RET_NOT_SUPPORTED);
		break;
	case TRNG_VERSION:
		a->x[0] = TRNG_VERSION_1_0;
		break;
	case TRNG_FEATURES:
		a->x[0] = is_trng(w1) ? 0 : STATUS(TRNG_RET_NOT_SUPPORTED);
		break;
	case TRNG_GET_UUID:
		a->results = 4;
		memcpy(a->x, trng_uuid.x, sizeof(a->x));
		break;
	case TRNG_RND32:
		random_answer(a, w1, TRNG_RND32_MAX_BITS, 32);
		break;
	case TRNG_RND64:
		random_answer(a, a1, TRNG_RND64_MAX_BITS, 64);
		break;
	default:
		a->x[0] = STATUS(SMCCC_RET_NOT_SUPPORTED);
	}
}

static void own_answer(struct answer *a, uint32_t id, uint64_t a1, uint64_t a2)
{
	switch (id) {
	case PARAVANE_CALL_COUNT:
		a->x[0] = 3;
		break;
	case PARAVANE_UID:
		a->results = 4;
		a->x[0] = PARAVANE_UID_WORD0;
		a->x[1] = PARAVANE_UID_WORD1;
		a->x[2] = PARAVANE_UID_WORD2;
		a->x[3] = PARAVANE_UID_WORD3;
		break;
	case PARAVANE_REVISION:
		a->results = 2;
		a->x[0] = PARAVANE_REVISION_MAJOR;
		a->x[1] = PARAVANE_REVISION_MINOR;
		break;
	case PARAVANE_FEATURES:
		a->x[0] = a1 > UINT32_MAX	   ? STATUS(SMCCC_RET_INVALID_PARAMETER) :
			  is_service((uint32_t)a1) ? 0 :
						     STATUS(SMCCC_RET_NOT_SUPPORTED);
		break;
	case PARAVANE_LOG:
		a->x[0] = a2 == 0 || a2 > PARAVANE_LOG_MAX || !is_ram(a1, a2) ?
				  STATUS(SMCCC_RET_INVALID_PARAMETER) :
				  0;
		break;
	case PARAVANE_STATISTICS:
		a->results = 2;
		a->is_random = a1 < PARAVANE_STAT_COUNT;
		a->x[0] = a->is_random ? 0 : STATUS(SMCCC_RET_INVALID_PARAMETER);
		a->x[1] = a->is_random ? UINT64_MAX : 0;
		break;
	default:
		standard_answer(a, id, a1);
	}
}

bool model(enum door door, uint64_t id, uint64_t a1, uint64_t a2, struct answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	answer->results = 1;
	if (door == DOOR_HYPERCALL) {
		/* Forwarded, and refused as the hypercall that it would have to be. */
		answer->x[0] = HV_STATUS_INVALID_HYPERCALL_CODE;
		return !is_hypercall(id & 0xFFFF);
	}
	if (door == DOOR_HVC0 && is_hypervisors((uint32_t)id)) {
		return false;
	}
	/* The upper half is not part of the id, and the SVE hint says nothing. */
	own_answer(answer, (uint32_t)id & ~SMCCC_SVE_HINT, a1, a2);
	if (door == DOOR_HVC0 && ((uint32_t)id & ~SMCCC_SVE_HINT) == SMCCC_VERSION) {
		answer->x[0] = STATUS(SMCCC_RET_NOT_SUPPORTED);
	}
	if (door == DOOR_HVC0 && ((uint32_t)id & ~SMCCC_SVE_HINT) == SMCCC_ARCH_FEATURES) {
		answer->x[0] = STATUS(SMCCC_RET_NOT_SUPPORTED);
	}
	return true;
}

void check_x(struct me *me, const char *what, enum door door, const uint64_t before[8])
{
	struct answer answer;
	uint64_t x[8];
	bool good = true;
	unsigned int wrong = 0;

	memcpy(x, before, sizeof(x));
	if (!model(door, x[0], x[1], x[2], &answer)) {
		return;
	}
	want(me, "what a call destroys is 0", ask(door, x), true);
	for (unsigned int i = 0; i < 8; i++) {
		uint64_t wanted = i < answer.results ? answer.x[i] : before[i];

		if (answer.is_random && i != 0 && i < answer.results) {
			wanted = x[i] & answer.x[i];
		}
		if (good && x[i] != wanted) {
			good = false;
			wrong = i;
		}
	}
	if (!want(me, what, good, true) && me->failed == 1) {
		print("# %s: door %u id 0x%lx (0x%lx, 0x%lx): X%u is 0x%lx\n", what, door,
		      before[0], before[1], before[2], wrong, x[wrong]);
	}
	if ((uint32_t)before[0] == PARAVANE_LOG && x[0] == 0) {
		me->lines++;
	}
}

void check(struct me *me, const char *what, enum door door, uint64_t id, uint64_t a1, uint64_t a2)
{
	uint64_t x[8] = { id, a1, a2 };

	for (unsigned int i = 3; i < 8; i++) {
		x[i] = rng(me);
	}
	check_x(me, what, door, x);
}

uint64_t counter(uint64_t index)
{
	uint64_t x[8] = { PARAVANE_STATISTICS, index };

	(void)ask(DOOR_PAGE, x);
	return x[0] == 0 ? x[1] : UINT64_MAX;
}
