#!/bin/sh
# The command `sandbox` from this folder: nothing is installed, nothing is fetched. Example: sh sandbox.sh doctor
set -eu
case $0 in
*/*) here=$(cd -- "${0%/*}" && pwd) ;;
*) here=$(pwd) ;;
esac

starts() { "$1" --version >/dev/null 2>&1; }

node=$here/node/linux-x64/node
if ! starts "$node"; then
  # Sticks are often mounted so that nothing on them may be run: then a copy of Node.js lies with this user's files.
  copy=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/govstack-sandbox-{{version}}
  if [ -f "$node" ] && [ ! -x "$copy/node" ] && mkdir -p "$copy"; then
    cp "$node" "$copy/node.new" && chmod 755 "$copy/node.new" && mv "$copy/node.new" "$copy/node" || true
  fi
  if starts "$copy/node"; then
    node=$copy/node
  elif starts node; then
    node=node
  else
    echo "The Node.js in this folder is for Linux on x64, and does not start here." >&2
    echo "→ Install Node.js 20.19 or later on this machine, and start this again." >&2
    exit 3
  fi
fi
exec "$node" "$here/dist/cli/main.js" "$@"
