# Functions that start the servers of the services profile, for with-services.sh and infra/services/up.sh.
# To be read with `.` by a bash script that has set: root (of the project) and work (a folder for data and logs).
# Each function notes the process in `pids` and the address in a variable of its own.
here="$root/infra/ci"
pids=()

# Asks each process to end, and ends it after ten seconds.
stop_servers() {
  local pid index
  for ((index = ${#pids[@]} - 1; index >= 0; index--)); do kill "${pids[index]}" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do
    # Keycloak is not a child of this shell, so `wait` would not do.
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done
  pids=()
}

fail() {
  echo "$(basename "$0"): $1" >&2
  [ ! -f "${2:-}" ] || tail -n 40 "$2" >&2
  exit 3
}

free_port() {
  node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# start_redis PORT: sets redis_url.
start_redis() {
  local port="$1" waited=0
  command -v redis-server >/dev/null || fail "redis-server is not installed"
  mkdir -p "$work/redis"
  # As the journal wants it: what was acknowledged is on disk, and nothing is thrown out when memory is short.
  redis-server --bind 127.0.0.1 --port "$port" --dir "$work/redis" --daemonize no \
    --appendonly yes --appendfsync always --maxmemory-policy noeviction --save '' >"$work/redis.log" 2>&1 &
  pids+=("$!")
  until [ "$(redis-cli -p "$port" ping 2>/dev/null)" = PONG ]; do
    kill -0 "${pids[-1]}" 2>/dev/null && [ "$waited" -lt 300 ] || fail "Redis did not come up" "$work/redis.log"
    waited=$((waited + 1))
    sleep 0.1
  done
  redis_url="redis://127.0.0.1:$port"
}

# start_mongo PORT: sets mongo_uri.
start_mongo() {
  local port="$1" waited=0
  "$here/start-mongo-server.sh" "$port" "$work/mongo" >"$work/mongo.log" 2>&1 &
  pids+=("$!")
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "${pids[-1]}" 2>/dev/null && [ "$waited" -lt 1200 ] || fail "the MongoDB-compatible server did not come up" "$work/mongo.log"
    waited=$((waited + 1))
    sleep 0.1
  done
  mongo_uri="mongodb://127.0.0.1:$port/sandbox"
}

# start_keycloak PORT PERSONAS...: sets keycloak_url. The realm's people are those of the files.
start_keycloak() {
  local port="$1" pid
  shift
  node "$root/dist/infra/keycloak/write-import.js" "$root/infra/keycloak/realm.json" "$@" >"$work/realm.json" ||
    fail "the realm could not be written"
  pid="$(KEYCLOAK_RUN_DIR="$work/keycloak" "$here/start-keycloak.sh" "$work/realm.json" "$port")" || fail "Keycloak did not come up"
  pids+=("$pid")
  keycloak_url="http://localhost:$port"
}
