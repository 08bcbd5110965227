#!/usr/bin/env bash
# Runs every test: installs what is missing, builds, then ctest. Usage: packaging/test.sh [ctest options]
# COHORT_PRESET=asan packaging/test.sh runs them under the sanitizers.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
install_packages
build
cd "$BUILD"
say "testing"
exec ctest --output-on-failure --timeout 600 -j "$(nproc)" "$@"
