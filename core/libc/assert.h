/* SPDX-License-Identifier: BSD-2-Clause */
/* Present because mbedTLS includes it; its only use is compile-time. */
#ifndef CORE_LIBC_ASSERT_H
#define CORE_LIBC_ASSERT_H

#ifndef static_assert
#define static_assert _Static_assert
#endif

#endif
