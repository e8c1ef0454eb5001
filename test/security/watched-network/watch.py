"""Watches a network of its own that leads nowhere, as its first process: `watch.py INTERFACE`. Every look-up of a name
and every packet that leaves by the interface is a line of JSON on standard output."""
import ipaddress
import json
import signal
import socket
import struct
import sys
import threading

NAME_ERROR = 0x8183
ALL_PROTOCOLS = 3
IPV4, IPV6 = 0x0800, 0x86DD
HOP_BY_HOP, ICMPV6 = 0, 58
lock = threading.Lock()


def tell(**event):
    with lock:
        print(json.dumps(event), flush=True)


def name_in(query):
    labels, at = [], 12
    while at < len(query) and query[at] != 0:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace"))
        at += 1 + query[at]
    return ".".join(labels)


def answer(query):
    """That there is no such name, at once, so that nobody waits."""
    tell(kind="look-up", to=name_in(query))
    return query[:2] + struct.pack("!HHHHH", NAME_ERROR, 1, 0, 0, 0) + query[12:]


def serve_udp(server):
    while True:
        query, client = server.recvfrom(65535)
        server.sendto(answer(query), client)


def serve_tcp(server):
    while True:
        client, _ = server.accept()
        with client:
            query = client.recv(65535)[2:]
            reply = answer(query)
            client.sendall(struct.pack("!H", len(reply)) + reply)


def destination(protocol, packet):
    """Where a packet goes; none for what the kernel itself says to find its neighbours."""
    if protocol == IPV4:
        return str(ipaddress.ip_address(packet[16:20]))
    if protocol == IPV6 and packet[6] not in (HOP_BY_HOP, ICMPV6):
        return str(ipaddress.ip_address(packet[24:40]))
    return None


def watch_packets(wire):
    while True:
        packet, (_, protocol, direction, *_) = wire.recvfrom(65535)
        to = destination(protocol, packet) if direction == socket.PACKET_OUTGOING else None
        if to is not None:
            tell(kind="packet", to=to)


# The first process of its world is the parent of orphans: nobody else asks how they ended.
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", 53))
tcp = socket.create_server(("127.0.0.1", 53))
wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ALL_PROTOCOLS))
wire.bind((sys.argv[1], ALL_PROTOCOLS))
threads = [
    threading.Thread(target=work, args=(on,), daemon=True)
    for work, on in ((serve_udp, udp), (serve_tcp, tcp), (watch_packets, wire))
]
for thread in threads:
    thread.start()
tell(kind="watching", to="")
for thread in threads:
    thread.join()
