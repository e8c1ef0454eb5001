"""What a process gives up for ever before the program starts."""
import os
import resource
import signal

import kernel
import landlock
import seccomp
import users

_MIB = 1024 * 1024


def confine(spec, uid, readable, writable, limit_tasks):
    """Drops user, capabilities, files, system calls. `uid` None keeps the user. Nothing here can be undone."""
    network_closed = spec["network"] == "none"
    own_network = spec["tier"] == "namespace"
    ruleset = landlock.prepare(readable, writable, close_tcp=network_closed and not own_network)
    os.nice(5)
    kernel.empty_bounding_set()
    if uid is not None:
        users.become(uid)
    kernel.drop_capabilities()
    kernel.no_new_privileges()
    # A change of user clears both.
    kernel.die_with_parent(signal.SIGKILL)
    kernel.hide_from_debuggers()
    _limits(spec["limits"], limit_tasks)
    landlock.enforce(ruleset)
    if seccomp.available():
        seccomp.install(_families(network_closed, own_network), datagram_pairs=own_network or not network_closed)


def _families(network_closed, own_network):
    if network_closed and not own_network:
        return ()
    return (seccomp.UNIX, seccomp.INET, seccomp.INET6, seccomp.NETLINK)


def prefer_for_out_of_memory():
    """If the machine runs out of memory, the kernel ends this before a server of the stack."""
    with open("/proc/self/oom_score_adj", "w", encoding="utf-8") as file:
        file.write("1000")


def _limits(limits, limit_tasks):
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 4096)
    _limit(resource.RLIMIT_MSGQUEUE, 0)
    # The watcher names what goes over a limit; these stand above it, for what is faster than the watcher.
    _limit(resource.RLIMIT_FSIZE, limits["diskBytes"] + 16 * _MIB)
    # Numerical libraries set aside memory for each core that they may never touch.
    _limit(resource.RLIMIT_DATA, 2 * limits["memoryBytes"] + (4096 + 64 * os.cpu_count()) * _MIB)
    if limit_tasks:
        _limit(resource.RLIMIT_NPROC, max(1024, 8 * limits["processes"]))


def _limit(which, value):
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))
