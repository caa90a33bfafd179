# SPDX-License-Identifier: BSD-2-Clause
fw-y += arch/arm64/entry.o arch/arm64/vectors.o arch/arm64/vtl_switch.o arch/arm64/hvc.o
fw-y += arch/arm64/cpu.o arch/arm64/mmu.o arch/arm64/trap.o arch/arm64/hvcall.o
fw-y += arch/arm64/vp_context.o arch/arm64/vp_entry.o arch/arm64/gic.o arch/arm64/icept.o
fw-y += arch/arm64/syndrome.o arch/arm64/kernel.o arch/arm64/line.o
