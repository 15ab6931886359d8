# Functions that start a Keycloak in development mode, for prepare-keycloak.sh and start-keycloak.sh; to be read with `.`.

# launch_keycloak HOME PORT [OPTION...]: becomes Keycloak, until it is told to stop; to be run in the background.
launch_keycloak() {
  home="$1" port="$2"
  shift 2
  export JAVA_OPTS_KC_HEAP="${JAVA_OPTS_KC_HEAP:--Xms64m -Xmx512m}"
  # Half of a start is compiling; what tests and trainings ask of it needs no more than the quick compiler.
  export JAVA_OPTS_APPEND="${JAVA_OPTS_APPEND:--XX:TieredStopAtLevel=1}"
  export KC_BOOTSTRAP_ADMIN_USERNAME="${KC_BOOTSTRAP_ADMIN_USERNAME:-training-admin}"
  export KC_BOOTSTRAP_ADMIN_PASSWORD="${KC_BOOTSTRAP_ADMIN_PASSWORD:-training-admin}"
  exec nohup "$home/bin/kc.sh" start-dev --http-host=127.0.0.1 --http-port="$port" "$@"
}

# await_keycloak PID URL LOG: waits until the address answers; 1, and the end of the log, when Keycloak ended or took too long.
await_keycloak() {
  waited=0
  until curl -fsS -o /dev/null "$2" 2>/dev/null; do
    if ! kill -0 "$1" 2>/dev/null || [ "$waited" -ge "${KEYCLOAK_START_SECONDS:-360}" ]; then
      echo "$(basename "$0"): Keycloak did not come up; the end of its log:" >&2
      tail -n 40 "$3" >&2
      kill "$1" 2>/dev/null || true
      return 1
    fi
    sleep 1
    waited=$((waited + 1))
  done
}
