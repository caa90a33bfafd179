/* SPDX-License-Identifier: BSD-2-Clause */
/* A hypervisor that does as it is told and writes everything down. */
#include "tests/fake/hv.h"

#include "vtl/vtl_arch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CODE_GET 0x50
#define CODE_SET 0x51
#define CODE_INDEX 0x9A

#define SUCCESS 0x0
#define BAD_INPUT 0x3
#define BAD_ALIGNMENT 0x4
#define BAD_PARAMETER 0x5

#define RESERVED 0xF000F00078000000

#define SCRIPTS_MAX 32
#define REGISTERS_MAX 64

struct script {
	uint16_t code;
	uint16_t status;
	uint16_t done;
	uint32_t times;
	bool always;
};

struct reg {
	bool is_set;
	uint32_t vtl;
	uint32_t name;
	uint64_t low;
	uint64_t high;
	uint32_t writes;
};

static struct {
	uint32_t count;
	uint32_t malformed;
	uint32_t script_count;
	struct script script[SCRIPTS_MAX];
	uint32_t register_count;
	struct reg registers[REGISTERS_MAX];
	uint32_t refused_count;
	uint32_t refused[16];
	uint16_t refused_status[16];
	uint32_t vp_count;
	uint64_t vp_hw_id[64];
	uint32_t vp_index[64];
	void (*on_call)(const struct fake_hv_call *call);
	struct fake_hv_call call[FAKE_HV_CALLS];
} hv;

/* No more of a record was written: most calls are short. */
static size_t written(const struct fake_hv_call *c)
{
	return c->in_pa != 0 ? sizeof(*c) :
			       offsetof(struct fake_hv_call, in) + 16 * (size_t)c->in_pairs;
}

void fake_hv_reset(void)
{
	uint32_t i;

	for (i = 0; i < hv.count && i < FAKE_HV_CALLS; i++) {
		memset(&hv.call[i], 0, written(&hv.call[i]));
	}
	memset(&hv, 0, offsetof(__typeof__(hv), call));
}

/* Those that are used up make room. */
static void add_script(struct script s)
{
	uint32_t kept = 0;
	uint32_t i;

	for (i = 0; i < hv.script_count; i++) {
		if (hv.script[i].always || hv.script[i].times > 0) {
			hv.script[kept++] = hv.script[i];
		}
	}
	hv.script_count = kept;
	if (hv.script_count == SCRIPTS_MAX) {
		fprintf(stderr, "hypervisor: too many scripts\n");
		abort();
	}
	hv.script[hv.script_count++] = s;
}

void fake_hv_script(uint16_t code, uint16_t status, uint16_t done, uint32_t times)
{
	add_script((struct script){ code, status, done, times, false });
}

void fake_hv_refuse(uint16_t code, uint16_t status)
{
	add_script((struct script){ code, status, 0, 0, true });
}

void fake_hv_refuse_register(uint32_t name, uint16_t status)
{
	if (hv.refused_count == 16) {
		abort();
	}
	hv.refused[hv.refused_count] = name;
	hv.refused_status[hv.refused_count++] = status;
}

static struct reg *reg(uint32_t vtl, uint32_t name)
{
	uint32_t i;

	for (i = 0; i < hv.register_count; i++) {
		if (hv.registers[i].vtl == vtl && hv.registers[i].name == name) {
			return &hv.registers[i];
		}
	}
	if (hv.register_count == REGISTERS_MAX) {
		abort();
	}
	hv.registers[i] = (struct reg){ .vtl = vtl, .name = name };
	hv.register_count++;
	return &hv.registers[i];
}

void fake_hv_set(uint32_t vtl, uint32_t name, uint64_t low)
{
	reg(vtl, name)->low = low;
	reg(vtl, name)->is_set = true;
}

bool fake_hv_get(uint32_t vtl, uint32_t name, uint64_t *low, uint64_t *high)
{
	*low = reg(vtl, name)->low;
	*high = reg(vtl, name)->high;
	return reg(vtl, name)->is_set;
}

