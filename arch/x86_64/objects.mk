# SPDX-License-Identifier: BSD-2-Clause
fw-y += arch/x86_64/entry.o arch/x86_64/vectors.o arch/x86_64/vp_entry.o arch/x86_64/hypercall.o
fw-y += arch/x86_64/vtl_switch.o arch/x86_64/descriptors.o arch/x86_64/cpu.o arch/x86_64/mmu.o
fw-y += arch/x86_64/trap.o arch/x86_64/hvcall.o arch/x86_64/vp_context.o arch/x86_64/apic.o
fw-y += arch/x86_64/icept.o arch/x86_64/icept_msr.o arch/x86_64/icept_port.o
fw-y += arch/x86_64/icept_cpuid.o arch/x86_64/decode.o
fw-$(CONFIG_DEV_CMOS) += arch/x86_64/icept_cmos.o
fw-y += arch/x86_64/kernel.o arch/x86_64/boot_params.o arch/x86_64/acpi.o
fw-y += core/vtl0_aml.o core/vtl0_block.o
