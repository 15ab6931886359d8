#!/bin/sh
# Prints .env.example with a fresh secret for each one that it leaves empty.
# Usage: sh infra/compose/make-secrets.sh > infra/compose/.env    (once: who loses SANDBOX_SECRETS_KEY loses what it encrypts)
set -eu
umask 077
# 32 bytes, as 64 hexadecimal digits: safe in addresses and in every shell.
secret() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
while IFS= read -r line; do
  case "$line" in
    [A-Z]*=) printf '%s%s\n' "$line" "$(secret)" ;;
    *) printf '%s\n' "$line" ;;
  esac
done <"$(dirname "$0")/.env.example"
