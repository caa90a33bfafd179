# SPDX-License-Identifier: BSD-2-Clause
#
# What do four other readers of C say: sparse, cppcheck, clang-tidy, gcc -fanalyzer?
#
# Each C file once, with the flags of the program that it belongs to (of the first one, where it
# belongs to several): the firmware's as it is configured, the host's, the payloads', the tools',
# the unit tests'. Not here: tests/guest/linux, which needs a kernel's headers.

.PHONY: lint
LINT_TOOLS ?= sparse cppcheck clang-tidy analyzer

lint-c = $(filter %.c,$(wildcard $(1:.o=.c)))
lint-add = $(foreach f,$(2),$(file >>$@,$(f) $(1)))
lint-units = $(foreach t,$(unit-tests),$(call lint-add,$(HOSTCC) $(UNIT_CFLAGS) \
	-include $(unit-autoconf) $($(t)-cflags),$($(t)-src)))

.PHONY: $(O)/lint/list
$(O)/lint/list: $(autoconf) $(unit-autoconf) | $(deps-stamps) $(offsets-h)
	$(shell mkdir -p $(@D))$(file >$@)
	$(call lint-add,$(CC) $(FW_CPPFLAGS) $(FW_CFLAGS),$(call lint-c,$(fw-y)) $(offsets-c))
	$(call lint-add,$(CC) $(HOST_CFLAGS),$(call lint-c,$(host-y) $(selftest-y) $(second-y)))
	$(call lint-add,$(CC) $(GUEST_CFLAGS),$(call lint-c,$(guestlib-y) \
		$(foreach g,$(guests),$($(g)-y))))
	$(call lint-add,$(HOSTCC) $(TOOL_CFLAGS),$(foreach t,$(tools) $(check-tools),$($(t)-src)) \
		tests/bench/icnt.c)
	$(lint-units)

lint: $(O)/lint/list
	$(if $(is-gcc),,$(error make lint wants COMPILER=gcc))
	$(Q)scripts/setup lint
	$(Q)tests/house/lint
	$(Q)O=$(O) scripts/lint $(LINT_TOOLS)
