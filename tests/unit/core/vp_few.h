/* SPDX-License-Identifier: BSD-2-Clause */
/* An image for fewer processors than the tree of the test has. */
#undef CONFIG_MAX_VPS
#define CONFIG_MAX_VPS 3
