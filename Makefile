# SPDX-License-Identifier: BSD-2-Clause
#
# How is everything built?
#
# One make, not recursive: each folder's objects.mk says which files there are, this file says how
# a file becomes an object and objects become images. `make help` lists what can be asked for.
# Everything lands below build/; the source tree is never written to.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
.DELETE_ON_ERROR:
.SUFFIXES:
# Files on the way (a FIT image, an ELF file) are kept: people look at them.
.SECONDARY:
.DEFAULT_GOAL := all
SHELL := /bin/bash

ARCH ?= arm64
COMPILER ?= gcc
# Where this configuration's files go; another folder is another, independent build.
O ?= build/$(ARCH)
export ARCH COMPILER PAYLOAD

ifeq ($(filter arm64 x86_64,$(ARCH)),)
$(error ARCH=$(ARCH) is unknown; this version builds ARCH=arm64 and ARCH=x86_64)
endif

# What is not there yet for it; its boots are part of the other's check.
later := $(filter check check-mutants faults bench,$(MAKECMDGOALS))
ifneq ($(and $(filter x86_64,$(ARCH)),$(later)),)
$(error $(firstword $(later)) for ARCH=x86_64 follows in a later version; make check has both)
endif

V ?= 0
Q := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),@:,@printf '  %-7s %s\n' "$(1)" "$(2)")

# ---- What was asked for? ---------------------------------------------------------------------

config-goals := menuconfig nconfig olddefconfig savedefconfig allyesconfig allnoconfig randconfig \
	%_defconfig
plain-goals := clean distclean help setup fresh-check format
goals := $(or $(MAKECMDGOALS),all)
needs-config := $(filter-out $(config-goals) $(plain-goals),$(goals))

# A configuration goal together with others: one after the other, each with its own reading of
# the configuration.
ifneq ($(and $(filter $(config-goals) $(plain-goals),$(goals)),$(word 2,$(goals))),)
.PHONY: $(goals) one-by-one
$(goals): one-by-one
one-by-one:
	$(Q)set -e; for goal in $(goals); do $(MAKE) --no-print-directory $$goal; done
else

# ---- Configuration ---------------------------------------------------------------------------

kconfig-files := Kconfig $(wildcard */Kconfig arch/$(ARCH)/Kconfig)
defconfig := configs/$(ARCH)_defconfig
autoconf := $(O)/include/generated/autoconf.h
auto-conf := $(O)/include/config/auto.conf

.PHONY: menuconfig nconfig olddefconfig savedefconfig allyesconfig allnoconfig randconfig
%_defconfig: configs/%_defconfig build/.setup
	$(Q)scripts/kconfig $(O) defconfig $<
	$(call say,CONFIG,$< -> $(O)/.config)

menuconfig nconfig olddefconfig: | $(O)/.config
	$(Q)scripts/kconfig $(O) $@

allyesconfig allnoconfig randconfig: | build/.setup
	$(Q)scripts/kconfig $(O) $@

savedefconfig: | $(O)/.config
	$(Q)scripts/kconfig $(O) savedefconfig
	$(call say,CONFIG,$(O)/defconfig)

$(O)/.config: | build/.setup
	$(call say,CONFIG,$(defconfig) -> $@)
	$(Q)scripts/kconfig $(O) defconfig $(defconfig)

$(auto-conf): $(O)/.config $(kconfig-files) scripts/kconfig
	$(Q)scripts/kconfig $(O) sync
	$(Q)touch $@

$(autoconf): $(auto-conf) ;

# The tools a build needs; the check looks for commands, so it is quick and works offline.
build/.setup: scripts/setup
	$(Q)scripts/setup build
	$(Q)mkdir -p $(@D)
	$(Q)touch $@

build/.setup-check: scripts/setup
	$(Q)scripts/setup check
	$(Q)mkdir -p $(@D)
	$(Q)touch $@

ifneq ($(needs-config),)
include $(auto-conf)
ifneq ($(wildcard $(auto-conf)),)
ifeq ($(CONFIG_HYPERV_VTL_MODE),y)
configured := y
else
# In a recipe, so that it speaks of the configuration as it is and not as it was last read.
missing := this configuration lacks CONFIG_HYPERV_VTL_MODE (needs HYPERV and SMP): make menuconfig
.PHONY: $(needs-config)
$(needs-config): ; $(error $(missing))
endif
endif
endif

# ---- Compilers and flags ---------------------------------------------------------------------

HOSTCC := gcc
ifdef configured
include scripts/flags.mk
endif

# ---- Files -----------------------------------------------------------------------------------

