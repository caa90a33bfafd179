/* SPDX-License-Identifier: BSD-2-Clause */
/* What do all intercepts of this architecture have in common? */
#ifndef ARCH_X86_64_ICEPT_H
#define ARCH_X86_64_ICEPT_H

#include "vtl/vtl_arch.h"

#include "hv/synic.h"

struct icept_head icept_decode_head(const volatile struct hv_x64_intercept_message_header *header);

/* The instruction faults in VTL0 (#GP), unless an event is on its way already: then it is executed
 * again after that. */
void icept_refuse(struct vp *vp, const struct icept_head *at);

#define COM1 0x3F8
#define CMOS 0x70

/* icept_port.c: asks for the messages; answers one. */
void icept_port_install(void);
void icept_port(struct vp *vp, const volatile void *payload, size_t size);
/* Do accesses of VTL0 to this port come to us? After icept_port_install(). */
bool icept_port_is_ours(uint16_t port);

/* icept_cmos.c: VTL0's clock. False: there is none. */
bool icept_cmos_begin(void);
uint32_t icept_cmos_read(uint32_t offset, uint32_t size);
void icept_cmos_write(struct vp *vp, uint32_t offset, uint32_t size, uint32_t value);

/* icept_cpuid.c: asks for the messages; answers one. */
void icept_cpuid_install(void);
void icept_cpuid(struct vp *vp, const volatile void *payload, size_t size);

/* icept_msr.c: the same. False: refused. */
bool icept_msr_install(void);
void icept_msr(struct vp *vp, const volatile void *payload, size_t size);

#endif
