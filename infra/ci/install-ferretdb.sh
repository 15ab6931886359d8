#!/bin/sh
# Builds FerretDB, a MongoDB-compatible server with an SQLite backend, for tests of the MongoDB adapter.
# Needs Go. Prints the path of the program, and nothing else, on standard output; a second call finds it built.
# Nobody who uses the sandbox needs it: a real MongoDB serves as well or better.
set -eu

version=1.24.1
cache="${SANDBOX_CACHE:-$HOME/.cache/govstack-sandbox}"
folder="$cache/ferretdb-$version"
program="$folder/ferretdb"

if [ ! -x "$program" ]; then
  mkdir -p "$folder"
  # The module proxy carries the sources; CGO is not needed, since the SQLite driver is pure Go.
  CGO_ENABLED=0 GOBIN="$folder" GOFLAGS="${GOFLAGS:-} -trimpath" \
    go install "github.com/FerretDB/FerretDB/cmd/ferretdb@v$version" >&2
fi

printf '%s\n' "$program"
