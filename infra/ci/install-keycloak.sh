#!/bin/sh
# Fetches the Keycloak distribution through Maven, unpacks it once into the cache, and prints the path of kc.sh.
# Needs mvn, unzip (or jar) and Java 17 or later. Where Maven looks is Maven's own configuration.
set -eu

version="${KEYCLOAK_VERSION:-26.7.3}"
cache="${SANDBOX_CACHE:-$HOME/.cache/govstack-sandbox}"
home="$cache/keycloak-$version"

if [ ! -x "$home/bin/kc.sh" ]; then
  command -v mvn >/dev/null 2>&1 || { echo "install-keycloak: mvn is needed to fetch Keycloak $version" >&2; exit 1; }
  mkdir -p "$cache"
  work="$(mktemp -d "$cache/keycloak.XXXXXX")"
  trap 'rm -rf "$work"' EXIT INT TERM
  # get fills the local Maven repository, copy brings the file from there to a place of our own.
  plugin="org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
  artifact="org.keycloak:keycloak-quarkus-dist:$version:zip"
  mvn -q -B -Dstyle.color=never "$plugin:get" "-Dartifact=$artifact" -Dtransitive=false >&2
  mvn -q -B -Dstyle.color=never "$plugin:copy" "-Dartifact=$artifact" "-DoutputDirectory=$work" >&2
  if command -v unzip >/dev/null 2>&1; then
    unzip -q "$work/keycloak-quarkus-dist-$version.zip" -d "$work/unpacked"
  else
    mkdir -p "$work/unpacked"
    (cd "$work/unpacked" && jar xf "$work/keycloak-quarkus-dist-$version.zip")
  fi
  chmod +x "$work/unpacked/keycloak-$version/bin/kc.sh"
  # A rename is atomic: two installations at once leave one whole folder.
  mv "$work/unpacked/keycloak-$version" "$home" 2>/dev/null || [ -x "$home/bin/kc.sh" ]
fi

echo "$home/bin/kc.sh"
