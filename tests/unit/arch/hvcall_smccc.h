/* SPDX-License-Identifier: BSD-2-Clause */
/* An image whose own hypercalls go by HVC #0. */
#undef CONFIG_HVCALL_NATIVE
#define CONFIG_HVCALL_SMCCC 1
