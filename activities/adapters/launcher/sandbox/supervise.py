"""Watches one run from outside it: time, memory, disk, processes, and what the worker asks for."""
import os
import select
import signal
import time

import processes
import program
import users

_TICK_S = 0.1


class Supervisor:
    def __init__(self, spec, child, uid, watch, relay, control):
        self._spec = spec
        self._child = child
        self._uid = uid
        self._watch = watch
        self._relay = relay
        self._control = control
        self._deadline = time.monotonic() + spec["limits"]["wallMs"] / 1000
        self._kill_at = None
        self.limit = None
        self.cancelled = False
        self.superseded = False
        self.status = None
        self.max_rss = 0

    def hang_up(self):
        """A newer attempt has the key, or the worker is gone."""
        self.superseded = True

    def cancel(self):
        self.cancelled = True
        self._ask_to_end()

    def run(self):
        """Returns, or throws, when no process of the run is left."""
        try:
            self._watch_over()
        finally:
            if self.status is None:
                self._kill()
            self._end_the_rest()
        self._relay.finish()
        at_the_end = self._watch.final_breach()
        self.limit = self.limit or at_the_end

    def _watch_over(self):
        ending = os.pidfd_open(self._child)
        next_look = time.monotonic()
        while self.status is None:
            self._hear(self._wait(ending, next_look), ending)
            if self.status is None and time.monotonic() >= next_look:
                self._judge()
                next_look = time.monotonic() + _TICK_S
        os.close(ending)

    def _wait(self, ending, until):
        """Descriptors that something has happened to."""
        poll = select.poll()
        for descriptor, event in ((ending, select.POLLIN), (self._control, select.POLLIN), *self._relay.interests()):
            poll.register(descriptor, event)
        rest_ms = max(0, until - time.monotonic()) * 1000
        return {descriptor for descriptor, _ in poll.poll(rest_ms)}

    def _hear(self, ready, ending):
        self._relay.carry(ready)
        if self._control in ready:
            self._obey(os.read(self._control, 4096))
        if ending in ready:
            _, self.status, usage = os.wait4(self._child, 0)
            self.max_rss = usage.ru_maxrss

    def _obey(self, words):
        if not words:
            self.hang_up()
        for word in words.split():
            if word == b"cancel":
                self.cancel()
            elif word == b"output":
                self._end("output")

    def _judge(self):
        now = time.monotonic()
        if self.superseded or (self._kill_at is not None and now >= self._kill_at):
            self._kill()
        elif self.limit is None:
            breach = self._watch.breach()
            if breach is not None:
                self._end(breach)
            elif now >= self._deadline and self._kill_at is None:
                self.limit = "wall"
                self._ask_to_end()
        self._reap_adopted()

    def _end(self, limit):
        self.limit = self.limit or limit
        self._kill()

    def _ask_to_end(self):
        if self._kill_at is None:
            self._kill_at = time.monotonic() + self._spec["graceMs"] / 1000
            program.terminate(self._child)

    def _kill(self):
        """In a namespace the kernel ends all with its first process."""
        if self._spec["tier"] == "uid":
            users.end_all(self._uid)
        elif self._spec["tier"] == "none":
            _end_tree()
        else:
            os.kill(self._child, signal.SIGKILL)

    def _reap_adopted(self):
        """Orphans of tiers without a process namespace become children of this process."""
        while True:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None or ended.si_pid == self._child:
                return
            os.waitpid(ended.si_pid, 0)

    def _end_the_rest(self):
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                self._kill()
                time.sleep(0.01)


def _end_tree():
    """Stops all first, so that a process cannot fork away while others are ended."""
    for signal_number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in processes.descendants(os.getpid()):
            try:
                os.kill(pid, signal_number)
            except (ProcessLookupError, PermissionError):
                continue
