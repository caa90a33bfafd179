/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How do the image file and the device tree get into the VM?
 */
#ifndef TESTS_HOST_COMMON_LOAD_H
#define TESTS_HOST_COMMON_LOAD_H

#include "tests/host/common/igvm_load.h"

/* Loads the file that the options name, or ends the run with the reason. */
void load_image(struct igvm_result *result);

#endif
