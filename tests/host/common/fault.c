/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What goes wrong in this run, on command? fault.h has the words.
 *
 * One table of words, and for each a plan. Nothing here changes a run that asks for nothing.
 */
#include "tests/host/common/fault.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/options.h"

#define NUMBERS_MAX 4
#define STATUSES_MAX 6
#define TEXT_MAX 48
#define INPUT_VTL0 0x10 /* HV_INPUT_VTL that names VTL0 */

enum kind {
	KIND_LIST,
	KIND_CALL,
	KIND_ANY,
	KIND_PAGE,
	KIND_DEAD,
	KIND_LOST,
	KIND_TWICE,
	KIND_UNDEF,
	KIND_UNCALL,
	KIND_NUMBER
};

static const struct {
	const char *name;
	uint32_t min; /* how many numbers follow */
	uint32_t max;
} words[KIND_NUMBER] = {
	[KIND_LIST] = { "list", 0, 0 },	    [KIND_CALL] = { "call", 2, 4 },
	[KIND_ANY] = { "any", 1, 3 },	    [KIND_PAGE] = { "page", 1, 2 },
	[KIND_DEAD] = { "dead", 1, 1 },	    [KIND_LOST] = { "lost", 1, 1 },
	[KIND_TWICE] = { "twice", 1, 1 },   [KIND_UNDEF] = { "undef", 1, 2 },
	[KIND_UNCALL] = { "uncall", 1, 2 },
};

static struct {
	bool asked;
	uint32_t given; /* numbers */
	uint64_t number[NUMBERS_MAX];
	uint64_t seen; /* how often what it counts has happened */
} plans[KIND_NUMBER];

static bool anything_asked;
static uint32_t last_message;
static bool has_run_on[OPTIONS_VPS_MAX];
static bool has_returned[OPTIONS_VPS_MAX];

/* What the interface documents for a failure of the call; "time out" stands for "do it again". */
static const struct {
	uint32_t code;
	uint16_t status[STATUSES_MAX]; /* up to a 0 */
} documented[] = {
	{ HC_MODIFY_VTL_PROTECTION_MASK,
	  { HV_ACCESS_DENIED, HV_INVALID_PARAMETER, HV_TIME_OUT, HV_INSUFFICIENT_MEMORY } },
	{ HC_ENABLE_VP_VTL,
	  { HV_ACCESS_DENIED, HV_INVALID_VTL_STATE, HV_INSUFFICIENT_MEMORY, HV_INVALID_VP_INDEX } },
	{ HC_INSTALL_INTERCEPT, { HV_ACCESS_DENIED, HV_INVALID_PARAMETER, HV_TIME_OUT } },
	{ HC_GET_VP_REGISTERS,
	  { HV_ACCESS_DENIED, HV_INVALID_PARAMETER, HV_UNKNOWN_REGISTER_NAME } },
	{ HC_SET_VP_REGISTERS,
	  { HV_ACCESS_DENIED, HV_INVALID_REGISTER_VALUE, HV_INVALID_VP_STATE,
	    HV_UNKNOWN_REGISTER_NAME, HV_TIME_OUT } },
	{ HC_START_VIRTUAL_PROCESSOR,
	  { HV_INVALID_VP_STATE, HV_ACCESS_DENIED, HV_INSUFFICIENT_MEMORY } },
	{ HC_GET_VP_INDEX_FROM_APIC_ID, { HV_INVALID_PARAMETER, HV_ACCESS_DENIED } },
};

static bool is_word(const char *text, size_t length, const char *word)
{
	return length == host_strlen(word) && memcmp(text, word, length) == 0;
}

static size_t length_to(const char *text, char end)
{
	size_t n = 0;

	while (text[n] != '\0' && text[n] != ' ' && text[n] != end) {
		n++;
	}
	return n;
}

