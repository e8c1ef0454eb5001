"""One supervisor for a business key: a newer attempt ends the older one, an older attempt is refused."""
import fcntl
import json
import os
import signal
import time

import users

_POLITE_S, _PATIENCE_S = 5.0, 20.0


class LeaseLost(Exception):
    """A newer attempt holds the key, or this attempt is running already."""


def take(path, key, fence, facts):
    """
    Waits until the attempt before has ended, then records this one in `path`. The returned file carries the lock:
    it is held for as long as the process lives, and no longer.
    """
    file = open(path, "a+", encoding="utf-8")
    started = time.monotonic()
    while not _lock(file):
        held = _read(file)
        _refuse_older(held, key, fence, same_is_older=True)
        waited = time.monotonic() - started
        if waited > _PATIENCE_S:
            raise LeaseLost(f"the attempt before of {key} (process {held.get('pid')}) does not end")
        _end(held, signal.SIGHUP if waited < _POLITE_S else signal.SIGKILL)
        time.sleep(0.02)
    held = _read(file)
    _refuse_older(held, key, fence, same_is_older=False)
    if held.get("uid") is not None and os.geteuid() == 0:
        users.end_leftovers(held["uid"])
    file.seek(0)
    file.truncate()
    record = {"key": key, "fence": fence, "pid": os.getpid(), "start": start_of("self"), **facts}
    file.write(json.dumps(record) + "\n")
    file.flush()
    return file


def start_of(process):
    """Start time in clock ticks since boot: with the process id it names one process for ever; None if gone."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            return int(file.read().rpartition(")")[2].split()[19])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _lock(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(file):
    """The record, or nothing where its writer has not come to the end of the line."""
    file.seek(0)
    text = file.read()
    return json.loads(text) if text.endswith("\n") else {}


def _refuse_older(held, key, fence, same_is_older):
    newest = held.get("fence", -1)
    if newest > fence:
        raise LeaseLost(f"attempt {newest} of {key} came after this one, attempt {fence}")
    if newest == fence and same_is_older:
        raise LeaseLost(f"attempt {fence} of {key} is running already")


def _end(held, signal_number):
    pid = held.get("pid")
    if pid is None or start_of(pid) != held["start"]:
        return
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return
