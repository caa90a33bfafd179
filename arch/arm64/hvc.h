/* SPDX-License-Identifier: BSD-2-Clause */
/* HVC with registers from memory: hvc.S, and the SMCCC shape of it. */
#ifndef ARCH_ARM64_HVC_H
#define ARCH_ARM64_HVC_H

#include <stdint.h>

/* X0 to X17 in and out. Only after the tree announced the hypervisor. */
void hvc0(uint64_t x[18]);
void hvc1(uint64_t x[18]);

struct smccc_result {
	uint64_t x[4];
};

struct smccc_result hvc_smccc(uint64_t id, uint64_t a1, uint64_t a2, uint64_t a3);

#endif
