/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What did VTL2 ask to be told of? HvCallInstallIntercept's types that only x64 has.
 */
#ifndef TESTS_HOST_X86_64_INTERCEPT_H
#define TESTS_HOST_X86_64_INTERCEPT_H

#include <stdbool.h>
#include <stdint.h>

bool intercept_msr(bool is_write);
bool intercept_port(uint16_t port, bool is_write);
bool intercept_cpuid(uint32_t leaf);

#endif
