"""Compares what a run uses with its limits, in slices short enough not to miss anything."""
import time

import processes
import tree

_SLICE_S = 0.02
_REST_S, _REST_FACTOR = 0.25, 10


class Watch:
    def __init__(self, limits, family, folders, baseline):
        """`folders` are held folders; `baseline` is what they cost before the program started."""
        self._limits = limits
        self._family = family
        self._folders = folders
        self._baseline = baseline
        self._survey = None
        self._next_survey = 0.0
        self._spent = 0.0
        self._files_in_memory = 0
        self.peak_memory = 0

    def breach(self):
        """The name of the first limit that is passed, or None."""
        found = self._family.folders()
        if len(found) > self._limits["processes"]:
            return "processes"
        if self._memory(found) > self._limits["memoryBytes"]:
            return "memory"
        return self._continue_survey()

    def final_breach(self):
        """What the disk says when nothing runs any more; folders beyond reason are removed."""
        try:
            return "disk" if self._over(sum(_cost_of(folder) for folder in self._folders)) else None
        except tree.TooDeep:
            for folder in self._folders:
                tree.prune(folder)
            return "disk"

    def _over(self, used):
        return used - self._baseline > self._limits["diskBytes"]

    def _memory(self, found):
        shared = self._files_in_memory + self._family.shared_memory()
        used = processes.quick_memory(found) + shared
        if used > self._limits["memoryBytes"]:
            used = processes.exact_memory(found, shared)
        self.peak_memory = max(self.peak_memory, used)
        return used

    def _continue_survey(self):
        started = time.monotonic()
        if self._survey is None and started < self._next_survey:
            return None
        self._survey = self._survey or self._disk_survey()
        try:
            for used in self._survey:
                if self._over(used):
                    return "disk"
                if time.monotonic() - started > _SLICE_S:
                    self._spent += _SLICE_S
                    return None
        except tree.TooDeep:
            return "disk"
        self._next_survey = time.monotonic() + _REST_S + _REST_FACTOR * self._spent
        self._survey, self._spent = None, 0.0
        return None

    def _disk_survey(self):
        """Yields the sum so far, entry by entry."""
        used, in_memory, seen = 0, 0, set()
        for folder in self._folders:
            for _, _, found in tree.entries(folder):
                used += tree.cost(found)
                yield used
        for folder in self._family.folders():
            for is_memory, identity, size in processes.open_unlinked(folder):
                if identity in seen:
                    continue
                seen.add(identity)
                in_memory += size if is_memory else 0
                used += 0 if is_memory else size
            yield used
        self._files_in_memory = in_memory


def baseline_of(folders):
    return sum(_cost_of(folder) for folder in folders)


def _cost_of(folder):
    return sum(tree.cost(found) for _, _, found in tree.entries(folder))

