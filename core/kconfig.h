/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is an option on?
 *
 * IS_ENABLED(CONFIG_X) is 1 when the configuration sets X and 0 when it does not, as an ordinary
 * constant: code that is off is still read by the compiler, and then left out. The configuration
 * itself is given to every file on the command line; nobody includes it.
 *
 * How: an option that is on is defined as 1, so KCONFIG_COMMA_##1 becomes "0," and moves the 1
 * into second place; any other name stays one token and leaves the 0 there.
 */
#ifndef CORE_KCONFIG_H
#define CORE_KCONFIG_H

#define KCONFIG_COMMA_1 0,
#define KCONFIG_SECOND(first, second, ...) second
#define KCONFIG_PICK(...) KCONFIG_SECOND(__VA_ARGS__ 1, 0, 0)
#define KCONFIG_LOOK_UP(value) KCONFIG_PICK(KCONFIG_COMMA_##value)

#define IS_ENABLED(option) KCONFIG_LOOK_UP(option)

#endif
