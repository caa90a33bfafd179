/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * With which registers does the boot VP begin? (Other VPs: arch_start_vp.)
 */
#ifndef TESTS_HOST_ARM64_START_H
#define TESTS_HOST_ARM64_START_H

#include "tests/host/arm64/cpu.h"
#include "tests/host/common/igvm_load.h"

void start_boot_vp(struct cpu *cpu, const struct igvm_result *image);

#endif
