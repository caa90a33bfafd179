/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands in an intercept message about VTL0? The x64 layouts, byte by byte, with what the
 * interface does not define filled by the sender in common/. VTL0 is loaded while these run.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/count.h"
#include "tests/host/common/hv.h"
#include "tests/host/common/mem.h"
#include "tests/host/common/rng.h"
#include "tests/host/common/synic.h"
#include "tests/host/x86_64/exit.h"
#include "tests/host/x86_64/machine.h"
#include "tests/host/x86_64/npt.h"

#define PORT_SIZE 128
#define MEMORY_SIZE 80
#define MSR_SIZE 64
#define CPUID_SIZE 104
#define HYPERCALL_SIZE 208
#define STATE_RESERVED 0xC000u
#define BYTES_MAX 16
#define CACHE_WRITE_BACK 6

static void put(uint8_t *to, uint64_t value, uint32_t size)
{
	uint32_t n;

	for (n = 0; n < size; n++) {
		to[n] = (uint8_t)(value >> (8 * n));
	}
}

/* What the layout calls reserved says nothing. */
static void put_poison(uint8_t *to, uint32_t size)
{
	put(to, rng_poison(), size);
}

static void put_segment(uint8_t *to, const struct svm_segment *segment)
{
	put(to, segment->base, 8);
	put(to + 8, segment->limit, 4);
	put(to + 12, segment->selector, 2);
	put(to + 14, svm_attributes_word(segment->attributes), 2);
}

static uint32_t execution_state(const struct svm_vmcb *vmcb)
{
	const struct svm_save *save = &vmcb->save;
	uint32_t state = save->cpl;

	state |= (save->cr0 & CR0_PE) != 0 ? 1u << 2 : 0;
	state |= (save->cr0 & CR0_AM) != 0 ? 1u << 3 : 0;
	state |= (save->efer & EFER_LMA) != 0 ? 1u << 4 : 0;
	state |= (save->dr7 & 0xFF) != 0 ? 1u << 5 : 0;
	state |= (vmcb->control.event_inject & SVM_EVENT_VALID) != 0 ? 1u << 6 : 0;
	/* VTL 0 in 10:7. */
	state |= (vmcb->control.int_shadow & 1) != 0 ? 1u << 12 : 0;
	return state | (rng_poison() & STATE_RESERVED);
}

static void put_header(struct cpu *cpu, uint8_t *to, uint32_t access, uint32_t length)
{
	const struct svm_vmcb *vmcb = cpu->vmcb[0];

	put(to, cpu->vp.index, 4);
	to[4] = (uint8_t)(length | cpu->lapic[0].tpr >> 4 << 4);
	to[5] = (uint8_t)access;
	put(to + 6, execution_state(vmcb), 2);
	put_segment(to + 8, &vmcb->save.segment[SVM_CS]);
	put(to + 24, vmcb->save.rip, 8);
	put(to + 32, vmcb->save.rflags, 8);
}

void arch_message_header(struct vp *vp, uint8_t header[MESSAGE_HEADER_SIZE], uint32_t access)
{
	put_header(cpu_of(vp), header, access, 3);
}

/* The bytes at RIP, as far as VTL0's own tables lead to memory that it may read. */
static uint32_t fetch(const struct cpu *cpu, uint8_t bytes[BYTES_MAX])
{
	const struct svm_vmcb *vmcb = cpu->vmcb[0];
	uint64_t address = vmcb->save.segment[SVM_CS].base + vmcb->save.rip;
	uint32_t n;

	for (n = 0; !vm.opt.no_instruction && n < BYTES_MAX; n++) {
		const uint8_t *byte;
		uint64_t gpa;

		if (!walk(vmcb, 0, address + n, &gpa) ||
		    (arch_access(0, gpa >> 12) & MAP_READ) == 0) {
			break;
		}
		byte = arch_ram(gpa, 1);
		if (byte == NULL) {
			break;
		}
		bytes[n] = *byte;
	}
	return vm.opt.no_instruction ? 0 : n;
}

static bool send(struct cpu *cpu, uint32_t type, const uint8_t *payload, uint32_t size,
		 enum counter counter)
{
	if (!synic_intercept(&cpu->vp, type, payload, size)) {
		return false;
	}
	count(counter);
	return true;
}

bool message_port(struct cpu *cpu, const struct message_port *access)
{
	const struct svm_save *save = &cpu->vmcb[0]->save;
	uint8_t payload[PORT_SIZE];

	memset(payload, 0, sizeof(payload));
	put_header(cpu, payload, access->is_in ? ACCESS_READ : ACCESS_WRITE, access->length);
	put(payload + 40, access->port, 2);
	payload[42] =
		(uint8_t)(access->size | (access->is_string ? 8 : 0) | (access->is_rep ? 16 : 0));
	put_poison(payload + 44, 4);
	put(payload + 48, cpu->gpr[GPR_RAX], 8);
	put_poison(payload + 56, 8);
	put_poison(payload + 64, 8);
	payload[43] = (uint8_t)fetch(cpu, payload + 56);
	put_segment(payload + 72, &save->segment[SVM_DS]);
	put_segment(payload + 88, &save->segment[SVM_ES]);
	put(payload + 104, cpu->gpr[GPR_RCX], 8);
	put(payload + 112, cpu->gpr[GPR_RSI], 8);
	put(payload + 120, cpu->gpr[GPR_RDI], 8);
	return send(cpu, MSG_X64_PORT, payload, PORT_SIZE, COUNT_ICEPT_PORT);
}

