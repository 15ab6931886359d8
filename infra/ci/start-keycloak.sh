#!/bin/sh
# Starts Keycloak for tests with a realm file and prints its pid once the realm answers.
# Usage: start-keycloak.sh REALM_FILE PORT    Stop it with: kill PID
# State (an H2 file) and log live in a folder of their own, KEYCLOAK_RUN_DIR or one per port, emptied at each start unless
# KEYCLOAK_KEEP=yes: then it is started again as it was stopped.
set -eu

realm_file="${1:?usage: start-keycloak.sh REALM_FILE PORT}"
port="${2:?usage: start-keycloak.sh REALM_FILE PORT}"
here="$(cd "$(dirname "$0")" && pwd)"
. "$here/keycloak.sh"

# Keycloak imports from, and writes to, folders below its home: a copy per port keeps runs apart.
home="${KEYCLOAK_RUN_DIR:-${SANDBOX_CACHE:-$HOME/.cache/govstack-sandbox}/keycloak-run-$port}"
if [ "${KEYCLOAK_KEEP:-no}" != yes ] || [ ! -f "$home/data/import/govstack-realm.json" ]; then
  prepared="$("$here/prepare-keycloak.sh")"
  rm -rf "$home"
  mkdir -p "$home"
  cp -R "$prepared/." "$home/"
  # An administrator of one's own is made at the first start only, with the database.
  [ -z "${KC_BOOTSTRAP_ADMIN_USERNAME:-}${KC_BOOTSTRAP_ADMIN_PASSWORD:-}" ] || rm -rf "$home/data"
  mkdir -p "$home/data/import"
  cp "$realm_file" "$home/data/import/govstack-realm.json"
fi

launch_keycloak "$home" "$port" --import-realm \
  --hostname="${KC_PUBLIC_URL:-http://localhost:$port}" --hostname-backchannel-dynamic=false \
  >>"$home/keycloak.log" 2>&1 </dev/null &
pid=$!
await_keycloak "$pid" "http://127.0.0.1:$port/realms/govstack/.well-known/openid-configuration" "$home/keycloak.log"

# Keycloak is a child of its script, or became it when it had to be built first; who kills the script leaves the child.
java="$(pgrep -P "$pid" || true)"
echo "${java:-$pid}"
