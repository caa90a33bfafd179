/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why was the guest left, and who answers? A reason that is not known here means that the host is
 * set up wrongly, and ends the run.
 */
#include "tests/host/x86_64/exit.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/console.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/restart.h"
#include "tests/host/x86_64/lapic.h"

static void end_on_shutdown(struct cpu *cpu)
{
	const struct svm_save *save = &cpu_vmcb(cpu)->save;

	console_host("triple fault of vtl %u on vp %u: rip 0x%llx rsp 0x%llx cr2 0x%llx cr3 0x%llx",
		     cpu->vp.active, cpu->vp.index, (unsigned long long)save->rip,
		     (unsigned long long)save->rsp, (unsigned long long)save->cr2,
		     (unsigned long long)save->cr3);
	restart_or_end(cpu->vp.active == 0 ? "triple fault of VTL0" : "triple fault of VTL2");
}

static void shutdown_handle(struct cpu *cpu)
{
	/* The exception that could not be delivered is gone. */
	cpu_vmcb(cpu)->control.event_inject = 0;
	if (cpu->vp.active == 0 && cpu->vp.vtl2_started &&
	    (vm.config & CONFIG_ICEPT_UNRECOVERABLE) != 0) {
		(void)message_shutdown(cpu);
		return;
	}
	end_on_shutdown(cpu);
}

static void halt_handle(struct cpu *cpu)
{
	inject_nothing(cpu, 1);
	cpu->halted[vtl_slot(cpu->vp.active)] = true;
}

/* What an event's delivery ran into happens first; then the event is delivered again. */
static void keep_event(struct svm_control *control)
{
	control->event_inject = 0;
	if ((control->exit_int_info & SVM_EVENT_VALID) != 0) {
		control->event_inject = control->exit_int_info;
	}
}

static void dispatch(struct cpu *cpu, uint32_t code)
{
	const struct svm_save *save = &cpu_vmcb(cpu)->save;

	switch (code) {
	case SVM_EXIT_INTR:
	case SVM_EXIT_NMI:
	case SVM_EXIT_VINTR:
		break;
	case SVM_EXIT_CPUID:
		cpuid_handle(cpu);
		break;
	case SVM_EXIT_MSR:
		msr_handle(cpu);
		break;
	case SVM_EXIT_IOIO:
		io_handle(cpu);
		break;
	case SVM_EXIT_HLT:
		halt_handle(cpu);
		break;
	case SVM_EXIT_VMMCALL:
		vmmcall_handle(cpu);
		break;
	case SVM_EXIT_EXCEPTION + VECTOR_UD:
		vmmcall_undefined(cpu);
		break;
	case SVM_EXIT_NPF:
		npf_handle(cpu);
		break;
	case SVM_EXIT_SHUTDOWN:
		shutdown_handle(cpu);
		break;
	case SVM_EXIT_INVALID:
		arch_fatal("vp %u vtl %u cannot run: invalid register value (rip 0x%llx cr0 0x%llx "
			   "cr3 0x%llx cr4 0x%llx efer 0x%llx)",
			   cpu->vp.index, cpu->vp.active, (unsigned long long)save->rip,
			   (unsigned long long)save->cr0, (unsigned long long)save->cr3,
			   (unsigned long long)save->cr4, (unsigned long long)save->efer);
	default:
		/* Instructions of a processor extension that CPUID does not offer. */
		inject_exception(cpu, VECTOR_UD);
		break;
	}
}

void exit_handle(struct cpu *cpu)
{
	struct svm_control *control = &cpu_vmcb(cpu)->control;

	keep_event(control);
	lapic_unload(cpu, vtl_slot(cpu->vp.active));
	dispatch(cpu, (uint32_t)control->exit_code);
}
