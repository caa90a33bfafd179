# SPDX-License-Identifier: BSD-2-Clause

unit-tests += core/vtl0_acpi_test
core/vtl0_acpi_test-src := tests/unit/core/vtl0_acpi_test.c core/vtl0_acpi.c core/vtl0_aml.c \
	core/vtl0_block.c

# ---- The architecture-independent firmware over tests/fake -------------------------------------
# These lists are used by tests/unit/vtl and tests/unit/arch too.

fake-log := core/log.c core/fmt.c tests/fake/console.c
fake-stop := tests/fake/fatal.c tests/fake/stop.c
fake-cpu := tests/fake/cpu.c tests/fake/memory.c tests/fake/stop.c
# A machine of several VPs; vps.c contains core/vp.c.
fake-machine := tests/fake/vps.c $(fake-cpu) core/page_pool.c $(fake-log)
fake-crypto := core/crypto.c core/wipe.c tests/fake/fatal.c
fake-services := core/service.c core/services.c core/status.c core/svc_smccc.c core/svc_trng.c \
	core/entropy.c \
	core/svc_log.c core/svc_stats.c core/vtl0_mem.c core/mem_map.c

unit-tests += core/fmt_test core/string_test core/status_test
core/fmt_test-src := tests/unit/core/fmt_test.c core/fmt.c
# Renames the functions and includes the file.
core/string_test-src := tests/unit/core/string_test.c
core/status_test-src := tests/unit/core/status_test.c core/status.c

unit-tests += core/mem_map_test core/vtl0_mem_test core/page_pool_test core/image_test
core/mem_map_test-src := tests/unit/core/mem_map_test.c core/mem_map.c tests/fake/memory.c
unit-tests += core/mem_map_64k_test
core/mem_map_64k_test-src := tests/unit/core/mem_map_64k_test.c core/mem_map.c $(fake-log)
core/mem_map_64k_test-cflags := -DARCH_PAGE_SHIFT=16
core/vtl0_mem_test-src := tests/unit/core/vtl0_mem_test.c core/vtl0_mem.c core/mem_map.c \
	tests/fake/memory.c
core/page_pool_test-src := tests/unit/core/page_pool_test.c core/page_pool.c tests/fake/memory.c
core/image_test-src := tests/unit/core/image_test.c core/image.c tests/fake/memory.c

unit-tests += core/crypto_test core/entropy_test
core/crypto_test-src := tests/unit/core/crypto_test.c $(fake-crypto) tests/fake/stop.c
core/crypto_test-libs := build/unit/libmbedtls.a
core/entropy_test-src := tests/unit/core/entropy_test.c core/entropy.c $(fake-machine) \
	$(fake-crypto)
core/entropy_test-libs := build/unit/libmbedtls.a

unit-tests += core/log_test core/log_quiet_test
core/log_test-src := tests/unit/core/log_test.c $(fake-log)
core/log_quiet_test-src := $(core/log_test-src)
core/log_quiet_test-cflags := -include tests/unit/core/log_quiet.h

unit-tests += core/log_kept_test
core/log_kept_test-src := tests/unit/core/log_kept_test.c core/log_kept.c $(fake-log)
core/log_kept_test-cflags := -D_GNU_SOURCE

unit-tests += core/vp_test core/vp_few_test core/vp_one_test
core/vp_test-src := tests/unit/core/vp_test.c $(fake-machine)
core/vp_few_test-src := tests/unit/core/vp_few_test.c $(fake-machine)
core/vp_few_test-cflags := -include tests/unit/core/vp_few.h
core/vp_one_test-src := $(core/vp_few_test-src)
core/vp_one_test-cflags := -include tests/unit/core/vp_one.h

unit-tests += core/uart_pl011_test core/dev_uart_test core/devices_test core/devices_off_test
fake-uart := core/uart_pl011.c tests/fake/mmio.c tests/fake/pl011.c tests/fake/line.c
core/uart_pl011_test-src := tests/unit/core/uart_pl011_test.c $(fake-uart)
core/dev_uart_test-src := tests/unit/core/dev_uart_test.c core/dev_uart.c $(fake-uart) \
	tests/fake/memory.c
core/devices_test-src := tests/unit/core/devices_test.c core/devices.c core/dev_uart.c \
	$(fake-uart) tests/fake/memory.c
core/devices_off_test-src := $(core/devices_test-src)
core/devices_off_test-cflags := -include tests/unit/core/services_off.h

unit-tests += core/dev_cmos_test
core/dev_cmos_test-src := tests/unit/core/dev_cmos_test.c core/dev_cmos.c
core/dev_cmos_test-cflags := -D_GNU_SOURCE

unit-tests += core/payload_test
core/payload_test-src := tests/unit/core/payload_test.c core/payload.c core/vtl0_mem.c \
	core/mem_map.c $(fake-crypto) $(fake-cpu) tests/fake/kernel.c
core/payload_test-libs := build/unit/libmbedtls.a

unit-tests += core/service_test core/services_test core/services_off_test
fake-service := $(fake-services) $(fake-machine) $(fake-crypto)
core/service_test-src := tests/unit/core/service_test.c $(fake-service)
core/service_test-libs := build/unit/libmbedtls.a
core/services_test-src := tests/unit/core/services_test.c $(fake-service)
core/services_test-libs := build/unit/libmbedtls.a
core/services_off_test-src := $(core/services_test-src)
core/services_off_test-libs := build/unit/libmbedtls.a
core/services_off_test-cflags := -include tests/unit/core/services_off.h

unit-tests += core/svc_smccc_test core/svc_trng_test core/svc_log_test core/svc_stats_test
core/svc_smccc_test-src := tests/unit/core/svc_smccc_test.c $(fake-service)
core/svc_smccc_test-libs := build/unit/libmbedtls.a
core/svc_trng_test-src := tests/unit/core/svc_trng_test.c $(fake-service)
core/svc_trng_test-libs := build/unit/libmbedtls.a
core/svc_log_test-src := tests/unit/core/svc_log_test.c core/svc_log.c core/vtl0_mem.c \
	core/mem_map.c $(fake-log) tests/fake/memory.c
core/svc_stats_test-src := tests/unit/core/svc_stats_test.c core/svc_stats.c $(fake-machine)

unit-tests += core/vtl0_facts_test
core/vtl0_facts_test-src := tests/unit/core/vtl0_facts_test.c core/vtl0_facts.c core/entropy.c \
	core/dev_uart.c $(fake-uart) $(fake-service)
core/vtl0_facts_test-libs := build/unit/libmbedtls.a

# Each load is counted: the compiler calls the test before it. The runtime that usually answers
# those calls is not linked, and does not go together with the other sanitizers.
unit-tests += core/one_read_test
core/one_read_test-src := tests/unit/core/one_read_test.c $(fake-service)
core/one_read_test-libs := build/unit/libmbedtls.a
core/one_read_test-cflags := -fno-sanitize=all -fsanitize=thread -D_GNU_SOURCE \
	-include tests/unit/core/one_read.h
