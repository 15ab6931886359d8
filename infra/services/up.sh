#!/usr/bin/env bash
# `npm run services`: the services profile of infra/compose/compose.yaml without Docker, as processes of this machine, on
# loopback: Redis, a MongoDB-compatible server, Keycloak, the building blocks, one server, workers. Ctrl+C stops them all.
# Data stay in SANDBOX_SERVICES (.sandbox/services in the project), logs beside them. When this script is killed, its pid
# file tells the next start what is still running, and that is stopped first.
# Variables: WORKERS (2), PORT (4000), KEYCLOAK_PORT (8080), REDIS_PORT (6379), MONGO_PORT (27017), BLOCKS_PORT (4001),
# KEYCLOAK=no for the provider of the server itself.
# Usage: infra/services/up.sh [COMMAND...]   With a command it runs that once all are up, stops them and ends with its code.
# Needs redis-server, Java 17, mvn (the first time), curl. Exits 3 when something does not come up.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="${SANDBOX_SERVICES:-$root/.sandbox/services}"
mkdir -p "$work"
# shellcheck source=infra/ci/servers.sh
. "$root/infra/ci/servers.sh"
pid_file="$work/pids"

# A number may have gone to another program meanwhile: each is noted with when that process was started.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
note_pids() {
  local pid
  echo "$$ $(started_at $$)" >"$pid_file"
  for pid in "${pids[@]}"; do echo "$pid $(started_at "$pid")"; done >>"$pid_file"
}

stop_what_was_left() {
  [ -f "$pid_file" ] || return 0
  local pid since first=yes
  while read -r pid since; do
    if [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ]; then
      if [ "$first" = yes ]; then
        echo "$(basename "$0"): these services run already (process $pid)" >&2
        exit 3
      fi
      pids+=("$pid")
    fi
    first=no
  done <"$pid_file"
  [ "${#pids[@]}" -eq 0 ] || echo "Stopping ${#pids[@]} processes that the last run left."
  stop_servers
}

stop() {
  trap - EXIT INT TERM
  stop_servers
  rm -f "$pid_file"
}

# start_ours NAME ARGUMENTS...: one of our own processes, with its log.
start_ours() {
  local name="$1"
  shift
  node --max-semi-space-size=64 "$root/dist/cli/main.js" "$@" >>"$work/$name.log" 2>&1 </dev/null &
  pids+=("$!")
  note_pids
}

# until_answers NAME URL
until_answers() {
  local waited=0
  until curl -fsS -o /dev/null "$2" 2>/dev/null; do
    kill -0 "${pids[-1]}" 2>/dev/null && [ "$waited" -lt 600 ] || fail "$1 did not come up" "$work/$1.log"
    waited=$((waited + 1))
    sleep 0.2
  done
}

stop_what_was_left
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

node "$root/infra/build/build.mjs"
port="${PORT:-4000}"
export PUBLIC_URL="${PUBLIC_URL:-http://localhost:$port}"
start_redis "${REDIS_PORT:-6379}"
note_pids
start_mongo "${MONGO_PORT:-27017}"
note_pids
keycloak_url=""
if [ "${KEYCLOAK:-yes}" != no ]; then
  SANDBOX_PUBLIC_URL="$PUBLIC_URL" KEYCLOAK_KEEP=yes start_keycloak "${KEYCLOAK_PORT:-8080}" "$root"/usecases/*/personas.yaml
  note_pids
fi

export REDIS_URL="$redis_url" MONGODB_URI="$mongo_uri" SANDBOX_SERVER_URL="http://127.0.0.1:$port"
blocks_port="${BLOCKS_PORT:-4001}"
PORT="$blocks_port" start_ours blocks blocks
until_answers blocks "http://127.0.0.1:$blocks_port/health"
export SANDBOX_BLOCKS_URL="http://127.0.0.1:$blocks_port" KEYCLOAK_URL="$keycloak_url"
start_ours server up --port "$port" --data "$work/data" --no-demo
until_answers server "http://127.0.0.1:$port/ready"
for number in $(seq "${WORKERS:-2}"); do
  start_ours "worker-$number" worker
done

cat <<TEXT
The sandbox runs on services; training, not real.
  Console    $PUBLIC_URL
  Keycloak   ${keycloak_url:-none: the server itself serves the realm}
  Redis      $redis_url
  MongoDB    $mongo_uri
  Blocks     $SANDBOX_BLOCKS_URL
  Workers    ${WORKERS:-2}
  Data, logs $work
TEXT
if [ "$#" -gt 0 ]; then
  "$@"
else
  echo "Press Ctrl+C to stop. Everything is kept; the next start goes on from here."
  # Ends when one of ours ends by itself, too: half a topology helps nobody.
  wait -n || true
  fail "one of the processes has ended; the logs in $work say why"
fi
