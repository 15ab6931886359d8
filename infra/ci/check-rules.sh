#!/usr/bin/env bash
# Runs the suites of the building blocks, notes by which rule each answer came, and fails where a rule that a block
# declares was never reached. Takes about a minute and a half: `npm test` checks everything else about rules.
set -euo pipefail
cd "$(dirname "$0")/../.."
seen=$(mktemp -d)
trap 'rm -rf "$seen"' EXIT
RULES_SEEN="$seen" npm test -- test/mocks
RULES_REACHED="$seen" npm test -- test/mocks/rules.test.ts
