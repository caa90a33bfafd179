# SPDX-License-Identifier: BSD-2-Clause
#
# Unit tests of the host's parts that know no processor.

host-igvm-src := $(addprefix tests/host/common/, \
	igvm_check.c igvm_err.c igvm_file.c igvm_load.c igvm_params.c igvm_pt.c igvm_pte.c \
	igvm_reloc.c igvm_vp.c)
host-fdt-src := $(addprefix tests/host/common/,fdt_read.c fdt_write.c fmt.c str.c)

unit-tests += host/fmt_test
host/fmt_test-src := tests/unit/host/fmt_test.c tests/host/common/fmt.c tests/host/common/str.c

# The test renames the functions that mem.c defines, and includes it.
unit-tests += host/mem_test
host/mem_test-src := tests/unit/host/mem_test.c

unit-tests += host/options_test
host/options_test-src := tests/unit/host/options_test.c tests/host/common/options.c \
	tests/host/common/dialect.c tests/host/common/rng.c $(host-fdt-src)

unit-tests += host/fdt_test
host/fdt_test-src := tests/unit/host/fdt_test.c tests/unit/host/judge.c $(host-fdt-src)

unit-tests += host/tree_test
host/tree_test-src := tests/unit/host/tree_test.c tests/unit/host/judge.c \
	tests/host/common/tree.c tests/host/common/tree_defect.c \
	tests/host/common/tree_kernel.c tests/host/common/tree_ports.c $(host-fdt-src)

unit-tests += host/igvm_load_test
host/igvm_load_test-src := tests/unit/host/igvm_load_test.c tests/unit/host/igvm_sample.c \
	tests/unit/host/igvm_guest.c $(host-igvm-src)

unit-tests += host/igvm_reloc_test
host/igvm_reloc_test-src := tests/unit/host/igvm_reloc_test.c tests/unit/host/igvm_sample.c \
	tests/unit/host/igvm_guest.c $(host-igvm-src)

unit-tests += host/igvm_hostile_test
host/igvm_hostile_test-src := tests/unit/host/igvm_hostile_test.c \
	tests/unit/host/igvm_sample.c tests/unit/host/igvm_guest.c $(host-igvm-src)

unit-tests += host/igvm_fuzz_test
host/igvm_fuzz_test-src := tests/unit/host/igvm_fuzz_test.c tests/unit/host/igvm_sample.c \
	tests/unit/host/igvm_guest.c $(host-igvm-src)

unit-tests += host/igvm_hex_test
host/igvm_hex_test-src := tests/unit/host/igvm_hex_test.c tests/unit/host/igvm_guest.c \
	$(host-igvm-src)
