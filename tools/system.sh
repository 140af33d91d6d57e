#!/usr/bin/env bash
# Installs the Debian packages that tests need and the machine lacks. Does nothing when all are there.
set -euo pipefail
declare -A of=([chromium]=chromium [firefox-esr]=firefox-esr [sipp]=sip-tester [baresip]=baresip)
missing=()
for program in "${!of[@]}"; do
  command -v "$program" >/dev/null || missing+=("${of[$program]}")
done
[ ${#missing[@]} -eq 0 ] && exit 0
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "install these packages, then try again: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
