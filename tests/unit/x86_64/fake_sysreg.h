/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a file with CPUID, MSRs and ports run in a program?
 *
 * Forced in front of every file of a test: the names and bits of arch/x86_64/sysreg.h are the real
 * ones, its instructions become calls of the test's own.
 */
#ifndef TESTS_UNIT_X86_64_FAKE_SYSREG_H
#define TESTS_UNIT_X86_64_FAKE_SYSREG_H

#define cpuid(leaf, subleaf) real_cpuid(leaf, subleaf)
#define msr_read real_msr_read
#define msr_write real_msr_write
#define port_read8 real_port_read8
#define port_write8 real_port_write8
#define port_write16 real_port_write16
#include "arch/x86_64/sysreg.h"
#undef cpuid
#undef msr_read
#undef msr_write
#undef port_read8
#undef port_write8
#undef port_write16

struct cpuid fake_cpuid(uint32_t leaf, uint32_t subleaf);
uint64_t fake_msr_read(uint32_t number);
void fake_msr_write(uint32_t number, uint64_t value);
uint8_t fake_port_read8(uint16_t port);
void fake_port_write(uint16_t port, uint16_t value, uint32_t size);

#define cpuid(leaf, subleaf) fake_cpuid(leaf, subleaf)
#define msr_read(number) fake_msr_read(number)
#define msr_write(number, value) fake_msr_write(number, value)
#define port_read8(port) fake_port_read8(port)
#define port_write8(port, value) fake_port_write(port, value, 1)
#define port_write16(port, value) fake_port_write(port, value, 2)

#endif
