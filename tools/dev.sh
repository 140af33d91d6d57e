#!/usr/bin/env bash
# Starts the sandbox with its state kept, rebuilds pages as they change, restarts the binary when Go files change.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${DATA:-.dev}
make --no-print-directory build
children=()
stop() { kill "${children[@]}" 2>/dev/null || true; wait; }
trap stop EXIT INT TERM
pages=(softphone adapter/admin/page sandbox/connect/cti/ccp sandbox/connect/console/page sandbox/crm/lightning/page sandbox/phone/page)
for page in "${pages[@]}"; do
  npm run --silent build -w "./$page" -- --watch --logLevel warn &
  children+=($!)
done
stamp() { git ls-files -z '*.go' | xargs -0 stat -c %Y | sort -n | tail -1; find "${pages[@]/%//dist}" -type f -printf '%T@\n' | sort -n | tail -1; }
while true; do
  go build -o bin/patchcord ./cmd/patchcord && { ./bin/patchcord sandbox --data "$data" & server=$!; children+=("$server"); }
  seen=$(stamp)
  while [ "$(stamp)" = "$seen" ]; do read -rt 1 _ <> <(:) || true; done
  kill "${server:-}" 2>/dev/null || true
  wait "${server:-}" 2>/dev/null || true
done
