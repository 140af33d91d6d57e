#!/usr/bin/env bash
# Fails when generated files are not what the generators write today.
set -euo pipefail
before=$(git ls-files -s -- '*.gen.*' 'adapter/wire/schema.json'; git diff -- '*.gen.*' 'adapter/wire/schema.json')
go generate ./...
after=$(git ls-files -s -- '*.gen.*' 'adapter/wire/schema.json'; git diff -- '*.gen.*' 'adapter/wire/schema.json')
[ "$before" = "$after" ] || { echo "generated files are out of date: run make generate and commit" >&2; git diff --stat -- '*.gen.*' >&2; exit 1; }
