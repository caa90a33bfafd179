# SPDX-License-Identifier: BSD-2-Clause
#
# How are the fuzzers run? What they are made of says tests/fuzz/objects.mk.

.PHONY: fuzz fuzz-planted fuzz-coverage fuzz-keep
FUZZ ?= $(fuzzers)
SECONDS ?= 60

fuzz-seeds := $(fuzzers:%=build/fuzz/%/seeds/.made)
fuzz-inputs := $(shell find tests/igvm tests/fuzz/corpus -name '*.hex') \
	tests/unit/dt/host_tree.dts

$(fuzz-seeds): build/fuzz/%/seeds/.made: scripts/fuzz-seeds build/tools/hex2bin $(fuzz-inputs) \
		| build/.setup
	$(call say,SEEDS,$(@D))
	$(Q)scripts/fuzz-seeds $*
	$(Q)touch $@

$(foreach f,$(fuzzers),$(foreach d,$(unit-folders), \
	$(eval $(d)/fuzz/$(f)_replay: build/fuzz/$(f)/seeds/.made)))

# What a fuzzer is compiled from, for the script: the libraries' files are not ours.
fuzz-flags = $(filter-out -fsanitize=% -fno-sanitize-recover,$(UNIT_CFLAGS)) \
	-Wno-gnu-variable-sized-type-not-at-end -D_DEFAULT_SOURCE -include $(unit-autoconf)
fuzz-lib-src = $(if $(filter libfdt,$(1)),$(libfdt-names:%=build/deps/libfdt/%.c)) \
	$(if $(filter libmbedtls,$(1)),$(mbedtls-names:%=build/deps/mbedtls/library/%.c)) \
	$(filter -%,$(1))
fuzz-run = FUZZ_FLAGS="$(subst ",\",$(fuzz-flags))" FUZZ_SRC="$($(1)-fuzz-src)" \
	FUZZ_OPTIONS="$($(1)-fuzz-options)" \
	FUZZ_LIBS="$(call fuzz-lib-src,$($(1)-fuzz-libs))" scripts/fuzz

fuzz fuzz-planted fuzz-coverage fuzz-keep: $(unit-autoconf) $(fuzz-seeds) $(deps-stamps) \
		build/deps/libfdt/.version build/deps/mbedtls/.version

fuzz:
	$(Q)scripts/setup check fuzz
	$(Q)set -e; $(foreach f,$(FUZZ),$(call fuzz-run,$(f)) run $(f) $(SECONDS);)

fuzz-planted:
	$(Q)scripts/setup check fuzz
	$(Q)set -e; $(foreach f,$(FUZZ),$(call fuzz-run,$(f)) planted $(f);)

fuzz-coverage:
	$(Q)scripts/setup check fuzz
	$(Q)set -e; $(foreach f,$(FUZZ),$(call fuzz-run,$(f)) cover $(f);)

fuzz-keep:
	$(Q)scripts/setup check fuzz
	$(Q)set -e; $(foreach f,$(FUZZ),$(call fuzz-run,$(f)) keep $(f);)
