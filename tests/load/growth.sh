#!/usr/bin/env bash
# Fills the migrated, empty database at URL as use does (growth.sql), for looking at statements by hand:
#   tests/load/growth.sh URL small|large|FACTOR [HOMES]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
[ $# -ge 2 ] || die "say where and how large: growth.sh URL small|large|FACTOR [HOMES]"
case $2 in small) FACTOR=0.01 ;; large) FACTOR=1 ;; *) FACTOR=$2 ;; esac
psql -qX -v ON_ERROR_STOP=1 -c "SET growth.factor = '$FACTOR'" -c "SET growth.homes = '${3:-}'" \
  -f "$(dirname "${BASH_SOURCE[0]}")/growth.sql" "$1" >/dev/null
psql -qX -c "VACUUM ANALYZE" "$1"
