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
work="$(mktemp -d)"
# shellcheck source=infra/ci/servers.sh
. "$root/infra/ci/servers.sh"

stop() {
  stop_servers
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

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

start_redis "$(free_port)"
start_mongo "$(free_port)"
# The people of the use cases and those of the identity suite.
start_keycloak "$(free_port)" "$root"/usecases/*/personas.yaml "$root/test/contract/identity-personas.yaml"
start_mail_server
export SANDBOX_TEST_REDIS_URL="$redis_url" SANDBOX_TEST_MONGODB_URI="$mongo_uri" SANDBOX_TEST_KEYCLOAK_URL="$keycloak_url"
# mongo-java-server compares texts as Java does, by UTF-16 unit; MongoDB by byte.
if [ "${SANDBOX_MONGO_SERVER:-}" = java ] || ! command -v mongod >/dev/null; then export SANDBOX_TEST_MONGODB_ORDER=utf-16; fi
echo "Services are up: Redis, a MongoDB-compatible server, Keycloak${SANDBOX_TEST_SMTP_URL:+, a mail server}."
cd "$root"
"$@"
