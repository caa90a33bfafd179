# SPDX-License-Identifier: BSD-2-Clause
fw-y += core/main.o core/main_vtl0.o core/main_console.o core/main_doors.o core/main_foreign.o
fw-y += core/image.o core/vtl0_facts.o core/payload.o
fw-y += core/service.o core/services.o core/status.o core/svc_smccc.o
fw-y += core/mem_map.o core/page_pool.o core/vtl0_mem.o core/vp.o
fw-y += core/log.o core/fmt.o core/string.o core/wipe.o core/devices.o
fw-$(CONFIG_UART_PL011) += core/uart_pl011.o
fw-$(CONFIG_UART_16550) += core/uart_16550.o
fw-$(CONFIG_DEV_16550) += core/dev_16550.o
fw-$(CONFIG_SVC_TRNG) += core/svc_trng.o
fw-$(CONFIG_SVC_LOG) += core/svc_log.o
fw-$(CONFIG_SVC_STATS) += core/svc_stats.o
fw-y += core/dev_uart.o
fw-$(CONFIG_CRASH_REPORT) += core/crash_report.o
fw-$(CONFIG_LOG_KEPT) += core/log_kept.o
fw-$(CONFIG_CRYPTO) += core/crypto.o
fw-y += core/entropy.o
fw-$(CONFIG_VTL0_ACPI) += core/vtl0_acpi.o core/vtl0_aml.o core/vtl0_block.o
