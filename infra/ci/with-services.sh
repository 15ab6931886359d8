#!/usr/bin/env bash
# Runs a command with Redis, a MongoDB-compatible server and Keycloak up, and stops them afterwards.
# Usage: infra/ci/with-services.sh COMMAND...    e.g. infra/ci/with-services.sh npm test
# Where smtpd (OpenSMTPD) is installed, it is started too.
# Tests find them by SANDBOX_TEST_REDIS_URL, SANDBOX_TEST_MONGODB_URI, SANDBOX_TEST_KEYCLOAK_URL and SANDBOX_TEST_SMTP_URL: names of their own,
# so that a test of the embedded profile never meets a service by accident.
# Needs redis-server, Java 17, mvn, curl, and a build (npm ci, or npm run build). Exits 3 when a service does not come up.
set -euo pipefail

[ "$#" -gt 0 ] || { echo "usage: infra/ci/with-services.sh COMMAND..." >&2; exit 2; }
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
here="$root/infra/ci"
work="$(mktemp -d)"
pids=()

stop() {
  local pid
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do
    # Keycloak is not a child of this shell, so `wait` would not do.
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
  echo "with-services: $1" >&2
  [ ! -f "${2:-}" ] || tail -n 40 "$2" >&2
  exit 3
}

free_port() {
  node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

start_redis() {
  local port waited=0
  command -v redis-server >/dev/null || fail "redis-server is not installed"
  port="$(free_port)"
  mkdir "$work/redis"
  # As the journal wants it: what was acknowledged is on disk, and nothing is thrown out when memory is short.
  redis-server --bind 127.0.0.1 --port "$port" --dir "$work/redis" --daemonize no \
    --appendonly yes --appendfsync always --maxmemory-policy noeviction --save '' >"$work/redis.log" 2>&1 &
  pids+=("$!")
  until [ "$(redis-cli -p "$port" ping 2>/dev/null)" = PONG ]; do
    kill -0 "${pids[-1]}" 2>/dev/null && [ "$waited" -lt 100 ] || fail "Redis did not come up" "$work/redis.log"
    waited=$((waited + 1))
    sleep 0.1
  done
  export SANDBOX_TEST_REDIS_URL="redis://127.0.0.1:$port"
}

start_mongo_server() {
  local jars waited=0
  jars="$("$here/install-mongo-server.sh")" || fail "the MongoDB-compatible server could not be installed"
  : >"$work/mongo.log"
  java -Xmx256m -cp "$jars/*" "$here/MongoServerForTests.java" 0 "$work/documents.mv" >"$work/mongo.log" 2>&1 &
  pids+=("$!")
  until grep -q '^listening ' "$work/mongo.log"; do
    kill -0 "${pids[-1]}" 2>/dev/null && [ "$waited" -lt 300 ] || fail "the MongoDB-compatible server did not come up" "$work/mongo.log"
    waited=$((waited + 1))
    sleep 0.1
  done
  export SANDBOX_TEST_MONGODB_URI="mongodb://127.0.0.1:$(sed -n 's/^listening //p' "$work/mongo.log")/sandbox"
  # It compares texts as Java does, by UTF-16 unit; MongoDB by byte.
  export SANDBOX_TEST_MONGODB_ORDER=utf-16
}

start_keycloak() {
  local port pid
  port="$(free_port)"
  # The people of the use cases and those of the identity suite.
  node "$root/dist/infra/keycloak/write-import.js" "$root/infra/keycloak/realm.json" \
    "$root"/usecases/*/personas.yaml "$root/test/contract/identity-personas.yaml" >"$work/realm.json" || fail "the realm could not be written"
  pid="$(KEYCLOAK_RUN_DIR="$work/keycloak" "$here/start-keycloak.sh" "$work/realm.json" "$port")" || fail "Keycloak did not come up"
  pids+=("$pid")
  export SANDBOX_TEST_KEYCLOAK_URL="http://localhost:$port"
}

# OpenSMTPD delivers mail for example.org into folders, refuses everything else, and wants to be root; without it, or
# without root, the tests against it are skipped. It keeps its queue in a place of the machine, so there can be one only.
start_mail_server() {
  local port waited=0
  command -v smtpd >/dev/null && [ "$(id -u)" -eq 0 ] && ! pgrep -x smtpd >/dev/null || return 0
  port="$(free_port)"
  # It delivers as `nobody`, since it delivers nothing as root.
  mkdir -m 777 "$work/mail"
  chmod 755 "$work"
  cat >"$work/smtpd.conf" <<CONF
table everybody { "@" = "nobody" }
listen on 127.0.0.1 port $port
action "keep" maildir "$work/mail/%{rcpt.user}" virtual <everybody>
match from local for domain "example.org" action "keep"
CONF
  smtpd -d -f "$work/smtpd.conf" >"$work/smtpd.log" 2>&1 &
  pids+=("$!")
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "${pids[-1]}" 2>/dev/null && [ "$waited" -lt 100 ] || fail "the mail server did not come up" "$work/smtpd.log"
    waited=$((waited + 1))
    sleep 0.1
  done
  export SANDBOX_TEST_SMTP_URL="smtp://127.0.0.1:$port" SANDBOX_TEST_MAIL_FOLDER="$work/mail"
}

start_redis
start_mongo_server
start_keycloak
start_mail_server
echo "Services are up: Redis, a MongoDB-compatible server, Keycloak${SANDBOX_TEST_SMTP_URL:+, a mail server}."
cd "$root"
"$@"
