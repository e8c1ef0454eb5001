#!/usr/bin/env bash
# Installs what tests need of the host beyond Node, Python and Git: network namespaces (iproute2, util-linux) and the
# venv module of Debian's own Python. Does nothing where it is all there.
set -euo pipefail

missing=()
command -v ip > /dev/null || missing+=(iproute2)
command -v unshare > /dev/null || missing+=(util-linux)
command -v nsenter > /dev/null || missing+=(util-linux)
command -v mount > /dev/null || missing+=(mount)
command -v setpriv > /dev/null || missing+=(util-linux)
if [ -x /usr/bin/python3 ] && ! /usr/bin/python3 -c 'import venv, ensurepip' 2> /dev/null; then missing+=(python3-venv); fi

[ ${#missing[@]} -eq 0 ] && exit 0
if ! command -v apt-get > /dev/null; then
  echo "these host packages are missing, and there is no apt-get to install them: ${missing[*]}" >&2
  exit 1
fi
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo -n)
"${sudo[@]}" apt-get update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
