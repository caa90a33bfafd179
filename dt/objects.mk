# SPDX-License-Identifier: BSD-2-Clause
fw-y += dt/defect.o dt/fdt_check.o dt/prop.o dt/bootinfo.o dt/bootinfo_dev.o dt/fit.o dt/vtl0_tree.o
fw-y += dt/console.o
fw-$(CONFIG_UART_16550) += dt/bootinfo_pio.o
