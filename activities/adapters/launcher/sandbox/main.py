"""
Starts one foreign program and stays beside it until nothing of it is left.

Reads one line of JSON on stdin (see supervised-process.ts), then words: `cancel`, `output`. The end of stdin means that
the worker is gone. Tells what happened on descriptor 3, one JSON object a line.
"""
import json
import os
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel  # noqa: E402
import launch  # noqa: E402
import users  # noqa: E402
from refusal import Refusal  # noqa: E402

_CONTROL, _STATUS = 0, 3


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for descriptor in range(3, 256):
        try:
            os.set_inheritable(descriptor, False)
        except OSError:
            continue
    spec = json.loads(_first_line())
    if "endUser" in spec:
        users.end_leftovers(spec["endUser"])
        return
    _tell(_outcome(spec))


def _outcome(spec):
    pending = _PendingSignals()
    signal.signal(signal.SIGHUP, pending.hang_up)
    signal.signal(signal.SIGTERM, pending.cancel)
    kernel.die_with_parent(signal.SIGHUP)
    if os.getppid() != spec["parent"]:
        sys.exit(1)
    try:
        return {"event": "ended", **launch.run(spec, _CONTROL, pending, _tell)}
    except Refusal as refusal:
        return {"event": "refused", "kind": refusal.kind, "message": str(refusal)}
    except Exception as error:  # The worker must hear of a defect too; the program's stderr is not ours.
        return {"event": "refused", "kind": "setup", "message": f"{type(error).__name__}: {error}"}


class _PendingSignals:
    """Signals may come before there is anything to end: then they wait here."""

    def __init__(self):
        self._target = None
        self._waiting = []

    def aim(self, target):
        self._target = target
        for name in self._waiting:
            getattr(target, name)()

    def hang_up(self, *_):
        self._pass_on("hang_up")

    def cancel(self, *_):
        self._pass_on("cancel")

    def _pass_on(self, name):
        if self._target is None:
            self._waiting.append(name)
        else:
            getattr(self._target, name)()


def _first_line():
    """Byte by byte at the end only: what follows the line is for the supervisor."""
    text = b""
    while not text.endswith(b"\n"):
        piece = os.read(_CONTROL, 1)
        if not piece:
            sys.exit(1)
        text += piece
    return text


def _tell(message):
    try:
        os.write(_STATUS, (json.dumps(message) + "\n").encode())
    except BrokenPipeError:
        # The worker is gone; there is nobody to tell.
        return


if __name__ == "__main__":
    main()
    # All is told and cleaned up; to take the interpreter down would keep the worker waiting.
    os._exit(0)