/* One word with its numbers; false: not understood. */
static bool read_word(const char *text, size_t length)
{
	size_t name = length_to(text, ':');
	size_t at = name;
	uint32_t given = 0;
	uint32_t kind;

	for (kind = 0; kind < KIND_NUMBER && !is_word(text, name, words[kind].name); kind++) {
	}
	if (kind == KIND_NUMBER || plans[kind].asked) {
		return false;
	}
	plans[kind].asked = true;
	while (at < length && given < words[kind].max) {
		size_t size = length_to(text + at + 1, ':');

		if (!options_number(text + at + 1, size, &plans[kind].number[given])) {
			return false;
		}
		at += 1 + size;
		given++;
	}
	plans[kind].given = given;
	return at == length && given >= words[kind].min;
}

bool fault_init(const char *text, char *error, size_t error_size)
{
	while (*text != '\0') {
		size_t length = length_to(text, ' ');

		if (!read_word(text, length)) {
			(void)host_snprintf(error, error_size, "option fault: bad word \"%.*s\"",
					    (int)length, text);
			return false;
		}
		anything_asked = true;
		text += length + (text[length] == ' ' ? 1 : 0);
	}
	return true;
}

/* What the call is about, in words. */
static void describe(uint32_t code, const struct hypercall *call, uint32_t element, char text[])
{
	const char *of = call->in[12] == INPUT_VTL0 ? " of VTL0" : "";
	const char *what = "vp";
	uint64_t number = hc_u32(call, 8);

	switch (code) {
	case HC_GET_VP_REGISTERS:
		what = "register";
		number = hc_u32(call, 16 + 4 * element);
		break;
	case HC_SET_VP_REGISTERS:
		what = "register";
		number = hc_u32(call, 16 + 32 * element);
		break;
	case HC_MODIFY_VTL_PROTECTION_MASK:
		what = "page";
		number = hc_u64(call, 16 + 8 * element);
		break;
	case HC_GET_VP_INDEX_FROM_APIC_ID:
		what = "id";
		number = hc_u64(call, 16 + 8 * element);
		break;
	case HC_INSTALL_INTERCEPT:
		what = "type";
		number = hc_u32(call, 12);
		break;
	default:
		break;
	}
	(void)host_snprintf(text, TEXT_MAX, "%s 0x%llx%s", what, (unsigned long long)number,
			    what[0] == 'r' ? of : "");
}

/* One of the documented ones, another for each call that is made to fail. */
static uint16_t draw_status(uint32_t code, uint64_t nth)
{
	uint32_t statuses = 0;
	uint32_t n;

	for (n = 0; n < sizeof(documented) / sizeof(documented[0]); n++) {
		if (documented[n].code != code) {
			continue;
		}
		do {
			statuses++;
		} while (statuses < STATUSES_MAX && documented[n].status[statuses] != HV_SUCCESS);
		return documented[n].status[(nth + vm.opt.seed) % statuses];
	}
	return HV_ACCESS_DENIED;
}

/* Is this one of those that the plan means? Its numbers: N at `nth`, then STATUS, then TIMES. */
static bool is_hit(enum kind kind, uint32_t nth)
{
	uint64_t first = plans[kind].number[nth];
	uint64_t times = plans[kind].given > nth + 2 ? plans[kind].number[nth + 2] : 1;

	plans[kind].seen++;
	return plans[kind].seen >= first && (times == 0 || plans[kind].seen - first < times);
}

static uint16_t hit(enum kind kind, uint32_t nth, const struct hypercall_row *row,
		    const struct hypercall *call, uint32_t element)
{
	uint16_t status = (uint16_t)plans[kind].number[nth + 1];
	char text[TEXT_MAX];

	if (status == HV_SUCCESS) {
		status = draw_status(row->code, plans[kind].seen);
	}
	if (plans[kind].seen == plans[kind].number[nth]) {
		describe(row->code, call, element, text);
		console_host("fault: %s of %s by vp %u fails with 0x%04x", row->name, text,
			     call->vp->index, status);
	}
	return status;
}

