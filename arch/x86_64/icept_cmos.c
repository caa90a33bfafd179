/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where does VTL0's clock get its time from?
 *
 * From the clock that the platform shows to VTL2, read once at boot; from then on from the
 * hypervisor's reference time. Must never: invent a time. Where one of the two is missing, VTL0 has
 * no clock, and no table names one.
 */
#include "arch/x86_64/icept.h"

#include "arch/x86_64/sysreg.h"
#include "core/arch.h"
#include "core/dev_cmos.h"
#include "core/log.h"

#include "hv/x64.h"

/* The time changes once a second: the second reading is undisturbed, if the first was not. */
#define READINGS_MAX 4

static uint64_t reference_time(void)
{
	return msr_read(HV_X64_MSR_TIME_REF_COUNT);
}

static uint8_t host_register(uint8_t index)
{
	arch_port_write8(CMOS, index);
	return arch_port_read8(CMOS + 1);
}

/* False: the time changed meanwhile. */
static bool read_host(uint8_t registers[DEV_CMOS_SIZE])
{
	uint8_t first = host_register(0);
	uint8_t i;

	for (i = 0; i <= DEV_CMOS_CENTURY; i++) {
		registers[i] = host_register(i);
	}
	return registers[0] == first &&
	       (host_register(DEV_CMOS_REGISTER_A) & DEV_CMOS_UPDATING) == 0;
}

bool icept_cmos_begin(void)
{
	uint8_t registers[DEV_CMOS_SIZE] = { 0 };
	uint32_t i;

	for (i = 0; i < READINGS_MAX && !read_host(registers); i++) {
	}
	if (i == READINGS_MAX ||
	    (cpuid(HYPERV_CPUID_FEATURES, 0).eax & HV_MSR_TIME_REF_COUNT_AVAILABLE) == 0 ||
	    !dev_cmos_begin(registers, reference_time())) {
		log_info("clock: nobody says what time it is: VTL0 has none");
		return false;
	}
	return true;
}

uint32_t icept_cmos_read(uint32_t offset, uint32_t size)
{
	return size == 1 ? dev_cmos_read(offset, reference_time()) : UINT32_MAX;
}

void icept_cmos_write(struct vp *vp, uint32_t offset, uint32_t size, uint32_t value)
{
	(void)vp;
	if (size == 1) {
		dev_cmos_write(offset, (uint8_t)value, reference_time());
	}
}
