/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was this run of the host asked to do?
 *
 * The options come as the kernel command line of QEMU's own device tree (`-append`): key=value,
 * separated by spaces, numbers decimal or 0x hexadecimal. Each key may come once. A key that is
 * not known or a value that is not allowed is an error whose text names the key: a test that
 * misspells an option must not pass as if it had been set.
 *
 *   nonce=WORD           letters, digits, - and _; repeated in the result line     default "none"
 *   igvm=ADDR,SIZE       where QEMU put the file, and its exact length             required
 *   ram=MIB              memory of the VM, VTL2's included                         default 256
 *   vps=N                processors of the VM, 1 to 64                             default 1
 *   seed=N               seed of everything that the host does at random           default 1
 *   vtl=2|0              level at which the image is started                       default 2
 *   deny=LIST            startvp hvcicept actstate protect assist synic rtc, none     default none
 *   caps=LIST            bit numbers to clear in VsmCapabilities, none             default none
 *   treeorder=vp|rev     order of the cpu nodes: VP index, or that reversed        default vp
 *   perm=0|1             VP index is a permutation of the CPU number               default 0
 *   base=GPA|random      where the relocatable region goes                         default as filed
 *   tree=NAME            one deliberate defect in the tree (tree.h lists them)     default none
 *   raw=none|com1|com2   bytes of this UART go out without a prefix                default none
 *   gic=0|1              the tree has an /intc node                                default 0
 *   nodes=host|kernel    the tree has what hosts are known to write, or also what a kernel needs
 *                        that has no loader before it (arm64: with gic=1)          default host
 *   args=TEXT            bootargs in the tree's /chosen (a comma becomes a space)  default none
 *   conv=both|hvc0|hvc1|none   hypercall conventions that are answered             default both
 *   fault=LIST           what goes wrong on command (fault.h lists it)             default nothing
 *   inspect=off|on       at the end, what VTL2 cannot write, and its tables, are as they were,
 *                        and no key is left in its memory                          default off
 *   restarts=N           so often a reset begins a new run; the faults are the first's    default 0
 *   keep=KIB             of memory that the tree marks persistent, a multiple of 4   default 0
 *   poison=on|off        what the interface does not promise is random             default on
 *   rambase=GPA          where memory begins; a multiple of 2 MiB                  default 0
 *   dialect=N|NAME       a number draws a value for each option of dialect.c that is not given
 *                        here; tlfs, openhcl and contrary are fixed lists          default none
 * Dialects, where the published sources differ or are silent (docs/dialects.md):
 *   cpucells=1|2         address cells of /cpus in the tree                        default 2
 *   vmbus=size2|size1    VMBus nodes: as OpenHCL reads them, or as Linux's binding default size2
 *   memtype=all|vtl2     memory nodes that say their type                          default all
 *   affinity=flat|cluster   MPIDR is the processor's number, or has clusters       default flat
 *   enabled=boot|all     VPs whose VTL2 is enabled from the start                  default boot
 *   x29=shared|private   X29 and X30 across a VTL switch                           default shared
 *   cpuon=host|drop      VTL0's PSCI CPU_ON: served, or dropped                    default host
 *   start=both|startvp|cpuon   what starts VTL2 on a VP: StartVirtualProcessor, CPU_ON default both
 *   daif=masked|open     PSTATE.DAIF of a started VP                               default masked
 *   pagecross=3|4        status of a hypercall block that crosses a page           default 3
 *   blockfault=3|message a block that is not there: status, or intercept to VTL2   default 3
 *   badreg=5|0x87        status for a register name that does not exist            default 5
 *   roreg=5|0x50         status for a write to a read-only register                default 0x50
 *   badflags=5|0x50      status for map flags that cannot be had                   default 5
 *   cont=pc|timeout|short   a call that stops half way: executed again by itself; status 0x0078;
 *                        success with fewer elements done                          default pc
 *   failout=kept|random  output of a call that fails                               default kept
 *   fastout=pairs|words  fast output: by pairs, or right behind the input          default pairs
 *   apicid=affinity|exact   which bits of an MPIDR GetVpIndexFromApicId compares   default affinity
 *   apicout=packed|padded   its output elements: 4 or 8 bytes                      default packed
 *   assertdest=any|mpidr destination of an SPI in AssertVirtualInterrupt           default any
 *   event=pair|far|refuse   fault address of an event: PendingEvent1 or FAR_EL1; a write of
 *                        PendingEvent1 is refused                                  default pair
 *   instr=given|none     instruction and its length in a message                   default given
 *   origin=0|self        sender in a message header: zero, or the partition id     default 0
 *   slot=drop|pending    a message slot: only dropped, or flagged and waiting for EOM default drop
 *   scontrol=0|1         SCONTROL at reset                                         default 0
 *   crashbit=72|105      where the crash registers are announced                   default 72
 *   vmcall=amd|intel     instruction in the hypercall page of x86_64               default amd
 *   guestvsm=1|0         GuestVsmPartitionConfig exists                            default 1
 */