uint16_t fault_element(const struct hypercall_row *row, const struct hypercall *call,
		       uint32_t element, bool first)
{
	char text[TEXT_MAX];

	if (!anything_asked || call->vtl != 2) {
		return HV_SUCCESS;
	}
	if (plans[KIND_PAGE].asked && row->code == HC_MODIFY_VTL_PROTECTION_MASK &&
	    is_hit(KIND_PAGE, 0)) {
		return hit(KIND_PAGE, 0, row, call, element);
	}
	/* A call that was interrupted and goes on is the same call. */
	if (!first || element != 0) {
		return HV_SUCCESS;
	}
	if (plans[KIND_LIST].asked) {
		plans[KIND_LIST].seen++;
		describe(row->code, call, element, text);
		console_host("call %llu by vp %u: 0x%04x %s of %s after 0x%x",
			     (unsigned long long)plans[KIND_LIST].seen, call->vp->index, row->code,
			     row->name, text, last_message);
	}
	if (plans[KIND_CALL].asked && row->code == plans[KIND_CALL].number[0] &&
	    is_hit(KIND_CALL, 1)) {
		return hit(KIND_CALL, 1, row, call, element);
	}
	if (plans[KIND_ANY].asked && is_hit(KIND_ANY, 0)) {
		return hit(KIND_ANY, 0, row, call, element);
	}
	return HV_SUCCESS;
}

void fault_message(uint32_t type)
{
	last_message = type;
}

bool fault_is_dead(const struct vp *vp)
{
	if (!plans[KIND_DEAD].asked || plans[KIND_DEAD].number[0] != vp->index) {
		return false;
	}
	console_host("fault: vp %u never runs", vp->index);
	return true;
}

enum fault_interrupt fault_interrupt(uint32_t intid)
{
	if (plans[KIND_LOST].asked && is_hit(KIND_LOST, 0)) {
		console_host("fault: interrupt %u for VTL2 is lost", intid);
		return FAULT_INTERRUPT_LOST;
	}
	if (plans[KIND_TWICE].asked && is_hit(KIND_TWICE, 0)) {
		console_host("fault: interrupt %u for VTL2 comes twice", intid);
		return FAULT_INTERRUPT_TWICE;
	}
	return FAULT_INTERRUPT_COMES;
}

bool fault_asked(void)
{
	return anything_asked;
}

static bool takes_undefined(enum kind kind, const struct vp *vp)
{
	if (!plans[kind].asked || (plans[kind].given == 2 && plans[kind].number[1] != vp->index) ||
	    !is_hit(kind, 0)) {
		return false;
	}
	console_host("fault: vp %u takes an undefined instruction in VTL2", vp->index);
	return true;
}

bool fault_entry(const struct vp *vp)
{
	return takes_undefined(KIND_UNDEF, vp);
}

bool fault_hypercall(const struct vp *vp)
{
	return vp->active == 2 && takes_undefined(KIND_UNCALL, vp);
}

void fault_return(const struct vp *vp)
{
	if (!anything_asked || has_returned[vp->index]) {
		return;
	}
	has_returned[vp->index] = true;
	console_host("first vtl return of vp %u, %u pages of VTL2 open to VTL0", vp->index,
		     arch_open_pages());
}

void fault_crash(void)
{
	uint32_t n;

	for (n = 0; anything_asked && n < vm.opt.vps; n++) {
		if (has_returned[n] && !vm_vp(n)->vtl0_suspended) {
			console_host("VTL0 of vp %u is not suspended at the crash", n);
		}
	}
}

void fault_vtl0_runs(const struct vp *vp)
{
	bool crashed = vm.crash[vtl_slot(2)][CRASH_REGS - 1] >> 63 != 0;

	if (anything_asked && crashed && !has_run_on[vp->index]) {
		has_run_on[vp->index] = true;
		console_host("VTL0 runs on vp %u after VTL2 crashed", vp->index);
	}
}
