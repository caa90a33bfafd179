# SPDX-License-Identifier: BSD-2-Clause
#
# Which flags does each kind of object get, and does a change of them rebuild it?

GNU-arm64 := aarch64-linux-gnu
GNU-x86_64 := x86_64-linux-gnu
GNU := $(GNU-$(ARCH))-
ifeq ($(COMPILER),gcc)
CC := $(GNU)gcc
LD := $(GNU)ld
else ifeq ($(COMPILER),clang)
CC := clang --target=$(GNU-$(ARCH))
LD := ld.lld
else
$(error COMPILER=$(COMPILER) is unknown: gcc or clang)
endif
OBJCOPY := $(GNU)objcopy
is-gcc := $(filter gcc,$(COMPILER))
# The hypervisor's structures end in arrays of any length; a call puts a fixed one behind the head.
clang-only := -Wno-gnu-variable-sized-type-not-at-end
# The folder of an assembly file, which the prefix map forgets.
clang-here := -fdebug-compilation-dir=.

# The only headers that are not ours and not in core/libc: the compiler's <std*.h>.
compiler-include := $(shell $(CC) -print-file-name=include)

warnings := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla \
	-Wdate-time -Werror
# What the host and the payloads share with the firmware: C without a C library, no FP or SIMD
# register (they are VTL0's), no unaligned access (the MMU may be off).
bare-arm64 := -mstrict-align -mno-outline-atomics
# No red zone: a fault's frame is written below the stack pointer.
bare-x86_64 := -m64 -mno-red-zone -mno-sse -mno-mmx -fcf-protection=none
bare := -std=c11 $(warnings) -g -ffreestanding -fno-common -fno-strict-aliasing \
	-fno-delete-null-pointer-checks -mgeneral-regs-only $(bare-$(ARCH)) \
	-fno-asynchronous-unwind-tables -fno-unwind-tables -ffile-prefix-map=$(CURDIR)=. \
	$(if $(is-gcc),,$(clang-only) $(clang-here))

# ---- Firmware --------------------------------------------------------------------------------

FW_CPPFLAGS := -include $(autoconf) -nostdinc -I. -Iinclude -Iarch/$(ARCH) -I$(O)/include \
	-Ibuild/deps/libfdt $(if $(CONFIG_CRYPTO),-Ibuild/deps/mbedtls/include) \
	-DMBEDTLS_CONFIG_FILE='"core/mbedtls_config.h"' \
	-isystem core/libc -isystem $(compiler-include)
fw-arm64 := -ffixed-x18
# The guard lies where the firmware has it, not in a thread's memory.
fw-x86_64 := -mstack-protector-guard=global
FW_CFLAGS := $(bare) -Os $(fw-$(ARCH)) -fPIE -fvisibility=hidden -ffunction-sections \
	-fdata-sections
FW_AFLAGS := $(bare)

FW_CFLAGS += $(if $(CONFIG_HARDEN_STACK_PROTECTOR),-fstack-protector-strong,-fno-stack-protector)
ifeq ($(ARCH),arm64)
branch := $(if $(CONFIG_HARDEN_BRANCH),-mbranch-protection=standard,-mbranch-protection=none)
FW_CFLAGS += $(branch) $(if $(CONFIG_HARDEN_SLS),-mharden-sls=all)
FW_AFLAGS += $(branch)
else
retpoline := $(if $(is-gcc),-mindirect-branch=thunk-inline -fno-jump-tables, \
	-mretpoline -fno-jump-tables)
FW_CFLAGS += $(if $(CONFIG_HARDEN_BRANCH),$(retpoline))
# clang 14 does not have this for x86_64.
FW_CFLAGS += $(if $(and $(CONFIG_HARDEN_SLS),$(is-gcc)),-mharden-sls=all)
endif
zero-init := -ftrivial-auto-var-init=zero $(if $(is-gcc),, \
	-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang)
FW_CFLAGS += $(if $(CONFIG_HARDEN_ZERO_INIT),$(zero-init))
FW_CFLAGS += $(if $(and $(CONFIG_HARDEN_ZERO_REGS),$(is-gcc)),-fzero-call-used-regs=used-gpr)
ubsan-trap := -fsanitize=undefined $(if $(is-gcc),-fsanitize-undefined-trap-on-error, \
	-fsanitize-trap=undefined)
