#!/bin/sh
# Starts Keycloak for tests with a realm file and prints its pid once the realm answers.
# Usage: start-keycloak.sh REALM_FILE PORT    Stop it with: kill PID
# State (an H2 file) and log live in a folder of their own, KEYCLOAK_RUN_DIR or one per port, emptied at each start unless
# KEYCLOAK_KEEP=yes: then it is started again as it was stopped.
set -eu

realm_file="${1:?usage: start-keycloak.sh REALM_FILE PORT}"
port="${2:?usage: start-keycloak.sh REALM_FILE PORT}"
here="$(cd "$(dirname "$0")" && pwd)"
kc="$("$here/install-keycloak.sh")"
cache="${SANDBOX_CACHE:-$HOME/.cache/govstack-sandbox}"

# Keycloak imports from, and writes to, folders below its home: a home of links per port keeps runs apart.
home="${KEYCLOAK_RUN_DIR:-$cache/keycloak-run-$port}"
if [ "${KEYCLOAK_KEEP:-no}" != yes ] || [ ! -x "$home/bin/kc.sh" ]; then
  rm -rf "$home"
  mkdir -p "$home/data/import" "$home/conf"
  source_home="$(dirname "$(dirname "$kc")")"
  cp -R "$source_home/bin" "$source_home/lib" "$source_home/conf" "$source_home/providers" "$home/"
  cp "$realm_file" "$home/data/import/govstack-realm.json"
fi

JAVA_OPTS_KC_HEAP="${JAVA_OPTS_KC_HEAP:--Xms64m -Xmx512m}" \
KC_BOOTSTRAP_ADMIN_USERNAME="${KC_BOOTSTRAP_ADMIN_USERNAME:-training-admin}" \
KC_BOOTSTRAP_ADMIN_PASSWORD="${KC_BOOTSTRAP_ADMIN_PASSWORD:-training-admin}" \
  nohup "$home/bin/kc.sh" start-dev --import-realm --http-host=127.0.0.1 --http-port="$port" \
  --hostname="${KC_PUBLIC_URL:-http://localhost:$port}" --hostname-backchannel-dynamic=false \
  >>"$home/keycloak.log" 2>&1 </dev/null &
pid=$!

waited=0
until curl -fsS -o /dev/null "http://127.0.0.1:$port/realms/govstack/.well-known/openid-configuration" 2>/dev/null; do
  if ! kill -0 "$pid" 2>/dev/null || [ "$waited" -ge "${KEYCLOAK_START_SECONDS:-240}" ]; then
    echo "start-keycloak: Keycloak did not come up; the end of its log:" >&2
    tail -n 40 "$home/keycloak.log" >&2
    kill "$pid" 2>/dev/null || true
    exit 1
  fi
  sleep 1
  waited=$((waited + 1))
done

echo "$pid"
