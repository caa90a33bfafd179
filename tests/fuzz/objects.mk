# SPDX-License-Identifier: BSD-2-Clause
#
# The fuzzers: NAME is tests/fuzz/NAME_fuzz.c. With replay.c each is a unit test as well, which runs
# the inputs that are kept. The lists fake-*, host-igvm-src and igvmcheck-parts are the unit tests'.

fuzzers := tree igvm dispatch

tree-fuzz-src := tests/fuzz/tree_fuzz.c tests/fuzz/tree_vtl0.c dt/bootinfo.c dt/bootinfo_dev.c \
	dt/bootinfo_pio.c \
	dt/console.c dt/defect.c dt/fdt_check.c dt/fit.c dt/prop.c dt/vtl0_tree.c core/mem_map.c \
	core/vtl0_acpi.c core/vtl0_aml.c core/vtl0_block.c
tree-fuzz-libs := libfdt
# Changes on top of each other soon make a tree, or a file, that nobody reads on.
tree-fuzz-options := -mutate_depth=2
igvm-fuzz-src := $(addprefix tests/fuzz/,igvm_fuzz.c igvm_build.c igvm_mutate.c) $(host-igvm-src) \
	$(igvmcheck-parts) $(addprefix tools/igvm/, \
	arm64.c failure.c headers.c image.c layout.c params.c tables.c writer.c)
igvm-fuzz-libs := -lcrypto
igvm-fuzz-options := -mutate_depth=2
# The run loop, the real end of the machine and arm64's real messages; what dispatch_*.c contain or
# replace is left out.
dispatch-fuzz-src := $(addprefix tests/fuzz/dispatch_, \
	fuzz.c message.c state.c vtl.c world.c) \
	arch/arm64/icept.c arch/arm64/syndrome.c vtl/run.c vtl/synic.c core/crash_report.c \
	core/log_kept.c core/entropy.c $(filter-out \
	tests/fake/vtl.c tests/fake/end.c tests/fake/fatal.c core/service.c core/svc_log.c, \
	$(fake-intercepts))
dispatch-fuzz-libs := libmbedtls -Wl,--wrap=__asan_handle_no_return

define fuzz-replay-rule
unit-tests += fuzz/$(1)_replay
fuzz/$(1)_replay-src := tests/fuzz/replay.c $$($(1)-fuzz-src)
fuzz/$(1)_replay-cflags := -D_DEFAULT_SOURCE -DFUZZ_SEEDS='"build/fuzz/$(1)/seeds"'
fuzz/$(1)_replay-libs := $$(patsubst lib%,build/unit/lib%.a,$$(filter-out -Wl%,$$($(1)-fuzz-libs)))
endef
$(foreach f,$(fuzzers),$(eval $(call fuzz-replay-rule,$(f))))
