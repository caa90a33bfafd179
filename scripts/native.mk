# SPDX-License-Identifier: BSD-2-Clause
#
# How are the programs built that run on this machine: the tools and the unit tests?
#
# A unit test is its sources and nothing else, each compiled for that test alone, so that one test
# may have flags of its own. What is an option in the firmware is on here: the largest
# configuration, whatever the image is built with.

# ---- Tools -----------------------------------------------------------------------------------

tool-objs := $(foreach t,$(tools),$($(t)-src:%.c=build/tools/obj/%.o))

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
$(foreach t,$(tools),$(eval $(call tool-rule,$(t))))
-include $(tool-objs:.o=.d)

# ---- Unit tests ------------------------------------------------------------------------------

unit-autoconf := build/unit/include/generated/autoconf.h
unit-programs := $(unit-tests:%=build/unit/%)
unit-objs := $(foreach t,$(unit-tests),$($(t)-src:%.c=build/unit/$(t).obj/%.o))
$(call remember,build/unit/tests.list,$(unit-tests))

$(unit-autoconf): configs/$(ARCH)_debug_defconfig $(kconfig-files) scripts/kconfig
	$(Q)scripts/kconfig build/unit defconfig $<
	$(Q)scripts/kconfig build/unit sync
	$(Q)touch $@

define unit-rule
build/unit/$(1).obj/%.o: %.c build/unit/.flags $(unit-autoconf) | build/.setup-check \
		build/deps/libfdt/.version build/deps/mbedtls/.version
	$$(call say,UNITCC,$$<)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOSTCC) $$(UNIT_CFLAGS) -include $(unit-autoconf) $$($(1)-cflags) -MMD -MP -c \
		-o $$@ $$<

build/unit/$(1): $($(1)-src:%.c=build/unit/$(1).obj/%.o) $(filter build/%,$($(1)-libs))
	$$(call say,UNITLD,$$@)
	$$(Q)$$(HOSTCC) -fsanitize=address,undefined -o $$@ $$(filter %.o,$$^) $$($(1)-libs) \
		-lcmocka
endef
$(foreach t,$(unit-tests),$(eval $(call unit-rule,$(t))))
-include $(patsubst %.o,%.d,$(unit-objs) $(unit-libfdt) $(unit-mbedtls))

unit-libfdt := $(libfdt-names:%=build/unit/deps/libfdt/%.o)
unit-mbedtls := $(mbedtls-names:%=build/unit/deps/mbedtls/%.o)

$(unit-libfdt): build/unit/deps/libfdt/%.o: build/deps/libfdt/.version build/unit/.flags
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) $(UNIT_CFLAGS) -w -MMD -MP -c -o $@ build/deps/libfdt/$*.c

$(unit-mbedtls): build/unit/deps/mbedtls/%.o: build/deps/mbedtls/.version build/unit/.flags \
		$(wildcard core/mbedtls_config.h)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) $(UNIT_CFLAGS) -w -MMD -MP -c -o $@ build/deps/mbedtls/library/$*.c

build/unit/libfdt.a: $(unit-libfdt)
build/unit/libmbedtls.a: $(unit-mbedtls)
build/unit/libfdt.a build/unit/libmbedtls.a:
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)ar rcs $@ $^

.PHONY: unit
unit: $(unit-programs)
