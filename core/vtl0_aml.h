/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is a DSDT assembled? (ACPI 6.3, chapter 20)
 *
 * Each architecture writes its devices with these; Paravane's services look alike on both.
 */
#ifndef CORE_VTL0_AML_H
#define CORE_VTL0_AML_H

#include "core/vtl0_block.h"

#define AML_ZERO 0x00u
#define AML_SCOPE 0x10u
#define AML_DEVICE 0x825bu /* two bytes, 0x5b first */

/* Opens what has a length; returns where, for aml_end(). At most 4095 bytes. */
size_t aml_begin(struct block *b, uint32_t opcode);
void aml_end(struct block *b, size_t at);

/* Name (name, ...): the value comes next. name: four characters. */
void aml_name(struct block *b, const char *name);
void aml_named_string(struct block *b, const char *name, const char *text);
void aml_named_zero(struct block *b, const char *name);

/* A package of so many elements, which come next; for aml_end(), too. */
size_t aml_package(struct block *b, uint32_t count);

/* A device's _CRS: between the two come its resources. Together at most 255 bytes. */
size_t aml_begin_resources(struct block *b);
void aml_end_resources(struct block *b, size_t at);
/* A fixed range of addresses: device memory, not cached, may be written. */
void aml_put_memory(struct block *b, uint64_t base, uint64_t size);
/* A level, active high, nobody else's. */
void aml_put_interrupt(struct block *b, uint32_t intid);
/* I/O ports from the first on. */
void aml_put_ports(struct block *b, uint32_t first, uint32_t count);

#define AML_METHODS_MAX 3

/* By which doors does VTL0 reach Paravane's services? */
struct aml_services {
	uint64_t door_page;		     /* 0: none */
	const char *method[AML_METHODS_MAX]; /* PARAVANE_DT_METHOD_*; NULL: not there */
};
/* Must not be written without any door. */
void aml_put_services(struct block *b, const struct aml_services *services);

#endif
