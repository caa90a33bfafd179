# SPDX-License-Identifier: BSD-2-Clause
#
# Which files make up the VSM host for each architecture, and its own tests?

host-y += tests/host/common/console.o
host-y += tests/host/common/count.o
host-y += tests/host/common/dialect.o
host-y += tests/host/common/fault.o
host-y += tests/host/common/restart.o
host-y += tests/host/common/rng.o
host-y += tests/host/common/hypercall.o
host-y += tests/host/common/vp_regs.o
host-y += tests/host/common/hc_vtl.o
host-y += tests/host/common/hc_memory.o
host-y += tests/host/common/hc_events.o
host-y += tests/host/common/synic.o

host-y += tests/host/common/fdt_read.o
host-y += tests/host/common/fdt_write.o
host-y += tests/host/common/fmt.o
host-y += tests/host/common/inspect.o
host-y += tests/host/common/igvm_check.o
host-y += tests/host/common/igvm_err.o
host-y += tests/host/common/igvm_file.o
host-y += tests/host/common/igvm_load.o
host-y += tests/host/common/igvm_params.o
host-y += tests/host/common/igvm_pt.o
host-y += tests/host/common/igvm_pte.o
host-y += tests/host/common/igvm_reloc.o
host-y += tests/host/common/igvm_vp.o
host-y += tests/host/common/load.o
host-y += tests/host/common/mem.o
host-y += tests/host/common/options.o
host-y += tests/host/common/str.o
host-y += tests/host/common/tree.o
host-y += tests/host/common/tree_defect.o
host-y += tests/host/common/tree_kernel.o
host-y += tests/host/common/tree_ports.o

ifeq ($(ARCH),arm64)
host-y += tests/host/arm64/entry.o
host-y += tests/host/arm64/vectors.o
host-y += tests/host/arm64/switch.o
host-y += tests/host/arm64/main.o
host-y += tests/host/arm64/cpu.o
host-y += tests/host/arm64/mmu.o
host-y += tests/host/arm64/stage2.o
host-y += tests/host/arm64/context.o
host-y += tests/host/arm64/inspect.o
host-y += tests/host/arm64/inject.o
host-y += tests/host/arm64/interface.o
host-y += tests/host/arm64/irq.o
host-y += tests/host/arm64/vgic.o
host-y += tests/host/arm64/vgic_mmio.o
host-y += tests/host/arm64/trap.o
host-y += tests/host/arm64/hvc.o
host-y += tests/host/arm64/psci.o
host-y += tests/host/arm64/abort.o
host-y += tests/host/arm64/message.o
host-y += tests/host/arm64/sysregs.o
host-y += tests/host/arm64/regs.o
host-y += tests/host/arm64/start.o
host-y += tests/host/arm64/uart.o
host-y += tests/host/arm64/vuart.o
host-y += tests/host/arm64/tree.o

# The host's own test: an image for VTL2.
selftest-lds := tests/host/selftest/selftest.lds
selftest-y += tests/host/selftest/start.o
selftest-y += tests/host/selftest/main.o
selftest-y += tests/host/selftest/bad.o
selftest-y += tests/host/selftest/lib.o
selftest-y += tests/host/selftest/calls.o
selftest-y += tests/host/selftest/vtl.o
selftest-y += tests/host/selftest/vp.o
selftest-y += tests/host/selftest/attack.o
selftest-y += tests/host/common/mem.o

# A VTL2 program written from the TLFS alone, as somebody else would write it.
second-lds := tests/host/second/second.lds
second-y += tests/host/second/start.o
second-y += tests/host/second/main.o
endif

ifeq ($(ARCH),x86_64)
host-y += tests/host/x86_64/start.o
host-y += tests/host/x86_64/switch.o
host-y += tests/host/x86_64/main.o
host-y += tests/host/x86_64/boot.o
host-y += tests/host/x86_64/cpu.o
host-y += tests/host/x86_64/svm.o
host-y += tests/host/x86_64/npt.o
host-y += tests/host/x86_64/context.o
host-y += tests/host/x86_64/inject.o
host-y += tests/host/x86_64/irq.o
host-y += tests/host/x86_64/lapic.o
host-y += tests/host/x86_64/walk.o
host-y += tests/host/x86_64/exit.o
host-y += tests/host/x86_64/cpuid.o
host-y += tests/host/x86_64/msr.o
host-y += tests/host/x86_64/inspect.o
host-y += tests/host/x86_64/io.o
host-y += tests/host/x86_64/npf.o
host-y += tests/host/x86_64/hypercall_page.o
host-y += tests/host/x86_64/vmmcall.o
host-y += tests/host/x86_64/intercept.o
host-y += tests/host/x86_64/message.o
host-y += tests/host/x86_64/regs.o
host-y += tests/host/x86_64/start_vp.o
host-y += tests/host/x86_64/timer.o
host-y += tests/host/x86_64/tree.o
host-y += tests/host/x86_64/uart.o
host-y += tests/host/x86_64/vuart.o

selftest-lds := tests/host/x86_64/selftest/selftest.lds
selftest-y += tests/host/x86_64/selftest/start.o
selftest-y += tests/host/x86_64/selftest/main.o
selftest-y += tests/host/x86_64/selftest/lib.o
selftest-y += tests/host/x86_64/selftest/vtl0.o
selftest-y += tests/host/x86_64/selftest/intercept.o
selftest-y += tests/host/x86_64/selftest/interrupt.o
selftest-y += tests/host/x86_64/selftest/second.o
selftest-y += tests/host/common/mem.o
endif
