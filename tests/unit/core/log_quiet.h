/* SPDX-License-Identifier: BSD-2-Clause */
/* The smallest log that there can be: warnings and errors, 1 KiB. */
#undef CONFIG_LOG_LEVEL
#define CONFIG_LOG_LEVEL 1
#undef CONFIG_LOG_BUF_SIZE
#define CONFIG_LOG_BUF_SIZE 1024
