#!/usr/bin/env bash
# The OpenAPI document before strangers' tools: Redocly's lint, and a client with types made by openapi-typescript that lists
# a deployment's homes. By hand, as it needs Node.js 20 and the npm registry: tests/openapi/check.sh (after a build).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=${COHORT_BIN:-$here/../../build/dev/bin}
work=$(mktemp -d)
chmod 755 "$work"
server=""
trap '[ -z "$server" ] || { kill "$server" && wait "$server"; } || true; rm -rf "$work"' EXIT

cp "$here"/*.json "$here"/*.ts "$work"
port=18460
"$bin/cohort-server" serve --data "$work/data" --api-listen "127.0.0.1:$port" --deviceio-listen 127.0.0.1:18461 \
    2>"$work/server.log" &
server=$!
for _ in $(seq 600); do curl -fs "http://127.0.0.1:$port/espapi/watch" >/dev/null && break; sleep 0.3; done
echo a-long-test-password | "$bin/cohort-server" operator add --data "$work/data" --email t@cohort.example --role admin \
    --password-stdin
call() {
    curl -fsS "http://127.0.0.1:$port/api/v1/$1" -H 'Content-Type: application/json' -H "Authorization: Bearer ${token:-}" -d "$2"
}
token=$(call session.signIn '{"email":"t@cohort.example","password":"a-long-test-password"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
call deployment.create '{"name":"Lindenhof","timeZone":"Europe/Berlin"}' >"$work/made"
call location.create '{"deployment":1,"name":"Lindenweg 4"}' >"$work/made"

cd "$work"
npm install --silent --no-audit --no-fund
curl -fsS "http://127.0.0.1:$port/api/v1" >openapi.json
npx redocly lint openapi.json
npx openapi-typescript openapi.json --output api.d.ts
npx tsc
node list_homes.js "http://127.0.0.1:$port" t@cohort.example a-long-test-password
