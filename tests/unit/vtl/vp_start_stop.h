/* SPDX-License-Identifier: BSD-2-Clause */
/* An image that stops when a processor does not come up. */
#undef CONFIG_VP_START_MISSING_SKIP
#define CONFIG_VP_START_MISSING_STOP 1
