/* SPDX-License-Identifier: BSD-2-Clause */
/* An image for one processor. */
#undef CONFIG_MAX_VPS
#define CONFIG_MAX_VPS 1