#ifndef TESTS_HOST_COMMON_OPTIONS_H
#define TESTS_HOST_COMMON_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OPTIONS_VPS_MAX 64U
#define OPTIONS_WORD_MAX 64U
#define OPTIONS_ARGS_MAX 256U
#define OPTIONS_DRAWN_MAX 900U

/* Bits of host_options.deny, in the order of the words. */
#define OPTIONS_DENY_STARTVP 0x01U  /* HvCallStartVp is refused */
#define OPTIONS_DENY_HVCICEPT 0x02U /* InstallIntercept for hypercalls is refused */
#define OPTIONS_DENY_ACTSTATE 0x04U /* InternalActivityState is read-only */
#define OPTIONS_DENY_PROTECT 0x08U  /* VTL protections are refused */
#define OPTIONS_DENY_ASSIST 0x10U   /* the VP assist page is refused */
#define OPTIONS_DENY_SYNIC 0x20U    /* SynIC registers are refused */
#define OPTIONS_DENY_RTC 0x40U	    /* x86_64: VTL2 has no clock */

/* Bits of host_options.conv. */
#define OPTIONS_CONV_HVC0 0x1U
#define OPTIONS_CONV_HVC1 0x2U

enum options_continue {
	OPTIONS_CONTINUE_PC,
	OPTIONS_CONTINUE_TIMEOUT,
	OPTIONS_CONTINUE_SHORT
};

enum options_start {
	OPTIONS_START_BOTH,
	OPTIONS_START_STARTVP,
	OPTIONS_START_CPU_ON
};

enum options_event {
	OPTIONS_EVENT_PAIR,
	OPTIONS_EVENT_FAR,
	OPTIONS_EVENT_REFUSE
};

enum options_raw {
	OPTIONS_RAW_NONE,
	OPTIONS_RAW_COM1,
	OPTIONS_RAW_COM2
};

struct host_options {
	char nonce[OPTIONS_WORD_MAX + 1];
	char tree_defect[OPTIONS_WORD_MAX + 1]; /* empty: a good tree */
	char args[OPTIONS_ARGS_MAX + 1];	/* empty: no bootargs property */
	char fault[OPTIONS_ARGS_MAX + 1];	/* words separated by spaces */
	uint64_t igvm_addr;
	uint64_t igvm_size;
	uint64_t seed;
	uint64_t caps_clear; /* mask of bits, not a number */
	uint64_t base;
	uint64_t ram_base;
	uint32_t restarts;
	uint32_t keep_kib;
	char dialect[OPTIONS_WORD_MAX + 1]; /* empty: none */
	char drawn[OPTIONS_DRAWN_MAX];	    /* what it chose, as key=value */
	bool base_set;
	bool base_random;
	bool tree_reversed;
	bool vp_permuted;
	bool tree_gic;
	bool tree_kernel_nodes;
	bool x29_private;
	bool poison_off;
	bool inspect;
	bool cpu_on_dropped;
	bool daif_open;
	bool vtl2_enabled_all;
	bool affinity_clusters;
	bool vmbus_size1;
	bool tree_types_vtl2;
	bool block_fault_message;
	bool failed_output_random;
	bool fast_output_words;
	bool apic_id_exact;
	bool apic_out_padded;
	bool assert_needs_mpidr;
	bool no_instruction;
	bool origin_self;
	bool slot_pending;
	bool vmcall_intel;
	bool no_guest_vsm;
	bool scontrol_on;
	uint32_t ram_mib;
	uint32_t vps;
	uint32_t vtl;
	uint32_t deny;
	uint32_t conv;
	uint32_t tree_cpu_cells;
	uint32_t status_page_cross; /* HV_STATUS values */
	uint32_t status_bad_register;
	uint32_t status_read_only;
	uint32_t status_bad_flags;
	uint32_t crash_bit; /* of register 0x200 */
	enum options_continue continued;
	enum options_event event;
	enum options_start start;
	enum options_raw raw;
};

/*
 * Reads the first `length` bytes of `text` (or up to a NUL, whichever comes first). On failure
 * returns false and writes a sentence that names the key into `error`. `options` is filled with
 * the defaults first, so after a failure it holds at least the nonce when that was read before.
 */
bool options_parse(struct host_options *options, const char *text, size_t length, char *error,
		   size_t error_size);

/*
 * Gives `key` its `value`, as if it had been an option. False: no such key, or not such a value.
 */
bool options_set(struct host_options *options, const char *key, const char *value);

/*
 * options_parse with the text taken from /chosen bootargs of the flattened tree at `fdt`, of which
 * at most `fdt_max` bytes are looked at.
 */
bool options_from_fdt(struct host_options *options, const void *fdt, size_t fdt_max, char *error,
		      size_t error_size);

/* A number as options have it, decimal or 0x hexadecimal; false: not one. */
bool options_number(const char *text, size_t length, uint64_t *value);

#endif
