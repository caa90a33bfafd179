/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does the interface differ for arm64? The answers that common/ asks an architecture for.
 */
#include "tests/host/common/arch.h"
#include "tests/host/common/hv.h"

bool arch_sint_vector(uint32_t vector)
{
	/* A private interrupt of the processor. */
	return vector >= 16 && vector <= 31;
}

uint16_t arch_install_intercept(uint32_t type, uint32_t mask, uint64_t parameter)
{
	(void)type;
	(void)mask;
	(void)parameter;
	return HV_INVALID_PARAMETER;
}

bool arch_event_possible(const uint64_t value[2])
{
	/* Type 0, an exception; its syndrome, in the upper half, may be anything. */
	return (value[0] & ~1ull) == 0;
}

void arch_privileges(uint32_t vtl, uint64_t value[2])
{
	(void)vtl;
	value[1] = 1ull << (vm.opt.crash_bit - 64);
}

void arch_os_id_written(uint32_t vtl)
{
	(void)vtl;
}