uint64_t fake_hv_value(uint32_t vtl, uint32_t name)
{
	return reg(vtl, name)->low;
}

uint32_t fake_hv_writes(uint32_t vtl, uint32_t name)
{
	return reg(vtl, name)->writes;
}

void fake_hv_add_vp(uint64_t hw_id, uint32_t index)
{
	hv.vp_hw_id[hv.vp_count] = hw_id;
	hv.vp_index[hv.vp_count++] = index;
}

void fake_hv_on_call(void (*f)(const struct fake_hv_call *call))
{
	hv.on_call = f;
}

uint32_t fake_hv_count(void)
{
	return hv.count;
}

const struct fake_hv_call *fake_hv_call(uint16_t code, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < hv.count && i < FAKE_HV_CALLS; i++) {
		if (hv.call[i].code == code && n-- == 0) {
			return &hv.call[i];
		}
	}
	fprintf(stderr, "hypervisor: no such call 0x%x\n", code);
	abort();
}

uint32_t fake_hv_count_of(uint16_t code)
{
	uint32_t found = 0;
	uint32_t i;

	for (i = 0; i < hv.count && i < FAKE_HV_CALLS; i++) {
		found += hv.call[i].code == code;
	}
	return found;
}

uint32_t fake_hv_malformed(void)
{
	return hv.malformed;
}

/* ---- One call ------------------------------------------------------------------------------ */

static uint64_t load(const uint8_t *p, uint32_t size)
{
	uint64_t v = 0;

	memcpy(&v, p, size);
	return v;
}

static uint32_t vtl_of(uint8_t input_vtl)
{
	return (input_vtl & 0x10) != 0 ? input_vtl & 0xF : 2;
}

static uint16_t refused_register(uint32_t name)
{
	uint32_t i;

	for (i = 0; i < hv.refused_count; i++) {
		if (hv.refused[i] == name) {
			return hv.refused_status[i];
		}
	}
	return SUCCESS;
}

static uint16_t one_get(const struct fake_hv_call *c, uint32_t i, uint8_t *out)
{
	uint32_t name = (uint32_t)load(c->in + 16 + 4 * i, 4);
	struct reg *r = reg(vtl_of(c->in[12]), name);
	uint16_t status = refused_register(name);

	if (status == SUCCESS) {
		memcpy(out + 16 * i, &r->low, 8);
		memcpy(out + 16 * i + 8, &r->high, 8);
	}
	return status;
}

static uint16_t one_set(const struct fake_hv_call *c, uint32_t i)
{
	const uint8_t *e = c->in + 16 + 32 * i;
	uint32_t name = (uint32_t)load(e, 4);
	struct reg *r = reg(vtl_of(c->in[12]), name);
	uint16_t status = refused_register(name);

	if (load(e + 4, 4) != 0 || load(e + 8, 8) != 0) {
		return BAD_PARAMETER;
	}
	if (status == SUCCESS) {
		r->is_set = true;
		r->low = load(e + 16, 8);
		r->high = load(e + 24, 8);
		r->writes++;
	}
	return status;
}

static uint16_t one_index(const struct fake_hv_call *c, uint32_t i, uint8_t *out)
{
	uint64_t id = load(c->in + 16 + 8 * i, 8);
	uint32_t k;

	for (k = 0; k < hv.vp_count; k++) {
		if (hv.vp_hw_id[k] == id) {
			memcpy(out + 4 * i, &hv.vp_index[k], 4);
			return SUCCESS;
		}
	}
	return BAD_PARAMETER;
}

static uint16_t one(const struct fake_hv_call *c, uint32_t i, uint8_t *out)
{
	switch (c->code) {
	case CODE_GET:
		return one_get(c, i, out);
	case CODE_SET:
		return one_set(c, i);
	case CODE_INDEX:
		return one_index(c, i, out);
	default:
		return SUCCESS;
	}
}

