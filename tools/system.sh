#!/usr/bin/env bash
# Installs the Debian packages that tests need and the machine lacks. Does nothing when all are there.
set -euo pipefail
declare -A of=([chromium]=chromium [firefox-esr]=firefox-esr [sipp]=sip-tester [baresip]=baresip
  [initdb]=postgresql [pgbouncer]=pgbouncer [nginx]=nginx [haproxy]=haproxy)
# Debian keeps some where a person's PATH does not lead.
PATH=$PATH:/usr/sbin$(printf ':%s' /usr/lib/postgresql/*/bin)
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
# Tests start PostgreSQL themselves. Without this the package would make a server of its own, and run it from then on.
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
  "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
  echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/patchcord.conf >/dev/null
fi
# Nor is a balancer to run because a test starts one of its own.
for balancer in nginx haproxy; do
  if [[ " ${missing[*]} " == *" $balancer "* ]] && command -v systemctl >/dev/null; then
    "${as_root[@]}" systemctl mask "$balancer" || true
  fi
done
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
