#!/usr/bin/env bash
# Compiles all headers alone, runs clang-tidy over all sources and, when they are clean and committed, moves tests/layout/tidy-base on to this commit.
# Usage: tests/layout/tidy_all.sh, after a build (COHORT_PRESET chooses it). Takes about ten seconds of CPU a source.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
cd "$ROOT"
[ -z "$(git status --porcelain)" ] || die "commit first: tidy-base names a commit"
build
build headers_alone
/usr/bin/python3 tests/layout/check_tidy.py . "$BUILD" --all
git rev-parse HEAD >tests/layout/tidy-base
say "all clean: commit tests/layout/tidy-base"
