/* SPDX-License-Identifier: BSD-2-Clause */
/* What every CMocka test must include before CMocka itself. */
#ifndef TESTS_UNIT_HOST_TEST_H
#define TESTS_UNIT_HOST_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