ifdef configured
-include core/objects.mk vtl/objects.mk dt/objects.mk arch/$(ARCH)/objects.mk
-include tests/host/objects.mk tests/guest/objects.mk tools/objects.mk
-include $(addprefix tests/unit/,$(addsuffix /objects.mk,core vtl arch x86_64 dt tools host))
-include tests/fuzz/objects.mk

# Our part of libfdt and mbedTLS; the linker drops what nobody calls.
libfdt-names := fdt fdt_addresses fdt_check fdt_empty_tree fdt_ro fdt_rw fdt_strerror fdt_sw fdt_wip
mbedtls-names := aes constant_time ctr_drbg platform sha256
libfdt-objs := $(libfdt-names:%=$(O)/deps/libfdt/%.o)
mbedtls-objs := $(if $(CONFIG_CRYPTO),$(mbedtls-names:%=$(O)/deps/mbedtls/%.o))
deps-stamps := build/deps/libfdt/.version $(if $(CONFIG_CRYPTO),build/deps/mbedtls/.version)

image-lds := $(wildcard arch/$(ARCH)/image.lds.S)
fw-objs := $(addprefix $(O)/,$(fw-y))
host-objs := $(addprefix $(O)/,$(host-y))
guestlib-objs := $(addprefix $(O)/,$(guestlib-y))
guest-objs := $(guestlib-objs) $(addprefix $(O)/,$(foreach g,$(guests),$($(g)-y)))

fw := $(if $(and $(image-lds),$(fw-objs)),$(O)/paravane)
host := $(if $(host-objs),$(O)/tests/host/vsmhost)
guest-files := $(guests:%=$(O)/tests/guest/%)
tool-files := $(tools:%=build/tools/%)
igvm-tool := $(filter build/tools/igvm,$(tool-files))

# Where the loader prefers VTL2's memory, how much it is (1 MiB for image, trees and tables, more of
# it where a page is larger; nine pages of 4 KiB and a guard for each VP; in blocks of 2 MiB), and
# where the payload lies in front of it. The builder, the debugger and nobody else need to know.
VTL2_BASE := 0x08000000
page-kib := $(if $(CONFIG_ARM64_64K_PAGES),64,$(if $(CONFIG_ARM64_16K_PAGES),16,4))
VTL2_MEMORY := $(shell echo $$(((1024 + 16 * ($(page-kib) - 4) + \
	((36 + $(page-kib) - 1) / $(page-kib) + 1) * $(page-kib) * $(CONFIG_MAX_VPS) + \
	2047) / 2048 * 2)))M
PAYLOAD_GPA := 0x0C000000
# A FIT image for paravane.igvm; without one the image carries no payload.
PAYLOAD ?=

igvm := $(if $(and $(fw),$(igvm-tool)),$(O)/paravane.igvm)
guest-igvms := $(if $(igvm),$(guest-files:%=%.igvm))

# What `make demo` starts: debian, or a payload of tests/guest.
DEMO ?= debian
demo-igvm := $(if $(filter debian,$(DEMO)),$(O)/debian.igvm,$(O)/tests/guest/$(DEMO).igvm)

# What is in an image, so that a file that leaves it makes it new as well.
$(call remember,$(O)/.flags-link,$(LD) $(FW_LDFLAGS) $(fw-objs) $(mbedtls-objs))
$(call remember,$(O)/.flags-igvm,$(VTL2_BASE) $(VTL2_MEMORY) $(PAYLOAD_GPA) $(PAYLOAD))
$(call remember,$(O)/.files,$(host-objs) $(guest-objs) $(selftest-y) $(second-y))

.PHONY: all firmware
firmware: $(if $(fw),$(fw).elf $(fw).bin) $(igvm)
all: firmware $(if $(host),$(host).bin) $(guest-files:%=%.bin) $(guest-igvms) $(tool-files)
all: $(launch:%=%.bin)
all: $(if $(selftest-y),$(O)/tests/host/selftest.igvm)
all: $(if $(second-y),$(O)/tests/host/second.igvm)

# ---- Firmware --------------------------------------------------------------------------------

$(O)/paravane.elf: $(fw-objs) $(libfdt-objs) $(mbedtls-objs) $(O)/arch/$(ARCH)/image.lds \
		$(O)/.flags-link scripts/check-asm
	$(call say,LD,$@)
	$(Q)$(LD) $(FW_LDFLAGS) -Map=$(O)/paravane.map -T $(O)/arch/$(ARCH)/image.lds -o $@ \
		$(filter %.o,$^)
	$(Q)scripts/check-asm $@

