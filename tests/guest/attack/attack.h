/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What do the attack rows share?
 *
 * A row is one line of the table of attacks, A-01 to A-66: a function that every processor runs at
 * the same time, once for each door. It states what must come back; the first thing that differs
 * fails the row. After it every processor makes one plain valid call by the same door.
 */
#ifndef GUEST_ATTACK_H
#define GUEST_ATTACK_H

#include "tests/guest/lib/guest.h"

#define VPS_MAX 8
#define PAGE 4096
#define BUFFER_SIZE (2 * PAGE)

/* What one processor has of its own. */
struct me {
	unsigned int n;
	uint64_t rng;
	uint64_t checks;
	uint64_t failed;
	const char *what; /* the first failure of this row */
	uint64_t seen;
	uint64_t wanted;
	enum door door;
	uint64_t lines; /* log lines that were taken */
	uint64_t worst; /* in ticks: the longest of what the row measures */
	uint8_t *buffer;
	volatile uint32_t arrived; /* at barriers */
	volatile uint32_t done;	   /* number of the last job */
};

typedef void row_function(struct me *me, enum door door);

/* rows.c */
#define HYPERCALLS hypercall_doors()
#define EVERY_DOOR service_doors()
void rows_begin(void);
void rows_end(void);
void row(const char *id, char who, unsigned int doors, uint64_t rounds, row_function *function);
bool row_is_chosen(const char *id);
/* Only the first processor runs it. */
void row_alone(const char *id, char who, unsigned int doors, uint64_t rounds,
	       row_function *function);
bool want(struct me *me, const char *what, uint64_t seen, uint64_t wanted);
unsigned int vps(void);
uint64_t id_of(unsigned int n);
struct me *vp(unsigned int n);
uint64_t rounds(void); /* of the row, by all processors together */
/* Eight processors on the two or so that an emulator has wait for each other: a row runs fewer
 * rounds there, "times=0x.." as often. And of a list each processor takes every stride()-th
 * from its own. */
uint64_t few(uint64_t times);
uint64_t stride(void);
uint64_t share(void); /* one processor's part of them */
uint64_t rng(struct me *me);
/* Waits until the first `count` processors have come here as often as this one. */
void barrier(struct me *me, unsigned int count);
/* For a row that switched a processor off: it takes jobs again. */
bool row_worker_again(unsigned int n);

/* model.c: memory as VTL0's tree has it, and what each call must answer */
struct answer {
	uint64_t x[4];
	unsigned int results;
	bool is_random; /* X1 to X3: bits of these masks, whatever their value */
};

void model_begin(void);
uint64_t vtl2_base(void);
uint64_t vtl2_end(void);
uint64_t ram_end(void); /* of the highest range of VTL0 */
/* false: the hypervisor answers this one, and Paravane never sees it. */
bool model(enum door door, uint64_t id, uint64_t a1, uint64_t a2, struct answer *answer);
/* A code of a hypercall that the hypervisor answers VTL0 itself. */
bool is_hypercall(uint64_t code);
#define SERVICES 13
uint32_t service_id(unsigned int n);
/* Makes the call and compares all of X0 to X7 with the model and with what they were. */
void check(struct me *me, const char *what, enum door door, uint64_t id, uint64_t a1, uint64_t a2);
void check_x(struct me *me, const char *what, enum door door, const uint64_t x[8]);
/* One counter of Paravane's. */
uint64_t counter(uint64_t index);

/* arm64.c and psci.c, or x86_64.c and its neighbours: what only one architecture has. */

/* The door by other instructions, or with other values, than it is meant to be used by. */
void door_variants(struct me *me, enum door door);
/* Names of VTL2's registers: the n-th that VTL0 must not reach, and the one VTL0 may read. */
#define OTHER_REGISTERS 10
uint32_t other_register(unsigned int n);
uint32_t own_register(void);
/* Its rows that say something of the firmware, and those of the hypervisor. */
void own_rows(void);
void own_hyper_rows(void);

/* The rows, by file. */
void address_rows(void);
void field_rows(void);
void smccc_rows(void);
void leak_rows(void);
void race_rows(void);
void hyper_rows(void);
void irq_rows(void);
/* psci.c; ipi.c */
void start_rows(void);

#endif
