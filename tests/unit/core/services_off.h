/* SPDX-License-Identifier: BSD-2-Clause */
/* An image without the services and devices that can be left out. */
#undef CONFIG_SVC_TRNG
#undef CONFIG_SVC_LOG
#undef CONFIG_SVC_STATS
#undef CONFIG_DEV_UART
