#!/usr/bin/env bash
# Installs what tests need of the host beyond Node, Python and Git: network namespaces (iproute2, util-linux), the venv
# module of Debian's own Python, a Docker engine and a registry, Prometheus and Alertmanager, Chromium. Starts the engine where
# none answers, and writes its process to .ratchet/ci-dockerd.pid: whoever called ends it. Does nothing where it is all
# there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
command -v ip > /dev/null || missing+=(iproute2)
command -v unshare > /dev/null || missing+=(util-linux)
command -v nsenter > /dev/null || missing+=(util-linux)
command -v mount > /dev/null || missing+=(mount)
command -v setpriv > /dev/null || missing+=(util-linux)
command -v docker-registry > /dev/null || missing+=(docker-registry)
command -v chromium > /dev/null || missing+=(chromium)
command -v promtool > /dev/null || missing+=(prometheus)
command -v prometheus-alertmanager > /dev/null || missing+=(prometheus-alertmanager)
if [ -x /usr/bin/python3 ] && ! /usr/bin/python3 -c 'import venv, ensurepip' 2> /dev/null; then missing+=(python3-venv); fi

socket=${RATCHET_TEST_ENGINE_SOCKET:-/var/run/docker.sock}
answers() { curl --silent --fail --max-time 2 --unix-socket "$socket" http://engine/_ping > /dev/null; }
answers || command -v dockerd > /dev/null || missing+=(docker.io iptables)

sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo -n)
if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get > /dev/null; then
    echo "these host packages are missing, and there is no apt-get to install them: ${missing[*]}" >&2
    exit 1
  fi
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi

answers && exit 0
mkdir -p .ratchet
log=.ratchet/ci-dockerd.log
"${sudo[@]}" setsid dockerd --host "unix://$socket" > "$log" 2>&1 < /dev/null &
echo $! > .ratchet/ci-dockerd.pid
for _ in $(seq 100); do
  answers && exit 0
  sleep 0.2
done
echo "the Docker engine does not answer; the end of its log:" >&2
tail -n 20 "$log" >&2
exit 1
