"""
Carries the output of a run to the worker. The program writes to pipes, because the sockets that Node.js hands to its
children cannot be opened again by name, as in `echo text > /dev/stderr`.
"""
import errno
import os
import select

_PIECE_BYTES = 1 << 16


class Relay:
    def __init__(self, targets, owner):
        """A pipe for each target descriptor; `owner` is the user who may open its writing end again."""
        self._target_of = {}
        self._full = set()
        self.writing_ends = []
        for target in targets:
            os.set_blocking(target, False)
            source, end = os.pipe()
            if owner is not None:
                os.fchown(end, owner, owner)
            self._target_of[source] = target
            self.writing_ends.append(end)

    def close_writing_ends(self):
        for end in self.writing_ends:
            os.close(end)

    def interests(self):
        """(descriptor, event) to wait for: data from the program, or room at a worker that is slow to read."""
        for source, target in self._target_of.items():
            yield (target, select.POLLOUT) if source in self._full else (source, select.POLLIN)

    def carry(self, ready):
        """`ready` are descriptors that something has happened to."""
        for source, target in list(self._target_of.items()):
            if (target if source in self._full else source) in ready:
                self._carry(source, target)

    def finish(self):
        """Carries what is left when nobody writes any more."""
        while self._target_of:
            poll = select.poll()
            for descriptor, event in self.interests():
                poll.register(descriptor, event)
            self.carry({descriptor for descriptor, _ in poll.poll()})

    def _carry(self, source, target):
        self._full.discard(source)
        try:
            if os.splice(source, target, _PIECE_BYTES, flags=os.SPLICE_F_NONBLOCK) == 0:
                self._end(source)
        except BlockingIOError:
            self._full.add(source)
        except OSError as error:
            # The worker closed its end: then the program is told so by its next write.
            if error.errno not in (errno.EPIPE, errno.ECONNRESET):
                raise
            self._end(source)

    def _end(self, source):
        os.close(source)
        del self._target_of[source]
