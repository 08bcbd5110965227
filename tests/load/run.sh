#!/usr/bin/env bash
# Runs one benchmark in its full form with the release build: tests/load/run.sh b1|b3|c2|d1 [options]
set -euo pipefail
COHORT_PRESET=${COHORT_PRESET:-release}
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
[ $# -ge 1 ] || die "say which: b1, b3, c2 or d1"
ID=$1
shift
install_packages
if [ "$ID" = d1 ]; then as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends mosquitto python3-paho-mqtt >/dev/null; fi
build cohort-server cohort-worker "bench_$ID"
ulimit -n "$(ulimit -Hn)"
exec "$BUILD/tests/load/bench_$ID" "$@"
