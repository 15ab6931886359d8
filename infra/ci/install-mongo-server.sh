#!/bin/sh
# Fetches a server that speaks MongoDB's protocol, for tests of the MongoDB adapter, and prints the folder of its jars.
# Needs mvn and Java 17 or later. Where Maven looks is Maven's own configuration.
# Nobody who uses the sandbox needs it: a real MongoDB serves as well or better.
# What it proves and what not: docs/decisions/0007-mongodb-compatible-server-in-ci.md
set -eu

version="${MONGO_SERVER_VERSION:-1.47.0}"
cache="${SANDBOX_CACHE:-$HOME/.cache/govstack-sandbox}"
folder="$cache/mongo-java-server-$version"

if [ ! -d "$folder" ]; then
  command -v mvn >/dev/null 2>&1 || { echo "install-mongo-server: mvn is needed to fetch the server" >&2; exit 1; }
  mkdir -p "$cache"
  work="$(mktemp -d "$cache/mongo-server.XXXXXX")"
  trap 'rm -rf "$work"' EXIT INT TERM
  cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.govstack.sandbox</groupId>
  <artifactId>mongo-server-for-tests</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>de.bwaldvogel</groupId>
      <artifactId>mongo-java-server-h2-backend</artifactId>
      <version>$version</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
POM
  mvn -q -B -Dstyle.color=never -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime "-DoutputDirectory=$work/jars" >&2
  # A rename is atomic: two installations at once leave one whole folder.
  mv "$work/jars" "$folder" 2>/dev/null || [ -d "$folder" ]
fi

echo "$folder"
