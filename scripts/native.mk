# SPDX-License-Identifier: BSD-2-Clause
#
# How are the programs built that run on this machine: the tools and the unit tests?
#
# A unit test is its sources and nothing else. Tests with flags of their own have objects of their
# own. What is an option in the firmware is on here: the debug configuration, whatever the image is
# built with.

# ---- Tools -----------------------------------------------------------------------------------

tool-objs := $(foreach t,$(tools) $(check-tools),$($(t)-src:%.c=build/tools/obj/%.o))

build/tools/obj/%.o: %.c build/tools/.flags
	$(call say,HOSTCC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOL_CFLAGS) -MMD -MP -c -o $@ $<

# Counts what QEMU executes.
build/tools/icnt.so: tests/bench/icnt.c build/tools/.flags
	$(call say,HOSTCC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOL_CFLAGS) -fPIC -shared -o $@ $<

define tool-rule
build/tools/$(1): $($(1)-src:%.c=build/tools/obj/%.o)
	$$(call say,HOSTLD,$$@)
	$$(Q)$$(HOSTCC) -o $$@ $$^ $$($(1)-libs)
endef
$(foreach t,$(tools) $(check-tools),$(eval $(call tool-rule,$(t))))
-include $(tool-objs:.o=.d)

# ---- Unit tests ------------------------------------------------------------------------------

# Both compilers: build/unit by $(HOSTCC), build/unit-clang by clang.
unit-folders := build/unit build/unit-clang
build/unit-cc := $(HOSTCC)
build/unit-clang-cc := clang $(clang-only)

unit-autoconf := build/unit/include/generated/autoconf.h
unit-programs := $(unit-tests:%=build/unit/%)
unit-clang-programs := $(unit-tests:%=build/unit-clang/%)

$(unit-autoconf): configs/$(ARCH)_debug_defconfig $(kconfig-files) scripts/kconfig
	$(Q)scripts/kconfig build/unit defconfig $<
	$(Q)scripts/kconfig build/unit sync
	$(Q)touch $@

# The objects of a test FOLDER TEST: shared by all tests that have no flags of their own.
unit-obj-dir = $(1)/$(if $($(2)-cflags),$(2).obj,obj)
unit-objs = $($(2)-src:%.c=$(call unit-obj-dir,$(1),$(2))/%.o)

# FOLDER, folder of the objects, flags beside those of all tests
define unit-compile
$(2)/%.o: %.c $(1)/.flags $(2)/.flags $(unit-autoconf) | build/.setup-check \
		build/deps/libfdt/.version build/deps/mbedtls/.version
	$$(call say,UNITCC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$($(1)-cc) $$(UNIT_CFLAGS) -include $(unit-autoconf) $(3) -MMD -MP -c -o $$@ $$<

$$(call remember,$(2)/.flags,of this folder: $(3))
endef

# FOLDER TEST: what it is linked from is remembered as well.
define unit-rule
$(1)/$(2): $(call unit-objs,$(1),$(2)) $(1)/$(2).obj/.parts \
		$(patsubst build/unit/%,$(1)/%,$(filter build/%,$($(2)-libs)))
	$$(call say,UNITLD,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$($(1)-cc) -fsanitize=address,undefined -o $$@ $$(filter %.o,$$^) \
		$$(patsubst build/unit/%,$(1)/%,$$($(2)-libs)) -lcmocka

$$(call remember,$(1)/$(2).obj/.parts,$($(2)-src) $($(2)-libs))
$(if $($(2)-cflags),$(call unit-compile,$(1),$(1)/$(2).obj,$$($(2)-cflags)))
endef

# FOLDER: the tests, and the two libraries without their warnings
define unit-folder-rules
$$(call remember,$(1)/.flags,$$($(1)-cc) $$(UNIT_CFLAGS))
$$(call remember,$(1)/tests.list,$(unit-tests))
$(call unit-compile,$(1),$(1)/obj,)

$(1)/deps/libfdt/%.o: build/deps/libfdt/.version $(1)/.flags
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$($(1)-cc) $$(UNIT_CFLAGS) -w -MMD -MP -c -o $$@ build/deps/libfdt/$$*.c

$(1)/deps/mbedtls/%.o: build/deps/mbedtls/.version $(1)/.flags \
		$(wildcard core/mbedtls_config.h)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$($(1)-cc) $$(UNIT_CFLAGS) -w -MMD -MP -c -o $$@ build/deps/mbedtls/library/$$*.c

$(1)/libfdt.a: $(libfdt-names:%=$(1)/deps/libfdt/%.o)
$(1)/libmbedtls.a: $(mbedtls-names:%=$(1)/deps/mbedtls/%.o)
$(1)/libfdt.a $(1)/libmbedtls.a:
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@
	$$(Q)ar rcs $$@ $$^
endef
$(foreach d,$(unit-folders),$(eval $(call unit-folder-rules,$(d))))
$(foreach d,$(unit-folders),$(foreach t,$(unit-tests),$(eval $(call unit-rule,$(d),$(t)))))
-include $(patsubst %.o,%.d,$(sort $(foreach d,$(unit-folders),$(foreach t,$(unit-tests), \
	$(call unit-objs,$(d),$(t))) $(libfdt-names:%=$(d)/deps/libfdt/%.o) \
	$(mbedtls-names:%=$(d)/deps/mbedtls/%.o))))

.PHONY: unit unit-clang
unit: $(unit-programs)
unit-clang: $(unit-clang-programs)
