# SPDX-License-Identifier: BSD-2-Clause
# Programs for the developer's machine. The builder and the checker of IGVM files share no source.

tools += igvm igvmcheck hex2bin linux2igvm

igvm-src := tools/igvm/main.c tools/igvm/args.c tools/igvm/arm64.c tools/igvm/failure.c \
	tools/igvm/files.c tools/igvm/headers.c tools/igvm/image.c tools/igvm/layout.c \
	tools/igvm/params.c tools/igvm/run.c tools/igvm/tables.c \
	tools/igvm/writer.c tools/igvm/x86_64.c
igvm-libs := -lcrypto

igvmcheck-src := tools/igvmcheck/main.c tools/igvmcheck/check.c tools/igvmcheck/context.c \
	tools/igvmcheck/dump.c tools/igvmcheck/entry.c tools/igvmcheck/fixed.c \
	tools/igvmcheck/image.c tools/igvmcheck/kinds.c tools/igvmcheck/list.c \
	tools/igvmcheck/memory.c tools/igvmcheck/params.c tools/igvmcheck/platforms.c \
	tools/igvmcheck/policy.c tools/igvmcheck/regions.c tools/igvmcheck/registers.c \
	tools/igvmcheck/rules.c tools/igvmcheck/run.c tools/igvmcheck/walk.c

# A kernel for VTL2: make vtl2-linux.
linux2igvm-src := tools/linux2igvm/main.c tools/linux2igvm/arm64.c tools/linux2igvm/x86_64.c \
	tools/igvm/failure.c tools/igvm/files.c tools/igvm/headers.c tools/igvm/tables.c \
	tools/igvm/writer.c
linux2igvm-libs := -lcrypto

# Makes the hand-written files of tests/igvm into binary ones.
hex2bin-src := tests/unit/tools/hex2bin.c tests/unit/tools/hex.c

# Reads crash reports. Not part of every build, because it needs libdw: make build/tools/crash.
check-tools += crash
crash-src := tools/crash/main.c tools/crash/report.c
crash-libs := -ldw -lelf
