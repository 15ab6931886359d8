#!/bin/sh
# Prints a folder with a Keycloak that was started once in development mode and stopped: built for it, its tables laid out,
# its own realm and the administrator of tests in place. That is most of a start, and is done once per version.
set -eu

here="$(cd "$(dirname "$0")" && pwd)"
. "$here/keycloak.sh"
source_home="$(dirname "$(dirname "$("$here/install-keycloak.sh")")")"
prepared="$source_home-started-once"

if [ ! -x "$prepared/bin/kc.sh" ]; then
  work="$(mktemp -d "$source_home.XXXXXX")"
  pid=""
  trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir "$work/home"
  cp -R "$source_home/bin" "$source_home/lib" "$source_home/conf" "$source_home/providers" "$work/home/"
  port="$(node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
  # Its administrator is the one of tests, whatever the caller set: start-keycloak.sh takes no other from here.
  (
    unset KC_BOOTSTRAP_ADMIN_USERNAME KC_BOOTSTRAP_ADMIN_PASSWORD
    launch_keycloak "$work/home" "$port" >"$work/log" 2>&1 </dev/null
  ) &
  pid=$!
  await_keycloak "$pid" "http://127.0.0.1:$port/realms/master" "$work/log"
  kill "$pid"
  # Its database file is whole once it has ended.
  wait "$pid" || true
  pid=""
  rm -rf "$work/home/data/tmp"
  # A rename is atomic: two preparations at once leave one whole folder.
  mv -T "$work/home" "$prepared" 2>/dev/null || [ -x "$prepared/bin/kc.sh" ]
fi

echo "$prepared"
