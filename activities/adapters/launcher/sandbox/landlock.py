"""Landlock: which files a program may open, whatever their owner says."""
import os
import stat

import kernel

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TRUNCATE, DEVICE_CONTROL = 1 << 14, 1 << 15
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICE_CONTROL
READ = EXECUTE | READ_FILE | READ_DIR
TCP_BIND_AND_CONNECT = 3
ABSTRACT_SOCKETS_AND_SIGNALS = 3


def _known_rights(version):
    bits = 13 if version < 2 else 14 if version < 3 else 15 if version < 5 else 16
    return (1 << bits) - 1


def prepare(readable, writable, close_tcp):
    """A ruleset to enforce later, or None where the kernel has no Landlock. Absent paths are left out."""
    version = kernel.landlock_version()
    if version == 0:
        return None
    known = _known_rights(version)
    network = TCP_BIND_AND_CONNECT if close_tcp and version >= 4 else 0
    scoped = ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    ruleset = kernel.landlock_ruleset(known, network, scoped, version)
    for path in readable:
        _allow(ruleset, path, known & READ)
    for path in writable:
        _allow(ruleset, path, known)
    return ruleset


def _allow(ruleset, path, rights):
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= FILE_RIGHTS
        kernel.landlock_allow(ruleset, rights, descriptor)
    finally:
        os.close(descriptor)


def enforce(ruleset):
    if ruleset is not None:
        kernel.landlock_enforce(ruleset)
        os.close(ruleset)
