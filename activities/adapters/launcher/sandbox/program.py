"""The last steps before the program: these run in the child, with nothing of the supervisor left to give away."""
import errno
import json
import os
import select
import signal

import confine
import kernel
import places
import private_root


def run_as_child(spec, uid, place, alive, report):
    """Tiers without namespaces: the child becomes the program."""
    os.setsid()
    readable = places.readable_on_host(spec, os.getpid())
    writable = places.writable_on_host(spec, place.temporary)
    confine.confine(spec, uid, readable, writable, limit_tasks=uid is not None)
    _end_if_orphan(alive)
    _exec(spec, place.temporary, report)


def run_as_first_process(spec, uid, place, alive, report):
    """Tier `namespace`: the child is process 1 of its namespace; the program is its child, and all die with it."""
    _unshare(spec["network"])
    private_root.enter(spec, place.root, place.temporary, os.getuid() if uid is None else uid)
    readable, writable = places.readable_in_private_root(), places.writable_in_private_root(spec)
    confine.confine(spec, uid, readable, writable, limit_tasks=True)
    _end_if_orphan(alive)
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            _exec(spec, "/tmp", report)
        finally:
            os._exit(127)
    signal.signal(signal.SIGTERM, lambda *_: terminate(pid))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    _reap_until(pid, report)


def _end_if_orphan(alive):
    """The wish to die with the parent begins now: a parent that is gone already is seen in its end of a pipe."""
    if select.select([alive], [], [], 0)[0]:
        os._exit(1)


def send(report, message):
    os.write(report, (json.dumps(message) + "\n").encode())


def terminate(pid):
    """Asks a whole process group to end; the leader alone while it has not made its group yet."""
    for ask in (os.killpg, os.kill):
        try:
            ask(pid, signal.SIGTERM)
            return
        except ProcessLookupError:
            continue


_terminate = terminate


def _unshare(network):
    flags = kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS
    if network == "none":
        flags |= kernel.CLONE_NEWNET
    kernel.unshare(flags)
    kernel.set_host_name("trainer")
    if network == "none":
        private_root.loopback_up()


def _reap_until(pid, report):
    while True:
        ended, status, usage = os.wait4(-1, 0)
        if ended == pid:
            send(report, {"status": status, "maxRss": usage.ru_maxrss})
            os._exit(0)


def _exec(spec, temporary, report):
    for name in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    os.umask(0o022)
    defaults = {"HOME": temporary, "TMPDIR": temporary, "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
    env = {**defaults, **spec["env"]}
    try:
        os.chdir(spec["cwd"])
    except OSError as error:
        send(report, {"missing": f"the working folder {spec['cwd']} cannot be entered: {error.strerror}"})
        os._exit(127)
    error = _become_program(spec["command"], env)
    where = "" if "/" in spec["command"][0] else f" in PATH ({_shortened(env['PATH'])})"
    send(report, {"missing": f"the program {spec['command'][0]} cannot be started{where}: {error.strerror}"})
    os._exit(127)


def _shortened(path):
    folders = list(dict.fromkeys(path.split(":")))
    return ":".join(folders[:5]) + (f" and {len(folders) - 5} more folders" if len(folders) > 5 else "")


def _become_program(command, env):
    """Returns what went wrong; the library's own search would import modules that are out of reach by this time."""
    program, worst = command[0], FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    places_to_look = [""] if "/" in program else [folder + "/" for folder in env["PATH"].split(":")]
    for place in places_to_look:
        try:
            os.execve(place + program, command, env)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            worst = error
    return worst
