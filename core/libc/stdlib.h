/* SPDX-License-Identifier: BSD-2-Clause */
/* Present because the libraries include it; nothing of it is offered: there is no heap. */
#ifndef CORE_LIBC_STDLIB_H
#define CORE_LIBC_STDLIB_H

#include <stddef.h>

#endif