# For gdb: the same image linked where the loader prefers it. At 0 lie the descriptions of functions
# that the linker dropped, and gdb would take them for the first instructions.
$(O)/paravane.debug: $(O)/paravane.elf
	$(call say,LD,$@)
	$(Q)sed 's/^ *\. = 0;/. = $(VTL2_BASE);/' $(O)/arch/$(ARCH)/image.lds >$@.lds
	$(Q)$(LD) $(FW_LDFLAGS) -T $@.lds -o $@ $(fw-objs) $(libfdt-objs) $(mbedtls-objs)

# The file's size is a number of whole pages: the loader measures pages.
%.bin: %.elf
	$(call say,OBJCOPY,$@)
	$(Q)$(OBJCOPY) -O binary $< $@
	$(Q)truncate -s %4096 $@

$(O)/arch/$(ARCH)/image.lds: $(image-lds) $(autoconf) $(O)/.flags-fw
	$(call say,LDS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -E -P -x assembler-with-cpp -DLINKER_SCRIPT $(FW_CPPFLAGS) -MMD -MP -MT $@ \
		-MF $@.d -o $@ $<

# Offsets for assembly come from the compiler: arch/<a>/asm_offsets.c emits lines
# "@ NAME value" by inline assembly, and each becomes a #define.
offsets-c := $(wildcard arch/$(ARCH)/asm_offsets.c)
offsets-h := $(if $(offsets-c),$(O)/include/generated/asm_offsets.h)
$(O)/include/generated/asm_offsets.h: $(offsets-c) $(O)/.flags-fw | $(deps-stamps)
	$(call say,OFFSETS,$@)
	$(Q)mkdir -p $(O)/arch/$(ARCH)
	$(Q)$(CC) $(FW_CPPFLAGS) $(FW_CFLAGS) -MMD -MP -MT $@ -MF $(O)/arch/$(ARCH)/asm_offsets.d \
		-S -o $(O)/arch/$(ARCH)/asm_offsets.s $<
	$(Q)scripts/gen-offsets $(O)/arch/$(ARCH)/asm_offsets.s >$@

$(fw-objs): cflags = $(FW_CPPFLAGS) $(FW_CFLAGS)
$(run-path:%=$(O)/%.o): cflags += $(RUN_CFLAGS)
$(boot-path:%=$(O)/%.o): cflags += $(keep-regs)
$(O)/dt/prop.o: cflags += -O2
$(fw-objs): aflags = $(FW_CPPFLAGS) $(FW_AFLAGS)
$(fw-objs): $(O)/.flags-fw $(autoconf) | $(deps-stamps) $(offsets-h)

# Other people's code: our flags, their warnings are theirs.
$(libfdt-objs): $(O)/deps/libfdt/%.o: build/deps/libfdt/.version $(O)/.flags-fw $(autoconf)
	$(call say,CC,build/deps/libfdt/$*.c)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(FW_CPPFLAGS) $(FW_CFLAGS) $(FDT_CFLAGS) -w -MMD -MP -c -o $@ \
		build/deps/libfdt/$*.c

$(mbedtls-objs): $(O)/deps/mbedtls/%.o: build/deps/mbedtls/.version $(O)/.flags-fw $(autoconf) \
		$(wildcard core/mbedtls_config.h)
	$(call say,CC,build/deps/mbedtls/library/$*.c)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(FW_CPPFLAGS) $(FW_CFLAGS) -w -MMD -MP -c -o $@ build/deps/mbedtls/library/$*.c

# The libraries' files come with that stamp.
build/deps/libfdt/%.c build/deps/libfdt/%.h: | build/deps/libfdt/.version ;
build/deps/mbedtls/%.c build/deps/mbedtls/%.h: | build/deps/mbedtls/.version ;

build/deps/%/.version: scripts/fetch-deps scripts/deps.lock | build/.setup
	$(Q)scripts/fetch-deps $*

# ---- VSM host and VTL0 payloads --------------------------------------------------------------

$(host-objs): cflags = $(HOST_CFLAGS)
$(host-objs): aflags = $(HOST_CFLAGS)
$(host-objs): $(O)/.flags-host

$(O)/tests/host/vsmhost.elf: $(host-objs) tests/host/$(ARCH)/host.lds $(O)/.flags-host $(O)/.files
	$(call say,LD,$@)
	$(Q)$(LD) $(BARE_LDFLAGS) -T tests/host/$(ARCH)/host.lds -o $@ $(filter %.o,$^)

$(guest-objs): cflags = $(GUEST_CFLAGS)
$(guest-objs): aflags = $(GUEST_CFLAGS)
$(guest-objs): $(O)/.flags-guest

# Two images for VTL2 that are not the firmware: the host's own test, and a program that shares
# nothing with it.
vtl2-objs := $(sort $(addprefix $(O)/,$(selftest-y) $(second-y)))
$(vtl2-objs): cflags = $(HOST_CFLAGS)
$(vtl2-objs): aflags = $(HOST_CFLAGS)
$(vtl2-objs): $(O)/.flags-host

define vtl2-rule
$(O)/tests/host/$(1).elf: $(addprefix $(O)/,$($(1)-y)) $($(1)-lds) \
		$(O)/.flags-host $(O)/.files
	$$(call say,LD,$$@)
	$$(Q)$$(LD) $$(BARE_LDFLAGS) -T $($(1)-lds) -o $$@ $$(filter %.o,$$^)

$(O)/tests/host/$(1).igvm: $(O)/tests/host/$(1).bin $(igvm-tool) $(O)/.flags-igvm
	$$(call say,IGVM,$$@)
	$$(Q)build/tools/igvm --arch $(ARCH) --image $$< --base $(VTL2_BASE) \
		--memory $(VTL2_MEMORY) --output $$@
endef
$(foreach p,selftest second,$(eval $(call vtl2-rule,$(p))))

define guest-rule
$(O)/tests/guest/$(1).elf: $(addprefix $(O)/,$($(1)-y)) $(guestlib-objs) \
		$(guest-lds) $(O)/.flags-guest $(O)/.files
	$$(call say,LD,$$@)
	$$(Q)$$(LD) $$(BARE_LDFLAGS) -T $(guest-lds) -o $$@ $$(filter %.o,$$^)
endef
$(foreach g,$(guests),$(eval $(call guest-rule,$(g))))

$(O)/tests/guest/launch.o: tests/guest/launch/launch.S $(O)/paravane.bin $(O)/.flags-guest
	$(call say,AS,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(GUEST_CFLAGS) -DIMAGE='"$(O)/paravane.bin"' -c -o $@ $<

$(O)/tests/guest/launch.elf: $(O)/tests/guest/launch.o tests/guest/launch/launch.lds
	$(call say,LD,$@)
	$(Q)$(LD) $(BARE_LDFLAGS) -T tests/guest/launch/launch.lds -o $@ $<

# ---- Payload and IGVM file -------------------------------------------------------------------

%.itb: %.bin scripts/mkfit
	$(call say,FIT,$@)
	$(Q)scripts/mkfit --kernel $< --output $@

igvm-cmd = build/tools/igvm --arch $(ARCH) --image $(O)/paravane.bin --base $(VTL2_BASE) \
	--memory $(VTL2_MEMORY) --output $@

$(O)/paravane.igvm: $(O)/paravane.bin $(igvm-tool) $(O)/.flags-igvm $(PAYLOAD)
	$(call say,IGVM,$@)
	$(Q)$(igvm-cmd) $(if $(PAYLOAD),--payload $(PAYLOAD) --payload-gpa $(PAYLOAD_GPA))

# Debian's kernel as packaged. Its name moves, so the folder is filled once and then kept.
build/vtl0/$(ARCH)/provenance.txt: scripts/fetch-vtl0 $(wildcard tests/guest/linux/*) | build/.setup
	$(Q)scripts/fetch-vtl0 $(@D)

$(O)/debian.itb: build/vtl0/$(ARCH)/provenance.txt scripts/mk-payload scripts/mkfit \
		$(wildcard tests/guest/tour/*)
	$(call say,FIT,$@)
	$(Q)scripts/mk-payload --output $@

$(O)/debian-shell.itb: $(O)/debian.itb
	$(call say,FIT,$@)
	$(Q)scripts/mk-payload --output $@ --add shell

$(O)/%.igvm: $(O)/%.itb $(O)/paravane.bin $(igvm-tool) $(O)/.flags-igvm
	$(call say,IGVM,$@)
	$(Q)$(igvm-cmd) --payload $< --payload-gpa $(PAYLOAD_GPA)

# ---- One rule for each kind of file ----------------------------------------------------------

$(O)/%.o: %.c
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(cflags) -MMD -MP -c -o $@ $<

$(O)/%.o: %.S
	$(call say,AS,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(aflags) -MMD -MP -c -o $@ $<

# ---- Programs for this machine: tools and unit tests -----------------------------------------

include scripts/native.mk
include scripts/fuzz.mk
include scripts/lint.mk

-include $(patsubst %.o,%.d,$(fw-objs) $(libfdt-objs) $(mbedtls-objs) $(host-objs) $(guest-objs))
-include $(O)/arch/$(ARCH)/image.lds.d $(O)/arch/$(ARCH)/asm_offsets.d
endif # configured

# ---- Running and checking --------------------------------------------------------------------

ifneq ($(configured)$(if $(needs-config),,y),)
include scripts/targets.mk
endif

endif # one goal or only build goals
