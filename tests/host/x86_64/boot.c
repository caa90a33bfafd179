/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does the host learn from the machine when it boots?
 */
#include "tests/host/x86_64/boot.h"

#include "tests/host/common/arch.h"
#include "tests/host/common/fmt.h"
#include "tests/host/common/mem.h"
#include "tests/host/x86_64/machine.h"

#define INFO_FLAGS 0
#define INFO_COMMAND_LINE 16
#define INFO_FLAG_COMMAND_LINE 4u
#define LINE_MAX 2048

#define LEAF_EXTENDED_FEATURES 0x80000001u
#define LEAF_SVM 0x8000000Au
#define FEATURE_SVM (1u << 2)

#define LAPIC_LVT_TIMER 0x320
#define LAPIC_INITIAL 0x380
#define LAPIC_CURRENT 0x390
#define LAPIC_DIVIDE 0x3E0
#define LVT_MASKED 0x10000
#define DIVIDE_BY_1 0xB
#define MEASURE_TICKS (MACHINE_LAPIC_HZ / 100)

static uint64_t tsc_hz;
static uint64_t tsc_scale;

static bool has_svm(void)
{
	uint32_t out[4];

	cpuid(LEAF_EXTENDED_FEATURES & 0x80000000, 0, out);
	if (out[0] < LEAF_SVM) {
		return false;
	}
	cpuid(LEAF_EXTENDED_FEATURES, 0, out);
	return (out[2] & FEATURE_SVM) != 0;
}

bool boot_options(uint64_t info, char *error, size_t error_size)
{
	const uint8_t *bytes = (const uint8_t *)info;
	uint32_t flags;
	uint32_t address;
	const char *line;

	memcpy(&flags, bytes + INFO_FLAGS, sizeof(flags));
	memcpy(&address, bytes + INFO_COMMAND_LINE, sizeof(address));
	if ((flags & INFO_FLAG_COMMAND_LINE) == 0) {
		(void)host_snprintf(error, error_size, "no command line");
		return false;
	}
	/* QEMU puts the host's own file name in front. */
	line = (const char *)(uint64_t)address;
	while (*line != '\0' && *line != ' ') {
		line++;
	}
	if (!options_parse(&vm.opt, line, LINE_MAX, error, error_size)) {
		return false;
	}
	if (!has_svm()) {
		(void)host_snprintf(error, error_size, "this processor has no SVM");
		return false;
	}
	return true;
}

void boot_time(void)
{
	uint64_t start;
	uint64_t scaled;

	mmio_write32(MACHINE_LAPIC + LAPIC_DIVIDE, DIVIDE_BY_1);
	mmio_write32(MACHINE_LAPIC + LAPIC_LVT_TIMER, LVT_MASKED);
	mmio_write32(MACHINE_LAPIC + LAPIC_INITIAL, UINT32_MAX);
	start = rdtsc();
	while (UINT32_MAX - mmio_read32(MACHINE_LAPIC + LAPIC_CURRENT) < (uint32_t)MEASURE_TICKS) {
		cpu_pause();
	}
	tsc_hz = (rdtsc() - start) * 100;
	mmio_write32(MACHINE_LAPIC + LAPIC_INITIAL, 0);
	/* (10^7 << 64) / tsc_hz, in two steps of 32 bits. */
	scaled = (10000000ull << 32) / tsc_hz;
	tsc_scale = scaled << 32 | (((10000000ull << 32) % tsc_hz) << 32) / tsc_hz;
}

uint64_t boot_tsc_hz(void)
{
	return tsc_hz;
}

uint64_t boot_tsc_scale(void)
{
	return tsc_scale;
}

uint64_t arch_time(void)
{
	return (uint64_t)((unsigned __int128)rdtsc() * tsc_scale >> 64);
}
