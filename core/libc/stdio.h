/* SPDX-License-Identifier: BSD-2-Clause */
/* Present because the libraries include it; nothing of it is offered. */
#ifndef CORE_LIBC_STDIO_H
#define CORE_LIBC_STDIO_H

#include <stddef.h>

#endif
