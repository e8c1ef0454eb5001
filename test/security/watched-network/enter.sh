#!/bin/sh
# Run in fresh namespaces: makes a network with loopback and a way out that leads nowhere, then becomes its watcher.
set -eu
here=$1
files=$2
shift 2

ip link set lo up
ip link add out type veth peer name nowhere
if [ -d /proc/sys/net/ipv6 ]; then
  echo 1 > /proc/sys/net/ipv6/conf/nowhere/disable_ipv6
  echo 0 > /proc/sys/net/ipv6/conf/out/accept_ra
fi
ip link set out up arp off
ip link set nowhere up
ip address add 10.77.0.2/24 dev out
ip route add default dev out
if [ -d /proc/sys/net/ipv6 ]; then
  ip address add fd77::2/64 dev out nodad
  ip -6 route add default dev out
fi

printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' > "$files/resolv.conf"
# Names are asked of the listener alone: other services would be reached by a socket file, past this network.
printf 'hosts: files dns\n' > "$files/nsswitch.conf"
mount --bind "$files/resolv.conf" /etc/resolv.conf
mount --bind "$files/nsswitch.conf" /etc/nsswitch.conf
[ ! -d /run/nscd ] || mount -t tmpfs none /run/nscd

# SeaweedFS names its sockets in /tmp by its ports, and stacks outside may have the same ones: /tmp is another, with the
# folders that are named here.
mkdir "$files/tmp"
mount -t tmpfs -o mode=1777 none "$files/tmp"
for folder in "$@"; do
  case $folder in /tmp/*)
    mkdir -p "$files$folder"
    mount --bind "$folder" "$files$folder"
  esac
done
mount --rbind "$files/tmp" /tmp

exec python3 "$here/watch.py" out