bool message_msr(struct cpu *cpu, bool is_write)
{
	uint8_t payload[MSR_SIZE];

	memset(payload, 0, sizeof(payload));
	put_header(cpu, payload, is_write ? ACCESS_WRITE : ACCESS_READ, 2);
	put(payload + 40, cpu->gpr[GPR_RCX], 4);
	put_poison(payload + 44, 4);
	put(payload + 48, cpu->gpr[GPR_RDX], 8);
	put(payload + 56, cpu->gpr[GPR_RAX], 8);
	return send(cpu, MSG_X64_MSR, payload, MSR_SIZE, COUNT_ICEPT_MSR);
}

bool message_cpuid(struct cpu *cpu, const uint32_t answer[4])
{
	/* The interface's order of the four: RAX RCX RDX RBX. */
	static const uint8_t order[4] = { 0, 2, 3, 1 };
	uint8_t payload[CPUID_SIZE];
	uint32_t n;

	memset(payload, 0, sizeof(payload));
	put_header(cpu, payload, ACCESS_EXECUTE, 2);
	for (n = 0; n < 4; n++) {
		put(payload + 40 + 8 * n, cpu->gpr[n], 8);
		put(payload + 72 + 8 * n, answer[order[n]], 8);
	}
	return send(cpu, MSG_X64_CPUID, payload, CPUID_SIZE, COUNT_ICEPT_CPUID);
}

bool message_memory(struct cpu *cpu, uint32_t type, uint64_t gpa, uint32_t access, bool is_fetch)
{
	const struct svm_save *save = &cpu->vmcb[0]->save;
	uint8_t payload[MEMORY_SIZE];

	memset(payload, 0, sizeof(payload));
	put_header(cpu, payload, access, 0);
	put(payload + 40, CACHE_WRITE_BACK, 4);
	payload[46] = (uint8_t)(cpu->lapic[0].tpr >> 4);
	put_poison(payload + 47, 1);
	/* The processor tells the address of a fetch only. */
	put_poison(payload + 48, 8);
	put_poison(payload + 64, 8);
	put_poison(payload + 72, 8);
	if (is_fetch) {
		payload[45] = 3;
		put(payload + 48, save->segment[SVM_CS].base + save->rip, 8);
	} else {
		payload[44] = (uint8_t)fetch(cpu, payload + 64);
	}
	put(payload + 56, gpa, 8);
	return send(cpu, type, payload, MEMORY_SIZE,
		    type == MSG_UNMAPPED_GPA ? COUNT_ICEPT_UNMAPPED : COUNT_ICEPT_GPA);
}

bool message_block(struct cpu *cpu, uint64_t gpa, bool is_write)
{
	bool is_ram = npt_ram_pa(gpa) != 0;

	if (!is_ram && (vm.config & CONFIG_ICEPT_NOT_PRESENT) == 0) {
		return false;
	}
	(void)message_memory(cpu, is_ram ? MSG_GPA_INTERCEPT : MSG_UNMAPPED_GPA, gpa,
			     is_write ? ACCESS_WRITE : ACCESS_READ, false);
	return true;
}

bool message_hypercall(struct cpu *cpu)
{
	static const uint8_t regs[] = {
		GPR_RAX, GPR_RBX, GPR_RCX, GPR_RDX, GPR_R8, GPR_RSI, GPR_RDI
	};
	uint64_t xmm[12];
	uint8_t payload[HYPERCALL_SIZE];
	uint32_t n;

	memset(payload, 0, sizeof(payload));
	put_header(cpu, payload, ACCESS_EXECUTE, 3);
	for (n = 0; n < sizeof(regs); n++) {
		put(payload + 40 + 8 * n, cpu->gpr[regs[n]], 8);
	}
	xmm_save(0, xmm);
	xmm_save(1, xmm + 2);
	xmm_save(2, xmm + 4);
	xmm_save(3, xmm + 6);
	xmm_save(4, xmm + 8);
	xmm_save(5, xmm + 10);
	memcpy(payload + 96, xmm, sizeof(xmm));
	put(payload + 192, rng_poison() & ~1ull, 4); /* bit 0: isolated */
	put_poison(payload + 196, 8);
	put_poison(payload + 204, 4);
	return send(cpu, MSG_HYPERCALL, payload, HYPERCALL_SIZE, COUNT_ICEPT_HYPERCALL);
}

bool message_shutdown(struct cpu *cpu)
{
	uint8_t payload[MESSAGE_HEADER_SIZE];

	put_header(cpu, payload, ACCESS_EXECUTE, 0);
	return send(cpu, MSG_UNRECOVERABLE, payload, MESSAGE_HEADER_SIZE, COUNT_ICEPT_RESET);
}
