/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What if somebody else started us?
 *
 * The image's bytes are also an image that any boot loader can start, at any privilege, with the
 * MMU off. May assume: relocated, a stack. Must never: call a hypervisor or a firmware, or touch a
 * device that neither the tree nor the configuration names; it says where it is and stops.
 */
#include "core/arch.h"
#include "core/main.h"
#include "core/uart.h"
#include "dt/console.h"

#define TREE_MAX ((size_t)2 * 1024 * 1024)
#define TREE_ALIGNMENT 8

/* A machine with I/O ports has its console at one that everybody knows. */
#ifdef CONFIG_UART_16550_PORT
#define FOREIGN_PORT CONFIG_UART_16550_PORT
#else
#define FOREIGN_PORT 0
#endif

static void say(uint64_t base, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n') {
			uart_put(base, '\r');
		}
		uart_put(base, *text);
	}
}

_Noreturn void main_refuse(uint64_t tree, const char *text)
{
	uint64_t base = FOREIGN_PORT;

	if (base != 0 || (tree != 0 && tree % TREE_ALIGNMENT == 0 &&
			  console_find((const void *)(uintptr_t)tree, TREE_MAX, &base) == OK)) {
		say(base, text);
	}
	arch_halt();
}

_Noreturn void main_foreign(uint64_t tree)
{
	main_refuse(tree, "E not started: this is Paravane, firmware for VTL2 of Hyper-V; "
			  "what started it here is not its loader\n");
}
