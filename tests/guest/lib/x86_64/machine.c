/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was handed over? boot_params of the 64-bit boot protocol, and the ACPI tables it names.
 *
 * The tables are the firmware's, not an enemy's: what is looked for must be there, no more.
 */
#include "tests/guest/lib/x86_64/machine.h"

#include "tests/guest/lib/x86_64/x64.h"

#define PARAMS_RSDP 0x070
#define PARAMS_EXT_COMMAND_LINE 0x0C8
#define PARAMS_E820_ENTRIES 0x1E8
#define PARAMS_MAGIC 0x202
#define PARAMS_COMMAND_LINE 0x228
#define PARAMS_E820_TABLE 0x2D0
#define MAGIC 0x53726448 /* "HdrS" */
#define E820_SIZE 20
#define E820_RAM 1
#define E820_ACPI 3
#define HEAD_SIZE 36
#define MADT_ENTRIES 44
#define X2APIC 9

static const uint8_t *params;

static uint64_t get(const uint8_t *at, unsigned int size)
{
	uint64_t value = 0;

	memcpy(&value, at, size);
	return value;
}

bool machine_init(uint64_t handed_over)
{
	params = (const uint8_t *)handed_over;
	return get(params + PARAMS_MAGIC, 4) == MAGIC && machine_table("APIC") != NULL;
}

uint64_t machine_handed_over(void)
{
	return (uint64_t)params;
}

const uint8_t *machine_table(const char *signature)
{
	const uint8_t *rsdp = (const uint8_t *)get(params + PARAMS_RSDP, 8);
	const uint8_t *xsdt = rsdp == NULL ? NULL : (const uint8_t *)get(rsdp + 24, 8);
	uint64_t size = xsdt == NULL ? 0 : machine_table_size(xsdt);

	for (uint64_t at = HEAD_SIZE; at + 8 <= size; at += 8) {
		const uint8_t *table = (const uint8_t *)get(xsdt + at, 8);

		if (memcmp(table, signature, 4) == 0) {
			return table;
		}
	}
	return NULL;
}

uint64_t machine_table_size(const uint8_t *table)
{
	return get(table + 4, 4);
}

const uint8_t *machine_dsdt(void)
{
	const uint8_t *fadt = machine_table("FACP");

	return fadt == NULL ? NULL : (const uint8_t *)get(fadt + 140, 8);
}

bool machine_cpu(unsigned int n, uint64_t *id)
{
	const uint8_t *madt = machine_table("APIC");
	uint64_t size = machine_table_size(madt);

	for (uint64_t at = MADT_ENTRIES; at + 2 <= size && madt[at + 1] != 0; at += madt[at + 1]) {
		if (madt[at] == X2APIC && n-- == 0) {
			*id = get(madt + at + 4, 4);
			return true;
		}
	}
	return false;
}

/* The tables lie in VTL0's own RAM, too. */
bool machine_memory(unsigned int n, uint64_t *base, uint64_t *size)
{
	for (unsigned int i = 0; i < params[PARAMS_E820_ENTRIES]; i++) {
		const uint8_t *entry = params + PARAMS_E820_TABLE + i * E820_SIZE;
		uint64_t type = get(entry + 16, 4);

		if ((type == E820_RAM || type == E820_ACPI) && n-- == 0) {
			*base = get(entry, 8);
			*size = get(entry + 8, 8);
			return true;
		}
	}
	return false;
}

/* The local APIC. Ports have no address. */
uint64_t machine_device(unsigned int n)
{
	return n == 0 ? get(machine_table("APIC") + HEAD_SIZE, 4) : 0;
}

const char *machine_command_line(void)
{
	return (const char *)(get(params + PARAMS_COMMAND_LINE, 4) |
			      get(params + PARAMS_EXT_COMMAND_LINE, 4) << 32);
}
