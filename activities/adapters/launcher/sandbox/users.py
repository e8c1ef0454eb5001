"""A user for each run, so that two runs on one machine cannot touch each other."""
import os
import signal
import socket


class NoFreeUser(Exception):
    pass


def take(base, count):
    """Returns (uid, lock). The lock is a name in the kernel: it goes when its holder does, however that ends."""
    busy = in_use()
    for uid in range(base, base + count):
        if uid in busy:
            continue
        lock = _lock(uid)
        if lock is not None:
            return uid, lock
    raise NoFreeUser(f"every user id from {base} to {base + count - 1} is taken by another run")


def _lock(uid):
    lock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        lock.bind(f"\0ratchet-run-user-{uid}")
    except OSError:
        lock.close()
        return None
    return lock


def in_use():
    """User ids of all processes."""
    found = set()
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                found.add(os.stat(f"/proc/{name}").st_uid)
            except FileNotFoundError:
                continue
    return found


def become(uid):
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def end_all(uid):
    """Ends every process of a run's user at once, so that none can fork away in between."""
    helper = os.fork()
    if helper == 0:
        _end_as(uid)
    os.waitpid(helper, 0)


def _end_as(uid):
    """The kernel lets a process without privileges reach its own user only, itself left out."""
    try:
        become(uid)
        if uid != 0 and os.getresuid() == (uid, uid, uid):
            os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        os._exit(0)
    finally:
        os._exit(1)


def end_leftovers(uid):
    """Ends what outlived a supervisor that was killed. A user whose lock is held has a living supervisor."""
    lock = _lock(uid)
    if lock is not None:
        end_all(uid)
        lock.close()
