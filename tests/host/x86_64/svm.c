/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a VMCB set up? Which exits the host wants, and the processor's state at reset; start_vp.c
 * gives a VTL its first registers.
 */
#include "tests/host/common/mem.h"
#include "tests/host/common/rng.h"
#include "tests/host/x86_64/cpu.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/npt.h"

#define INTERCEPT(code) (1u << ((code)&31))
#define MSR_MAP_SIZE 8192
#define IO_MAP_SIZE 12288
#define DR6_RESET 0xFFFF0FF0ull
#define DR7_RESET 0x400ull
#define CR0_RESET 0x60000010ull
#define PAT_RESET 0x0007040600070406ull

static struct svm_vmcb vmcbs[CPUS_MAX][VTL_SLOTS];
static struct {
	struct svm_vmcb state;	 /* for VMSAVE and VMLOAD */
	uint8_t save_area[4096]; /* behind it: cpu_init_local */
} hosts[CPUS_MAX] __attribute__((aligned(4096)));
static uint8_t msr_map[MSR_MAP_SIZE] __attribute__((aligned(4096)));
static uint8_t io_map[IO_MAP_SIZE] __attribute__((aligned(4096)));

/* What a guest may read and write without the host: all of it is in the VMCB. */
static const uint32_t free_msrs[] = {
	0x174,	    0x175,	 0x176,	     /* SYSENTER */
	0xC0000081, 0xC0000082,	 0xC0000083, /* STAR LSTAR CSTAR */
	0xC0000084, 0xC0000100,	 0xC0000101, /* SFMASK FS_BASE GS_BASE */
	0xC0000102, MSR_TSC_AUX,	     /* KERNEL_GS_BASE; context.c keeps the other */
};

static void free_msr(uint32_t index)
{
	uint32_t bit = 2 * (index & 0x1FFF) + (index >= 0xC0000000 ? 8 * 0x800 : 0);

	msr_map[bit / 8] &= (uint8_t) ~(3u << (bit % 8));
}

static void init_maps(void)
{
	uint32_t n;

	memset(msr_map, 0xFF, sizeof(msr_map));
	memset(io_map, 0xFF, sizeof(io_map));
	for (n = 0; n < sizeof(free_msrs) / sizeof(free_msrs[0]); n++) {
		free_msr(free_msrs[n]);
	}
}

static void set_segment(struct svm_segment *segment, uint16_t selector, uint16_t attributes,
			uint64_t base)
{
	segment->selector = selector;
	segment->attributes = attributes;
	segment->limit = 0xFFFF;
	segment->base = base;
}

/* The state behind a processor's INIT; the control area stays. */
static void reset_state(struct svm_save *save)
{
	uint32_t n;

	memset(save, 0, sizeof(*save));
	for (n = 0; n < 6; n++) {
		set_segment(&save->segment[n], 0, 0x93, 0);
	}
	set_segment(&save->segment[SVM_CS], 0xF000, 0x9B, 0xFFFF0000);
	set_segment(&save->gdtr, 0, 0, 0);
	set_segment(&save->idtr, 0, 0, 0);
	set_segment(&save->ldtr, 0, 0x82, 0);
	set_segment(&save->tr, 0, 0x8B, 0);
	save->efer = EFER_SVME;
	save->cr0 = CR0_RESET;
	save->dr6 = DR6_RESET;
	save->dr7 = DR7_RESET;
	save->rflags = RFLAGS_FIXED;
	save->rip = 0xFFF0;
	save->pat = PAT_RESET;
}

void svm_reset(struct svm_vmcb *vmcb, uint32_t slot)
{
	struct svm_control *control = &vmcb->control;

	memset(control, 0, sizeof(*control));
	control->intercept[0] = INTERCEPT(SVM_EXIT_INTR) | INTERCEPT(SVM_EXIT_NMI) |
				INTERCEPT(SVM_EXIT_CPUID) | INTERCEPT(SVM_EXIT_HLT) |
				INTERCEPT(SVM_EXIT_INVLPGA) | INTERCEPT(SVM_EXIT_IOIO) |
				INTERCEPT(SVM_EXIT_MSR) | INTERCEPT(SVM_EXIT_SHUTDOWN);
	control->intercept[1] = INTERCEPT(SVM_EXIT_VMRUN) | INTERCEPT(SVM_EXIT_VMMCALL) |
				INTERCEPT(SVM_EXIT_VMLOAD) | INTERCEPT(SVM_EXIT_VMSAVE) |
				INTERCEPT(SVM_EXIT_STGI) | INTERCEPT(SVM_EXIT_CLGI) |
				INTERCEPT(SVM_EXIT_SKINIT) | INTERCEPT(SVM_EXIT_MONITOR) |
				INTERCEPT(SVM_EXIT_MWAIT);
	if (vm.opt.vmcall_intel) {
		control->exceptions = 1u << VECTOR_UD;
	}
	control->iopm = (uint64_t)io_map;
	control->msrpm = (uint64_t)msr_map;
	control->asid = 1 + slot;
	control->int_control = SVM_INT_V_MASKING | SVM_INT_V_IGN_TPR;
	control->nested_control = 1;
	control->nested_cr3 = npt_root(slot);
	reset_state(&vmcb->save);
}

static uint64_t poison_address(void)
{
	return rng_poison() & 0x7FFFFFFFFFFFull;
}

/* What neither the interface nor the processor's manual gives a VTL at its start. */
void svm_poison(struct svm_vmcb *vmcb)
{
	struct svm_save *save = &vmcb->save;

	save->rsp = rng_poison();
	save->star = rng_poison();
	save->lstar = poison_address();
	save->cstar = poison_address();
	save->sfmask = rng_poison() & 0xFFFFFFFF;
	save->kernel_gs_base = poison_address();
	save->sysenter_cs = rng_poison() & 0xFFFF;
	save->sysenter_esp = poison_address();
	save->sysenter_eip = poison_address();
}

void svm_init(struct cpu *cpu)
{
	uint32_t slot;

	if (cpu->number == 0) {
		init_maps();
	}
	cpu->host_vmcb_pa = (uint64_t)&hosts[cpu->number].state;
	for (slot = 0; slot < VTL_SLOTS; slot++) {
		cpu->vmcb[slot] = &vmcbs[cpu->number][slot];
		svm_reset(cpu->vmcb[slot], slot);
	}
}

bool svm_is_long(const struct svm_vmcb *vmcb)
{
	return (vmcb->save.efer & EFER_LMA) != 0 &&
	       (vmcb->save.segment[SVM_CS].attributes & 0x200) != 0;
}
