/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did VTL2 ask to be told of? One table of port rights, the MSR rights, and a short list of
 * CPUID leaves.
 */
#include "tests/host/x86_64/intercept.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"

#define TYPE_PORT 0x00
#define TYPE_MSR 0x01
#define TYPE_CPUID 0x02
#define TYPE_APIC_EOI 0x0E
#define TYPE_PORT_RANGE 0x11
#define MASK_READ 1u
#define MASK_WRITE 2u
#define MASK_EXECUTE 4u
#define LEAVES_MAX 32

static uint8_t ports[65536];
static uint32_t msr_mask;
static uint32_t leaves[LEAVES_MAX];
static uint32_t leaf_count;

bool intercept_port(uint16_t port, bool is_write)
{
	return (ports[port] & (is_write ? MASK_WRITE : MASK_READ)) != 0;
}

bool intercept_msr(bool is_write)
{
	return (msr_mask & (is_write ? MASK_WRITE : MASK_READ)) != 0;
}

bool intercept_cpuid(uint32_t leaf)
{
	uint32_t n;

	for (n = 0; n < leaf_count; n++) {
		if (leaves[n] == leaf) {
			return true;
		}
	}
	return false;
}

static uint16_t install_ports(uint64_t first, uint64_t last, uint32_t mask)
{
	if ((mask & ~(MASK_READ | MASK_WRITE)) != 0 || first > last || last > 0xFFFF) {
		return HV_INVALID_PARAMETER;
	}
	for (; first <= last; first++) {
		ports[first] = (uint8_t)mask;
	}
	return HV_SUCCESS;
}

static uint16_t install_leaf(uint64_t leaf, uint32_t mask)
{
	uint32_t n;

	if ((mask != 0 && mask != MASK_EXECUTE) || leaf > 0xFFFFFFFF) {
		return HV_INVALID_PARAMETER;
	}
	for (n = 0; n < leaf_count && leaves[n] != leaf; n++) {
	}
	if (mask == 0) {
		if (n < leaf_count) {
			leaves[n] = leaves[--leaf_count];
		}
		return HV_SUCCESS;
	}
	if (n == LEAVES_MAX) {
		return HV_INSUFFICIENT_MEMORY;
	}
	leaves[n] = (uint32_t)leaf;
	leaf_count += n == leaf_count ? 1 : 0;
	return HV_SUCCESS;
}

uint16_t arch_install_intercept(uint32_t type, uint32_t mask, uint64_t parameter)
{
	switch (type) {
	case TYPE_PORT:
		return install_ports(parameter, parameter, mask);
	case TYPE_PORT_RANGE:
		return install_ports(parameter & 0xFFFF, parameter >> 16, mask);
	case TYPE_MSR:
		/* All that the host does not handle itself; no single one. */
		if ((mask & ~(MASK_READ | MASK_WRITE)) != 0 || parameter != 0) {
			return HV_INVALID_PARAMETER;
		}
		msr_mask = mask;
		return HV_SUCCESS;
	case TYPE_CPUID:
		return install_leaf(parameter, mask);
	case TYPE_APIC_EOI:
		/* Of a level: there are none, so it never happens. */
		return (mask & ~MASK_WRITE) == 0 && parameter == 0 ? HV_SUCCESS :
								     HV_INVALID_PARAMETER;
	default:
		return HV_INVALID_PARAMETER;
	}
}
