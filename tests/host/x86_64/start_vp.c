/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With which registers does a VP begin? The boot VP with those of the image file, another with its
 * initial context, VTL0 of it by INIT and a start-up interrupt. What nobody promises is poison.
 */
#include "tests/host/x86_64/start_vp.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/rng.h"
#include "tests/host/x86_64/lapic.h"
#include "tests/host/x86_64/machine.h"

/* Places in an initial context, in words of 64 bits. */
#define CONTEXT_RIP 0
#define CONTEXT_RSP 1
#define CONTEXT_RFLAGS 2
#define CONTEXT_CS 3
#define CONTEXT_DS 5
#define CONTEXT_ES 7
#define CONTEXT_FS 9
#define CONTEXT_GS 11
#define CONTEXT_SS 13
#define CONTEXT_TR 15
#define CONTEXT_LDTR 17
#define CONTEXT_IDTR 19
#define CONTEXT_GDTR 21
#define CONTEXT_EFER 23
#define CONTEXT_CR0 24
#define CONTEXT_CR3 25
#define CONTEXT_CR4 26
#define CONTEXT_PAT 27

static void poison_shared(struct cpu *cpu)
{
	uint32_t n;

	for (n = 0; n < 16; n++) {
		cpu->gpr[n] = rng_poison();
	}
}

static void put_segment(struct svm_segment *segment, uint64_t base, uint64_t rest)
{
	segment->base = base;
	segment->limit = (uint32_t)rest;
	segment->selector = (uint16_t)(rest >> 32);
	segment->attributes = svm_attributes((uint16_t)(rest >> 48));
}

/* Three words of padding, then the limit, then the base. */
static void put_table(struct svm_segment *table, uint64_t limit, uint64_t base)
{
	table->limit = (uint32_t)(limit >> 48);
	table->base = base;
}

static void take_context(struct svm_save *save, const uint64_t *context)
{
	static const struct {
		uint32_t segment;
		uint32_t place;
	} rows[] = { { SVM_CS, CONTEXT_CS }, { SVM_DS, CONTEXT_DS }, { SVM_ES, CONTEXT_ES },
		     { SVM_FS, CONTEXT_FS }, { SVM_GS, CONTEXT_GS }, { SVM_SS, CONTEXT_SS } };
	uint32_t n;

	for (n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		put_segment(&save->segment[rows[n].segment], context[rows[n].place],
			    context[rows[n].place + 1]);
	}
	put_segment(&save->tr, context[CONTEXT_TR], context[CONTEXT_TR + 1]);
	put_segment(&save->ldtr, context[CONTEXT_LDTR], context[CONTEXT_LDTR + 1]);
	put_table(&save->idtr, context[CONTEXT_IDTR], context[CONTEXT_IDTR + 1]);
	put_table(&save->gdtr, context[CONTEXT_GDTR], context[CONTEXT_GDTR + 1]);
	save->rip = context[CONTEXT_RIP];
	save->rsp = context[CONTEXT_RSP];
	save->rflags = (context[CONTEXT_RFLAGS] & RFLAGS_KNOWN) | RFLAGS_FIXED;
	save->efer = context[CONTEXT_EFER] | EFER_SVME;
	save->cr0 = context[CONTEXT_CR0];
	save->cr3 = context[CONTEXT_CR3];
	save->cr4 = context[CONTEXT_CR4];
	save->pat = context[CONTEXT_PAT];
	save->cpl = (save->segment[SVM_SS].attributes >> 5) & 3;
}

static void begin(struct cpu *cpu, uint32_t vtl)
{
	struct vp *vp = &cpu->vp;

	vp->active = vtl;
	vp->vtl2_started = vtl == 2;
	cpu->vmcb_pa = (uint64_t)cpu->vmcb[vtl_slot(vtl)];
	cpu->running = true;
	cpu_kick(cpu);
}

void arch_start_vp(struct vp *vp, uint32_t vtl, const uint64_t context[CONTEXT_WORDS])
{
	struct cpu *cpu = cpu_of(vp);
	uint32_t slot = vtl_slot(vtl);

	svm_reset(cpu->vmcb[slot], slot);
	svm_poison(cpu->vmcb[slot]);
	svm_poison(cpu->vmcb[0]);
	poison_shared(cpu);
	take_context(&cpu->vmcb[slot]->save, context);
	console_host(
		"startvp vp=%u apic=0x%llx rip=0x%llx rsp=0x%llx cr0=0x%llx cr3=0x%llx "
		"cr4=0x%llx efer=0x%llx vtl=%u",
		vp->index, (unsigned long long)vp->hw_id, (unsigned long long)context[CONTEXT_RIP],
		(unsigned long long)context[CONTEXT_RSP], (unsigned long long)context[CONTEXT_CR0],
		(unsigned long long)context[CONTEXT_CR3], (unsigned long long)context[CONTEXT_CR4],
		(unsigned long long)context[CONTEXT_EFER], vtl);
	begin(cpu, vtl);
}

static void take_register(struct cpu *cpu, struct svm_save *save, const struct igvm_register *reg)
{
	/* The file's names are the interface's; MTRRs mean nothing here. */
	uint64_t value[2] = { reg->low, reg->high };

	if (reg->name >= 0x0008000E && reg->name <= 0x0008007A) {
		return;
	}
	(void)save;
	if (arch_reg_set(&cpu->vp, vm.opt.vtl, reg->name, value) != HV_SUCCESS) {
		arch_fatal("the image file gives register 0x%x a value that it cannot have",
			   reg->name);
	}
}

void start_boot_vp(struct cpu *cpu, const struct igvm_result *image)
{
	uint32_t vtl = vm.opt.vtl;
	struct svm_vmcb *vmcb = cpu->vmcb[vtl_slot(vtl)];
	uint32_t n;

	svm_poison(vmcb);
	svm_poison(cpu->vmcb[0]);
	poison_shared(cpu);
	cpu->vp.vtl2_enabled = vtl == 2;
	for (n = 0; n < image->reg_count; n++) {
		take_register(cpu, &vmcb->save, &image->regs[n]);
	}
	begin(cpu, vtl);
}

void start_init(struct cpu *target)
{
	if (vm.has_vtl2 && !target->vp.vtl2_started) {
		return;
	}
	target->vp.vtl0_off = true;
	cpu_kick(target);
}

void start_sipi(struct cpu *target, uint32_t vector)
{
	struct vp *vp = &target->vp;

	if (vm.opt.cpu_on_dropped || (vm.has_vtl2 && !vp->vtl2_started)) {
		return;
	}
	if (!vm.has_vtl2 && !target->running) {
		vp->vtl0_off = true;
		begin(target, 0);
	}
	/* Only a processor that waits for it takes one. */
	if (!vp->vtl0_off && !vp->vtl0_suspended) {
		return;
	}
	vp->vtl0_start_pending = true;
	vp->vtl0_start_pc = (uint64_t)vector << 12;
	cpu_kick(target);
}

void start_vtl0(struct cpu *cpu)
{
	struct vp *vp = &cpu->vp;
	struct svm_vmcb *vmcb = cpu->vmcb[0];

	vp->vtl0_start_pending = false;
	vp->vtl0_off = false;
	vp->vtl0_suspended = false;
	svm_reset(vmcb, 0);
	svm_poison(vmcb);
	lapic_reset(cpu, 0);
	cpu->halted[0] = false;
	poison_shared(cpu);
	vmcb->save.segment[SVM_CS].selector = (uint16_t)(vp->vtl0_start_pc >> 4);
	vmcb->save.segment[SVM_CS].base = vp->vtl0_start_pc;
	vmcb->save.rip = 0;
}
