# SPDX-License-Identifier: BSD-2-Clause
#
# The tests make their trees when they run, with dtc and mkimage; TEST_DIR is where the sources of
# those trees lie.
unit-tests += dt/fdt_check_test dt/bootinfo_test dt/bootinfo_refused_test dt/fit_test \
	dt/vtl0_tree_test

dt-test-src := tests/unit/dt/tree_edit.c dt/defect.c dt/fdt_check.c dt/prop.c
dt-test-dir := -DTEST_DIR='"$(CURDIR)/tests/unit/dt"'

dt/fdt_check_test-src := tests/unit/dt/fdt_check_test.c $(dt-test-src)
dt/fdt_check_test-libs := build/unit/libfdt.a

dt/bootinfo_test-src := tests/unit/dt/bootinfo_test.c dt/bootinfo.c dt/bootinfo_dev.c $(dt-test-src)
dt/bootinfo_test-libs := build/unit/libfdt.a
dt/bootinfo_test-cflags := $(dt-test-dir)

dt/bootinfo_refused_test-src := tests/unit/dt/bootinfo_refused_test.c dt/bootinfo.c \
	dt/bootinfo_dev.c $(dt-test-src)
dt/bootinfo_refused_test-libs := build/unit/libfdt.a
dt/bootinfo_refused_test-cflags := $(dt-test-dir)

dt/fit_test-src := tests/unit/dt/fit_test.c dt/fit.c $(dt-test-src)
dt/fit_test-libs := build/unit/libfdt.a
dt/fit_test-cflags := $(dt-test-dir)

dt/vtl0_tree_test-src := tests/unit/dt/vtl0_tree_test.c dt/vtl0_tree.c $(dt-test-src)
dt/vtl0_tree_test-libs := build/unit/libfdt.a

unit-tests += dt/bootinfo_pio_test
dt/bootinfo_pio_test-src := tests/unit/dt/bootinfo_pio_test.c dt/bootinfo_pio.c $(dt-test-src)
dt/bootinfo_pio_test-libs := build/unit/libfdt.a
dt/bootinfo_pio_test-cflags := $(dt-test-dir)
