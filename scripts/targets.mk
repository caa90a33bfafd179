# SPDX-License-Identifier: BSD-2-Clause
#
# What can be done with what was built? `make help` prints the marked lines.

.PHONY: demo run debug check dialects attack check-mutants faults bench check-abi fresh-check clean
.PHONY: vtl2-linux distclean help size sbom setup format

# Processors and MiB of the virtual machine.
VPS ?= 4
RAM ?= 512
export VPS RAM

## demo          run the main job on QEMU; exit status 0 only if VTL0 powered off
demo: $(if $(host),$(host).bin) $(demo-igvm)
	$(Q)scripts/demo $(O) $(demo-igvm)

## run           a shell in VTL0: its console is yours (Ctrl-A X ends QEMU)
run: $(if $(host),$(host).bin) $(O)/debian-shell.igvm
	$(Q)scripts/qemu --host $(host).bin --igvm $(O)/debian-shell.igvm --vps $(VPS) \
		--ram $(RAM) --interactive

## debug         the same, stopped at Paravane's first instruction in gdb
debug: $(if $(host),$(host).bin) $(demo-igvm) $(O)/paravane.debug
	$(Q)scripts/setup debug
	$(Q)scripts/debug $(O) $(demo-igvm) $(VTL2_BASE)

## check         all checks, unit tests and boots (T='name ...' for some of them)
check: all unit unit-clang build/tools/icnt.so $(check-tools:%=build/tools/%) \
		$(O)/debian.igvm $(O)/debian-shell.igvm
	$(Q)O=$(O) tests/run $(T)

## dialects      boot on N hosts that read the interface otherwise (SEED=n: that one)
dialects: all $(O)/debian.igvm
	$(Q)O=$(O) scripts/dialects $(if $(SEED),--seed $(SEED),$(or $(N),50) $(FROM))

## attack        the races of docs/attacks.md, ROUNDS=1000000 SEED=n, on 8 VPs (long)
attack: $(if $(host),$(host).bin) $(O)/tests/guest/attack.igvm
	$(Q)O=$(O) scripts/attack $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED))

## check-mutants the test of each promise fails when it is broken (MUTANT=name for some of them)
check-mutants: all unit
	$(Q)scripts/check-mutants

## faults        every documented status of every call at boot, more calls at run time (long)
faults: all
	$(Q)O=$(O) scripts/gen-faults --all

## bench         count instructions of every request and of the boot; writes docs/bench.md
bench: $(if $(host),$(host).bin) $(igvm-tool) build/tools/icnt.so build/vtl0/$(ARCH)/provenance.txt
	$(Q)O=$(O) tests/bench/run
	$(Q)tests/bench/report

## vtl2-linux    build Debian's newest kernel in VTL mode and boot it at VTL2 (minutes; network)
vtl2-linux: $(if $(host),$(host).bin) build/tools/linux2igvm build/tools/igvmcheck
	$(Q)O=$(O) VPS=$(VPS) RAM=$(RAM) scripts/vtl2-linux

## fuzz          search for bugs (FUZZ=tree|igvm|dispatch SECONDS=60); docs/testing.md
## fuzz-planted  see each fuzzer find a bug that was put there
## fuzz-coverage what the kept inputs cover, file by file
## fuzz-keep     keep what a search found and what covers more

## lint          sparse, cppcheck, clang-tidy, gcc -fanalyzer over all C files (LINT='core/*')

## check-abi     compare include/ with Hyper-V's headers in Debian's newest kernel
check-abi:
	$(Q)scripts/check-abi

## fresh-check   demo and check in a new minimal Debian root, then again without network (root)
fresh-check:
	$(Q)scripts/fresh-check

## setup         install what is missing on this machine, for build and check
setup:
	$(Q)scripts/setup build check

## size          how large the image and its parts are
size: firmware
	$(Q)scripts/size-report $(O)

## sbom          what the image is made of, as SPDX
sbom: firmware
	$(Q)scripts/sbom $(O)

## format        lay all C files out by .clang-format
format:
	$(Q)scripts/files .c .h | xargs -r clang-format -i

## clean         delete what was built; the configuration and the fetched sources stay
clean:
	$(Q)test ! -d $(O) || find $(O) -mindepth 1 -maxdepth 1 ! -name .config -exec rm -rf {} +
	$(Q)rm -rf build/unit build/unit-clang build/tools build/variant build/check build/bench \
		build/bench.json

## distclean     delete everything that is not source, fetched sources included
distclean:
	$(Q)rm -rf build

help:
	@echo 'make [target] [V=1] [COMPILER=gcc|clang] [O=folder] [PAYLOAD=file.itb]'
	@echo '  all           firmware, IGVM files, VSM host, payloads, tools (the default)'
	@echo '  menuconfig nconfig olddefconfig savedefconfig'
	@echo '  NAME_defconfig  one of: $(basename $(notdir $(wildcard configs/*)))'
	@sed -n 's/^## /  /p' scripts/targets.mk
	@echo 'demo, run and debug take VPS=n and RAM=MiB; demo takes OPTS="host options"'
	@echo 'kept between builds: $(O)/.config, build/deps-cache (or PARAVANE_CACHE=folder)'
