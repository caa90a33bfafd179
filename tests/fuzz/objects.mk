# SPDX-License-Identifier: BSD-2-Clause
#
# The fuzzers: NAME is tests/fuzz/NAME_fuzz.c. With replay.c each is a unit test as well, which runs
# the inputs that are kept. The lists fake-*, host-igvm-src and igvmcheck-parts are the unit tests'.

fuzzers := tree igvm dispatch

tree-fuzz-src := tests/fuzz/tree_fuzz.c tests/fuzz/tree_vtl0.c dt/bootinfo.c dt/bootinfo_dev.c \
	dt/console.c dt/defect.c dt/fdt_check.c dt/fit.c dt/prop.c dt/vtl0_tree.c core/mem_map.c \
	core/vtl0_acpi.c core/vtl0_aml.c
tree-fuzz-libs := libfdt
igvm-fuzz-src := tests/fuzz/igvm_fuzz.c $(host-igvm-src) $(igvmcheck-parts)
dispatch-fuzz-src := tests/fuzz/dispatch_fuzz.c $(fake-intercepts)
dispatch-fuzz-libs := libmbedtls

define fuzz-replay-rule
unit-tests += fuzz/$(1)_replay
fuzz/$(1)_replay-src := tests/fuzz/replay.c $$($(1)-fuzz-src)
fuzz/$(1)_replay-cflags := -D_DEFAULT_SOURCE -DFUZZ_SEEDS='"build/fuzz/$(1)/seeds"'
fuzz/$(1)_replay-libs := $$($(1)-fuzz-libs:%=build/unit/%.a)
endef
$(foreach f,$(fuzzers),$(eval $(call fuzz-replay-rule,$(f))))
