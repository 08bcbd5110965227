#!/usr/bin/env bash
# Runs every test: installs what is missing, builds, then ctest. Usage: packaging/test.sh [--long] [ctest options]
# --long leaves nothing out: what takes over two minutes runs, too, for up to two hours a test.
# COHORT_PRESET=asan packaging/test.sh runs them under the sanitizers.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
seconds=600
if [ "${1:-}" = --long ]; then
    shift
    seconds=7200
    export COHORT_LONG=1 QTEST_FUNCTION_TIMEOUT=$((seconds * 1000))
fi
install_packages
build
cd "$BUILD"
say "testing"
exec ctest --output-on-failure --timeout "$seconds" -j "$(nproc)" "$@"
