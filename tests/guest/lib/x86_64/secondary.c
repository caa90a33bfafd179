/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How does a payload start another processor? As every PC: INIT, then a start-up interrupt, which
 * names a page below 1 MiB.
 */
#include "tests/guest/lib/x86_64/port.h"
#include "tests/guest/lib/x86_64/x64.h"

#define SECONDARY_STACK 8192
#define ICR 0x830
#define PAGE 0x1000
#define LOW_END 0x9F000
#define BOOT_BLOCK_SIZE 0x10000 /* more than what is handed over behind boot_params */
#define TAKEN_SECONDS 20

/* The first field is known to start.S. */
struct secondary {
	uint64_t stack_end;
	void (*function)(uint64_t);
	uint64_t argument;
	struct local local;
};

extern const uint8_t trampoline[], trampoline_end[], trampoline_segments[], trampoline_far[];
extern const uint8_t trampoline_cr3[], trampoline_mailbox[], trampoline_entry[];
extern const uint8_t trampoline_long[], trampoline_gdt[];
extern uint8_t secondary_entry[];
__attribute__((noreturn)) void secondary_main(struct secondary *self);

static struct secondary secondaries[SECONDARIES_MAX];
static uint8_t stacks[SECONDARIES_MAX][SECONDARY_STACK] __attribute__((aligned(16)));
static unsigned int secondary_count;
static uint8_t *copy; /* of the trampoline */

/* A page of RAM below 1 MiB where nothing lies that was handed over. */
static uint64_t low_page(void)
{
	uint64_t handed_over = machine_handed_over();
	uint64_t base = 0;
	uint64_t size = 0;

	for (unsigned int n = 0; machine_memory(n, &base, &size); n++) {
		uint64_t end = base + size < LOW_END ? base + size : LOW_END;

		for (uint64_t page = base + PAGE; page + PAGE <= end; page += PAGE) {
			if (page + PAGE <= handed_over || page >= handed_over + BOOT_BLOCK_SIZE) {
				return page;
			}
		}
	}
	return 0;
}

static void put(const uint8_t *field, uint64_t value, unsigned int size)
{
	memcpy(copy + (field - trampoline), &value, size);
}

static bool make_copy(void)
{
	uint64_t page = low_page();

	if (page == 0) {
		return false;
	}
	copy = (uint8_t *)page;
	memcpy(copy, trampoline, (size_t)(trampoline_end - trampoline));
	put(trampoline_segments, page + (uint64_t)(trampoline_gdt - trampoline), 4);
	put(trampoline_far, page + (uint64_t)(trampoline_long - trampoline), 4);
	put(trampoline_cr3, cr3_read(), 8);
	put(trampoline_entry, (uint64_t)secondary_entry, 8);
	return true;
}

static volatile uint64_t *mailbox(void)
{
	return (volatile uint64_t *)(copy + (trampoline_mailbox - trampoline));
}

uint32_t secondary_prepare(void (*function)(uint64_t), uint64_t argument)
{
	struct secondary *other = &secondaries[secondary_count];

	if (secondary_count >= SECONDARIES_MAX || (copy == NULL && !make_copy())) {
		return 0;
	}
	other->stack_end = (uint64_t)&stacks[secondary_count][SECONDARY_STACK];
	other->function = function;
	other->argument = argument;
	secondary_count++;
	*mailbox() = (uint64_t)other;
	publish();
	return (uint32_t)((uint64_t)copy / PAGE);
}

void secondary_again(void)
{
	*mailbox() = (uint64_t)&secondaries[secondary_count - 1];
	publish();
}

bool secondary_began(void)
{
	return *mailbox() == 0;
}

void send_ipi(uint64_t id, uint32_t icr)
{
	msr_write(ICR, id << 32 | icr);
}

bool secondary_start(uint64_t id, void (*function)(uint64_t), uint64_t argument)
{
	uint32_t page = secondary_prepare(function, argument);
	uint64_t until = ticks() + TAKEN_SECONDS * second();

	if (page == 0) {
		return false;
	}
	send_ipi(id, ICR_INIT);
	send_ipi(id, ICR_STARTUP | page);
	while (!secondary_began()) {
		if (ticks() > until) {
			return false;
		}
		wait_for_event();
	}
	return true;
}

void secondary_main(struct secondary *self)
{
	memset(&self->local, 0, sizeof(self->local));
	local_init(&self->local);
	self->function(self->argument);
	for (;;) {
		halt();
	}
}
