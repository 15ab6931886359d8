#!/bin/sh
# Becomes a server that speaks MongoDB's protocol, until it is told to stop: a mongod on the PATH, else the server that CI
# uses (docs/decisions/0007, which also says why FerretDB is none of them). SANDBOX_MONGO_SERVER=java|mongod chooses.
# Usage: start-mongo-server.sh PORT FOLDER
set -eu

port="${1:?usage: start-mongo-server.sh PORT FOLDER}"
folder="${2:?usage: start-mongo-server.sh PORT FOLDER}"
here="$(cd "$(dirname "$0")" && pwd)"
mkdir -p "$folder"

server="${SANDBOX_MONGO_SERVER:-java}"
if [ -z "${SANDBOX_MONGO_SERVER:-}" ] && command -v mongod >/dev/null 2>&1; then server=mongod; fi

case "$server" in
  mongod)
    exec mongod --bind_ip 127.0.0.1 --port "$port" --dbpath "$folder" --quiet ;;
  java)
    jars="$("$here/install-mongo-server.sh")"
    exec java -Xmx512m -cp "$jars/*" "$here/MongoServerForTests.java" "$port" "$folder/documents.mv" ;;
  *)
    echo "start-mongo-server: SANDBOX_MONGO_SERVER must be mongod or java" >&2
    exit 2 ;;
esac
