"""The processes of one run, and the memory they hold."""
import os


class Family:
    """
    All processes of a run. With a process namespace, that namespace's own /proc lists them; without one the
    supervisor adopts orphans, so that nobody leaves the tree below it.
    """

    def __init__(self, root, has_namespace):
        self._helpers = {root} if has_namespace else set()
        self._own_root = f"/proc/{root}/root" if has_namespace else None

    def folders(self):
        """Their folders below /proc, helpers of ours left out."""
        if self._is_own("/proc"):
            own = self._own_root + "/proc"
            return [f"{own}/{name}" for name in _numbers(own) if name != "1"]
        return [f"/proc/{pid}" for pid in descendants(os.getpid()) if pid not in self._helpers]

    def shared_memory(self):
        """Bytes of files in the run's own /dev/shm."""
        if not self._is_own("/dev/shm"):
            return 0
        try:
            found = os.statvfs(self._own_root + "/dev/shm")
        except OSError:
            # It went, or is being closed to others, since it was seen: the next look is a moment away.
            return 0
        return (found.f_blocks - found.f_bfree) * found.f_frsize

    def _is_own(self, path):
        """False until the new root stands, and where the kernel did not let it have this file system."""
        if self._own_root is None:
            return False
        try:
            return os.stat(self._own_root + path).st_dev != os.stat(path).st_dev
        except OSError:
            return False


def descendants(root):
    """Process ids of children, their children and so on."""
    children = {}
    for name in _numbers("/proc"):
        parent = _parent(name)
        if parent is not None:
            children.setdefault(parent, []).append(int(name))
    found, queue = [], [root]
    while queue:
        born = children.get(queue.pop(), [])
        found.extend(born)
        queue.extend(born)
    return found


def _numbers(folder):
    """Process ids that a /proc shows; none once its namespace is gone."""
    try:
        return [name for name in os.listdir(folder) if name.isdigit()]
    except OSError:
        return []


def _parent(pid):
    """None for a process that is gone, or that a /proc with hidepid keeps to its owner."""
    try:
        text = _read(f"/proc/{pid}/stat")
    except PermissionError:
        return None
    return int(text.rpartition(")")[2].split()[1]) if text else None


def quick_memory(folders):
    """Resident anonymous and shared bytes; pages that forked processes share are counted for each of them."""
    return sum(_sum(f"{folder}/status", ("RssAnon", "RssShmem", "VmSwap")) for folder in folders)


def exact_memory(folders, shared_files):
    """The same with every page counted once; a shared mapping of a file in memory is not counted twice."""
    private = shared = 0
    for folder in folders:
        path = f"{folder}/smaps_rollup"
        try:
            private += _sum(path, ("Pss_Anon", "SwapPss"))
            shared += _sum(path, ("Pss_Shmem",))
        except PermissionError:
            # A supervisor without CAP_SYS_PTRACE may not look: the quick figure is the most it can be.
            private += _sum(f"{folder}/status", ("RssAnon", "RssShmem", "VmSwap"))
    return private + max(shared, shared_files)


def _sum(path, names):
    total = 0
    for line in _read(path).splitlines():
        name, _, rest = line.partition(":")
        if name in names:
            total += int(rest.split()[0]) * 1024
    return total


def open_unlinked(folder):
    """Yields (in memory, identity, bytes) of files that a process holds open and that no folder shows."""
    try:
        names = os.listdir(f"{folder}/fd")
    except OSError:
        return
    for name in names:
        path = f"{folder}/fd/{name}"
        try:
            found = os.stat(path)
            if found.st_nlink == 0 and found.st_blocks > 0:
                target = os.readlink(path)
                in_memory = target.startswith(("/memfd:", "/dev/shm/"))
                yield in_memory, (found.st_dev, found.st_ino), found.st_blocks * 512
        except OSError:
            continue


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return ""
