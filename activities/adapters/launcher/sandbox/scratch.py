"""A folder for each run: where its /tmp lies and where its root is put together."""
import fcntl
import os
import time

import lease
import tree

_SURELY_LOCKED_S = 60


class Scratch:
    """Locked for as long as this process lives, so that what a killed supervisor left can be told apart."""

    def __init__(self, parent):
        self.path = f"{parent}/{os.getpid()}-{lease.start_of('self')}-{os.urandom(4).hex()}"
        os.mkdir(self.path, 0o711)
        self._lock = _locked(self.path)
        self.temporary = self.path + "/tmp"
        self.root = self.path + "/root"
        os.mkdir(self.temporary, 0o700)
        os.mkdir(self.root, 0o755)

    def remove(self):
        tree.remove(self.path)


def sweep(parent):
    """Removes what supervisors left behind that were killed."""
    for name in os.listdir(parent):
        path = f"{parent}/{name}"
        try:
            if time.time() - os.stat(path).st_mtime < _SURELY_LOCKED_S:
                continue
            lock = _locked(path)
        except FileNotFoundError:
            continue
        if lock is not None:
            tree.remove(path)
            os.close(lock)


def _locked(path):
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