static struct script *script_for(uint16_t code)
{
	uint32_t i;

	for (i = 0; i < hv.script_count; i++) {
		if (hv.script[i].code == code && (hv.script[i].always || hv.script[i].times > 0)) {
			return &hv.script[i];
		}
	}
	return NULL;
}

/* Elements are done in order until one fails or the script says how far it goes. */
static uint64_t perform(struct fake_hv_call *c, uint8_t *out)
{
	struct script *s = script_for(c->code);
	uint16_t status = s != NULL ? s->status : SUCCESS;
	uint32_t until = s != NULL ? s->done : c->reps;
	uint32_t i;

	if (s != NULL && !s->always) {
		s->times--;
	}
	for (i = c->start; i < until && i < c->reps; i++) {
		uint16_t e = one(c, i, out);

		if (e != SUCCESS) {
			status = e;
			break;
		}
	}
	if (s == NULL || i < until) {
		until = i;
	}
	/* Bits that nobody may look at are set. */
	return status | (uint64_t)until << 32 | UINT64_C(0xABCDE) << 44 | 0x5A5A0000;
}

static struct fake_hv_call *record(uint64_t control)
{
	static struct fake_hv_call spare;
	struct fake_hv_call *c = hv.count < FAKE_HV_CALLS ? &hv.call[hv.count] : &spare;

	hv.count++;
	/* All zero but for the spare one. */
	memset(c, 0, written(c));
	c->control = control;
	c->code = (uint16_t)control;
	c->fast = (control >> 16 & 1) != 0;
	c->reps = (uint32_t)(control >> 32) & 0xFFF;
	c->start = (uint32_t)(control >> 48) & 0xFFF;
	return c;
}

static bool is_malformed(const struct fake_hv_call *c, bool fast)
{
	return (c->control & RESERVED) != 0 || c->fast != fast ||
	       (c->reps == 0 ? c->start != 0 : c->start >= c->reps) || c->in_pairs > 8;
}

static uint64_t serve(struct fake_hv_call *c, bool fast, uint8_t *out)
{
	if (hv.on_call != NULL) {
		hv.on_call(c);
	}
	if (is_malformed(c, fast)) {
		hv.malformed++;
		return BAD_INPUT;
	}
	return perform(c, out);
}

static uint64_t serve_fast(uint64_t control, const uint64_t *block, uint32_t pairs)
{
	struct fake_hv_call *c = record(control);
	uint8_t out[4096];

	c->in_pairs = pairs;
	memcpy(c->in, block, 16 * (size_t)pairs);
	return serve(c, true, out);
}

uint64_t vtl_arch_hypercall_fast(uint64_t control, const uint64_t block[ARCH_FAST_WORDS],
				 uint32_t pairs)
{
	return serve_fast(control, block, pairs);
}

uint64_t vtl_arch_hypercall_six(uint64_t control, uint64_t in0, uint64_t in1, uint64_t in2,
				uint64_t in3, uint64_t in4, uint64_t in5)
{
	const uint64_t block[] = { in0, in1, in2, in3, in4, in5 };

	return serve_fast(control, block, 3);
}

/* A page is what the hypervisor knows: 8-byte aligned, and nothing beyond its end. */
static bool is_page(pa_t pa)
{
	return pa.v % 8 == 0 && pa.v % 4096 == 0;
}

uint64_t vtl_arch_hypercall_memory(uint64_t control, pa_t in, pa_t out)
{
	struct fake_hv_call *c = record(control);

	c->in_pa = in.v;
	c->out_pa = out.v;
	if (!is_page(in) || !is_page(out) || in.v == out.v) {
		hv.malformed++;
		return BAD_ALIGNMENT;
	}
	memcpy(c->in, (const void *)(uintptr_t)in.v, sizeof(c->in));
	return serve(c, false, (uint8_t *)(uintptr_t)out.v);
}