FW_CFLAGS += $(if $(CONFIG_DEBUG_UBSAN),$(ubsan-trap))

# What every request runs through: speed before size. Registers are not cleared at each return
# there; the way back to VTL0 loads each register that it shares with us.
run-path := core/dev_uart core/devices core/fmt core/log core/mem_map core/service core/status \
	core/string core/svc_log core/svc_smccc core/uart_pl011 core/vtl0_mem vtl/door \
	vtl/hypercall vtl/intercept vtl/run vtl/synic arch/arm64/syndrome vtl/vp_regs \
	arch/$(ARCH)/hvcall arch/$(ARCH)/icept
keep-regs := $(if $(and $(CONFIG_HARDEN_ZERO_REGS),$(is-gcc)),-fzero-call-used-regs=skip)
RUN_CFLAGS := -O2 $(if $(is-gcc),-fno-tree-loop-distribute-patterns) $(keep-regs)

# What runs before VTL0's first instruction and never again, or never returns to it, has no
# registers to hide from it either.
boot-path := $(patsubst %.c,%,$(wildcard dt/*.c)) core/image core/main core/main_console \
	core/main_doors core/main_foreign core/main_vtl0 core/page_pool core/payload \
	core/vtl0_facts core/vtl0_acpi core/vtl0_aml core/vtl0_block core/crash_report \
	core/log_kept vtl/channel vtl/protect vtl/vp_arrive vtl/vp_start vtl/vsm vtl/end \
	vtl/crash $(addprefix arch/$(ARCH)/,kernel mmu trap vp_context acpi boot_params)

# Reading trees. libfdt sees only those that fdt_check() accepted: VALID_DTB, VALID_INPUT, LATEST
# (docs/adr/0006-libfdt-assumptions.md). What steps from tag to tag is quick, the rest small.
FDT_CFLAGS = -DFDT_ASSUME_MASK=7 $(keep-regs) $(if $(filter %/fdt.o,$@),-O2)

FW_LDFLAGS := -pie --no-dynamic-linker -z text -z max-page-size=4096 -z noexecstack \
	--fatal-warnings --gc-sections --build-id=none --no-undefined -Bsymbolic

# ---- VSM host and payloads -------------------------------------------------------------------

bare-code := $(bare) -O2 -nostdlib -fno-pic -fno-stack-protector -nostdinc \
	-isystem $(compiler-include)
HOST_CFLAGS := $(bare-code) -I.
# A payload runs wherever it is put.
guest-x86_64 := -fpie -fvisibility=hidden
GUEST_CFLAGS := $(bare-code) $(guest-$(ARCH)) -I. -Iinclude
BARE_LDFLAGS := -static -no-pie -z max-page-size=4096 -z noexecstack --fatal-warnings \
	--build-id=none

# ---- Programs for this machine ---------------------------------------------------------------

TOOL_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L $(warnings) -O2 -g -I. -Iinclude \
	-ffile-prefix-map=$(CURDIR)=.
UNIT_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L $(warnings) -O1 -g -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover -I. -Iinclude -Itests/fake \
	-Ibuild/deps/libfdt -Ibuild/deps/mbedtls/include \
	-DMBEDTLS_CONFIG_FILE='"core/mbedtls_config.h"'

# ---- Remembered flags ------------------------------------------------------------------------
# Each file holds what its objects were last made with and is rewritten only when that differs,
# while the makefiles are read: a build with nothing to do then runs no command at all.

differ = $(subst x$(1),,x$(2))$(subst x$(2),,x$(1))
remember = $(if $(call differ,$(strip $(file <$(1))),$(strip $(2))),$(call rewrite,$(1),$(2)))
rewrite = $(shell mkdir -p $(dir $(1)))$(file >$(1),$(strip $(2)))

$(call remember,$(O)/.flags-fw,$(CC) $(FW_CPPFLAGS) $(FW_CFLAGS) run: $(RUN_CFLAGS) \
	fdt: $(FDT_CFLAGS) boot: $(boot-path) asm: $(FW_AFLAGS))
$(call remember,$(O)/.flags-host,$(CC) $(HOST_CFLAGS) $(LD) $(BARE_LDFLAGS))
$(call remember,$(O)/.flags-guest,$(CC) $(GUEST_CFLAGS) $(LD) $(BARE_LDFLAGS))
$(call remember,build/tools/.flags,$(HOSTCC) $(TOOL_CFLAGS))
