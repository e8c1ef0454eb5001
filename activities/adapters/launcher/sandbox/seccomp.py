"""A filter over system calls: what no training program needs, and sockets where they are not declared."""
import errno
import os
import struct

import kernel

_ARCHITECTURE = 0xC000003E
_X32 = 0x40000000
_LOAD, _EQUAL, _GREATER_OR_EQUAL, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24

_CLONE, _CLONE3, _SOCKET, _SOCKETPAIR = 56, 435, 41, 53
_NEW_NAMESPACES = 0x7E020000
UNIX, INET, INET6, NETLINK = 1, 2, 10, 16
_DATAGRAM = 2

# Numbers of x86-64, grouped by what they would open.
_DENIED = {
    "other processes": (101, 310, 311, 312, 438, 440),  # ptrace, process_vm_*, kcmp, pidfd_getfd, process_madvise
    "mounts and namespaces": (155, 161, 165, 166, 272, 308, 428, 429, 430, 431, 432, 433, 442, 467),
    "keys": (248, 249, 250),
    "the kernel": (103, 169, 175, 176, 246, 313, 320),  # syslog, reboot, modules, kexec
    "tracing and programs": (298, 321, 323, 300, 301),  # perf, bpf, userfaultfd, fanotify
    "files by handle": (303, 304),
    "memory that outlives its process": (29, 30, 31, 64, 68),  # shmget, shmat, shmctl, semget, msgget
    "calls around this filter": (425, 426, 427),  # io_uring
}


def available():
    return os.uname().machine == "x86_64"


def install(families, datagram_pairs):
    """Sockets of other families than `families` are refused; all of it is inherited and cannot be taken off."""
    kernel.install_filter(b"".join(_program(families, datagram_pairs)))


def _program(families, datagram_pairs):
    yield _step(_LOAD, _ARCH)
    yield _step(_EQUAL, _ARCHITECTURE, 1, 0)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, _NUMBER)
    yield from _when(_GREATER_OR_EQUAL, _X32, _fail(errno.ENOSYS))
    for numbers in _DENIED.values():
        for number in numbers:
            yield from _when(_EQUAL, number, _fail(errno.EPERM))
    # glibc goes back to clone, whose flags can be read here.
    yield from _when(_EQUAL, _CLONE3, _fail(errno.ENOSYS))
    yield from _clone_rule()
    if not datagram_pairs:
        yield from _pair_rule()
    yield from _socket_rule(families)
    yield _step(_RETURN, _ALLOW)


def _clone_rule():
    yield _step(_EQUAL, _CLONE, 0, 4)
    yield _step(_LOAD, _FIRST_ARGUMENT)
    yield _step(_ANY_BIT, _NEW_NAMESPACES, 0, 1)
    yield _fail(errno.EPERM)
    yield _step(_RETURN, _ALLOW)


def _pair_rule():
    """A datagram socket, even one of a pair, can be sent from to any address."""
    yield _step(_EQUAL, _SOCKETPAIR, 0, 5)
    yield _step(_LOAD, _SECOND_ARGUMENT)
    yield _step(_AND, 0xF)
    yield _step(_EQUAL, _DATAGRAM, 0, 1)
    yield _fail(errno.EACCES)
    yield _step(_RETURN, _ALLOW)


def _socket_rule(families):
    yield _step(_EQUAL, _SOCKET, 0, 2 + 2 * len(families))
    yield _step(_LOAD, _FIRST_ARGUMENT)
    for family in families:
        yield from _when(_EQUAL, family, _step(_RETURN, _ALLOW))
    yield _fail(errno.EACCES)


def _when(test, value, then):
    yield _step(test, value, 0, 1)
    yield then


def _fail(number):
    return _step(_RETURN, _FAIL | number)


def _step(code, value, when_true=0, when_false=0):
    return struct.pack("HBBI", code, when_true, when_false, value)
