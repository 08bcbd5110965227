#!/usr/bin/env bash
# Cohort on this machine in one command: server, simulated homes and, where there is a display, the console.
# Usage: packaging/demo.sh [--lan] [--homes N] [--data DIR] [--minutes M]
#   --lan       listens on the local network, with TLS (a certificate is made)
#   --homes N   simulated homes (default 5)
#   --data DIR  where the server keeps its data (default: build/demo)
#   --minutes M ends by itself after M minutes
# Ctrl-C ends all of it; the data stays, and the next start goes on with it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

LAN= HOMES=5 DATA=$ROOT/build/demo MINUTES=
while [ $# -gt 0 ]; do
    case $1 in
        --lan) LAN=1 ;;
        --homes) HOMES=$2; shift ;;
        --data) DATA=$2; shift ;;
        --minutes) MINUTES=$2; shift ;;
        -h | --help) sed -n '2,8s/^# //p' "$0"; exit ;;
        *) die "unknown option $1 (see --help)" ;;
    esac
    shift
done

install_packages
build cohort-server cohort-worker cohort-console cohort-sim cohort-script
BIN=$BUILD/bin
mkdir -p "$DATA"
PIDS=()
finish() {
    trap - EXIT INT TERM
    say "ending"
    local pid
    for pid in "${PIDS[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

SCHEME=http HOST=127.0.0.1 LISTEN=127.0.0.1 OPTIONS=()
if [ -n "$LAN" ]; then
    SCHEME=https LISTEN=0.0.0.0
    HOST=$(hostname -I 2>/dev/null | awk '{print $1}')
    [ -n "$HOST" ] || die "--lan needs an address on a network; there is none"
    [ -f "$DATA/tls.crt" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=$HOST" \
        -addext "subjectAltName=IP:$HOST,IP:127.0.0.1" -keyout "$DATA/tls.key" -out "$DATA/tls.crt" 2>/dev/null
    OPTIONS+=(--tls-certificate "$DATA/tls.crt" --tls-key "$DATA/tls.key" --deviceio-url "https://$HOST:8461")
fi

say "starting the server"
"$BIN/cohort-server" serve --data "$DATA/server" --api-listen "$LISTEN:8460" --deviceio-listen "$LISTEN:8461" \
    "${OPTIONS[@]}" 2>"$DATA/server.log" &
PIDS+=($!)
SERVER=$!
CURL=(curl -sf --max-time 5)
[ -n "$LAN" ] && CURL+=(--cacert "$DATA/tls.crt")
for _ in $(seq 240); do
    kill -0 "$SERVER" 2>/dev/null || { tail -20 "$DATA/server.log" >&2; die "the server ended; its log is above"; }
    [ "$("${CURL[@]}" "$SCHEME://$HOST:8460/espapi/watch" 2>/dev/null)" = OK ] && break
    sleep 0.25
done

# The simulator signs in as an operator of its own; its password lives beside the data, readable by this user only.
SECRET=$DATA/demo-operator.password
if [ ! -s "$SECRET" ]; then
    (umask 077; openssl rand -base64 18 >"$SECRET")
    "$BIN/cohort-server" operator add --data "$DATA/server" --email demo@cohort.example --role admin --may-see-names \
        --password-stdin <"$SECRET" >/dev/null
fi
say "starting $HOMES simulated homes"
SIM=("$BIN/cohort-sim" homes --server "$SCHEME://$HOST:8460" --user demo@cohort.example --password-file "$SECRET" --homes "$HOMES")
[ -n "$LAN" ] && SIM+=(--ca-file "$DATA/tls.crt")
"${SIM[@]}" 2>"$DATA/sim.log" &
PIDS+=($!)

cat <<TEXT

  Application API, participants' page:  $SCHEME://$HOST:8460/
  Device IO:                            $SCHEME://$HOST:8461/deviceio/mljson
  Operator:                             demo@cohort.example, password in $SECRET
  Logs:                                 $DATA/server.log, $DATA/sim.log
  Ctrl-C ends all of it.

TEXT
grep -o 'fingerprint="[^"]*"' "$DATA/server.log" | tail -1 | sed 's/^fingerprint="\(.*\)"/  Fingerprint of the certificate, asked for by the console: \1/' || true
grep -o 'code=[^ ]*' "$DATA/server.log" | tail -1 | sed 's/^code=/  One-time code for a first admin of your own: /' || true

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    "$BIN/cohort-console" --server "$SCHEME://$HOST:8460" --user demo@cohort.example --password-file "$SECRET" &
    PIDS+=($!)
else
    echo "  There is no display here: start cohort-console where there is one, with the address above."
fi
if [ -n "$MINUTES" ]; then sleep "$((MINUTES * 60))"; else wait "$SERVER"; fi
