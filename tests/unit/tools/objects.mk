# SPDX-License-Identifier: BSD-2-Clause
# Unit tests of the IGVM builder and checker. They read tests/igvm from the root of the tree.

igvm-parts := tools/igvm/args.c tools/igvm/arm64.c tools/igvm/failure.c tools/igvm/files.c \
	tools/igvm/headers.c tools/igvm/image.c tools/igvm/layout.c tools/igvm/params.c \
	tools/igvm/run.c tools/igvm/tables.c tools/igvm/writer.c tools/igvm/x86_64.c
igvmcheck-parts := tools/igvmcheck/check.c tools/igvmcheck/context.c tools/igvmcheck/dump.c \
	tools/igvmcheck/entry.c tools/igvmcheck/fixed.c tools/igvmcheck/image.c \
	tools/igvmcheck/kinds.c tools/igvmcheck/list.c tools/igvmcheck/memory.c \
	tools/igvmcheck/params.c tools/igvmcheck/platforms.c tools/igvmcheck/policy.c \
	tools/igvmcheck/regions.c tools/igvmcheck/registers.c tools/igvmcheck/rules.c \
	tools/igvmcheck/run.c tools/igvmcheck/walk.c

unit-tests += tools/hex_test tools/igvmcheck_test tools/igvm_test tools/igvm_run_test

tools/hex_test-src := tests/unit/tools/hex_test.c tests/unit/tools/hex.c $(igvmcheck-parts)

tools/igvmcheck_test-src := tests/unit/tools/igvmcheck_test.c tests/unit/tools/hex.c \
	tests/unit/tools/sum.c $(igvmcheck-parts)

tools/igvm_test-src := tests/unit/tools/igvm_test.c tests/unit/tools/sum.c $(igvm-parts) \
	$(igvmcheck-parts)
tools/igvm_test-libs := -lcrypto

tools/igvm_run_test-src := tests/unit/tools/igvm_run_test.c $(igvm-parts) $(igvmcheck-parts)
tools/igvm_run_test-libs := -lcrypto
