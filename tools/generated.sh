#!/usr/bin/env bash
# Fails when generated files are not what the generators write today.
set -euo pipefail
generated=('*.gen.*' 'adapter/wire/schema.json' 'docs/features.md')
before=$(git ls-files -s -- "${generated[@]}"; git diff -- "${generated[@]}")
go generate ./...
after=$(git ls-files -s -- "${generated[@]}"; git diff -- "${generated[@]}")
[ "$before" = "$after" ] && exit 0
echo "generated files are out of date: run make generate and commit" >&2
git diff --stat -- "${generated[@]}" >&2
exit 1
