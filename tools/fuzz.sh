#!/usr/bin/env bash
# Runs every fuzz target for the given time, one after another.
set -euo pipefail
for_time=${1:-30s}
grep -rlE '^func Fuzz' --include='*_test.go' . | sort | while read -r file; do
  room=$(dirname "$file")
  grep -oE '^func Fuzz[A-Za-z0-9_]+' "$file" | sed 's/func //' | while read -r target; do
    echo "== $room $target"
    go test "$room" -run '^$' -fuzz "^${target}\$" -fuzztime "$for_time" -fuzzminimizetime 2s
  done
done
