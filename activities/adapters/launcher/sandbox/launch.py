"""One run from its first check to the last clean-up."""
import json
import os
import signal
import time

import confine
import kernel
import lease
import program
import scratch
import tiers
import tree
import users
import watch
from processes import Family
from refusal import Refusal
from relay import Relay
from supervise import Supervisor


def run(spec, control, pending, tell):
    """Returns how it ended. `pending` is aimed at the supervisor once there is one."""
    tiers.check(spec)
    user = _user(spec)
    uid = user[0] if user else None
    tiers.check_reach(spec, uid)
    held_lease = _lease(spec, uid)
    scratch.sweep(spec["scratch"])
    place = scratch.Scratch(spec["scratch"])
    try:
        return _run_in(spec, place, uid, control, pending, tell)
    finally:
        place.remove()
        if held_lease is not None:
            held_lease.close()


def _user(spec):
    if os.geteuid() != 0 or spec["tier"] == "none":
        return None
    try:
        return users.take(spec["uidBase"], spec["uidCount"])
    except users.NoFreeUser as error:
        raise Refusal("setup", str(error)) from error


def _lease(spec, uid):
    if spec["lease"] is None:
        return None
    try:
        return lease.take(spec["lease"], spec["key"], spec["fence"], {"uid": uid, "tier": spec["tier"]})
    except lease.LeaseLost as error:
        raise Refusal("lease", str(error)) from error


def _run_in(spec, place, uid, control, pending, tell):
    folders = [tree.hold(path) for path in (*spec["writable"], place.temporary)]
    owners = [_owner(folder, spec) for folder in folders]
    try:
        baseline = _prepare(folders, uid)
        return _start_and_watch(spec, place, uid, (folders, baseline), control, pending, tell)
    finally:
        if uid is not None:
            for folder, owner in zip(folders, owners):
                tree.give_back(folder, uid, owner)


def _prepare(folders, uid):
    try:
        if uid is not None:
            for folder in folders:
                tree.hand_over(folder, uid)
        return watch.baseline_of(folders)
    except tree.TooDeep as error:
        raise Refusal("setup", "a writable folder is nested too deep to be watched") from error


def _owner(folder, spec):
    """Who gets a folder back: its owner, or this user where a killed supervisor left it with a run's user."""
    found = os.fstat(folder)
    if spec["uidBase"] <= found.st_uid < spec["uidBase"] + spec["uidCount"]:
        return os.geteuid(), os.getegid()
    return found.st_uid, found.st_gid


def _start_and_watch(spec, place, uid, disk, control, pending, tell):
    folders, baseline = disk
    started = time.monotonic()
    relay = Relay((1, 2), uid)
    child, report = _fork(spec, place, uid, relay)
    tell({"event": "started", "pid": child, "uid": uid})
    family = Family(child, spec["tier"] == "namespace")
    watcher = watch.Watch(spec["limits"], family, folders, baseline)
    supervisor = Supervisor(spec, child, uid, watcher, relay, control)
    pending.aim(supervisor)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGHUP})
    supervisor.run()
    wall_ms = round((time.monotonic() - started) * 1000)
    return _result(supervisor, watcher, _messages(report), wall_ms)


def _fork(spec, place, uid, relay):
    """Signals wait until both sides have their handlers: process 1 of a namespace loses what it does not handle."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGHUP})
    report, report_end = os.pipe()
    alive, alive_end = os.pipe()
    if spec["tier"] == "namespace":
        _new_process_namespace()
    else:
        kernel.adopt_orphans()
    child = os.fork()
    if child == 0:
        os.close(alive_end)
        _be_child(spec, place, uid, relay, alive, report_end)
    os.close(report_end)
    os.close(alive)
    relay.close_writing_ends()
    # `alive_end` stays open: the child reads in it whether this process lives.
    return child, report


def _be_child(spec, place, uid, relay, alive, report):
    try:
        for descriptor, source in enumerate((os.open("/dev/null", os.O_RDONLY), *relay.writing_ends)):
            os.dup2(source, descriptor)
        confine.prefer_for_out_of_memory()
        if spec["tier"] == "namespace":
            program.run_as_first_process(spec, uid, place, alive, report)
        else:
            program.run_as_child(spec, uid, place, alive, report)
    except BaseException as error:
        program.send(report, {"failed": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(127)


def _new_process_namespace():
    flags = kernel.CLONE_NEWPID
    uid, gid = os.geteuid(), os.getegid()
    try:
        kernel.unshare(flags if uid == 0 else flags | kernel.CLONE_NEWUSER)
    except OSError as error:
        raise Refusal("tier", f"namespaces are not permitted here ({error.strerror})") from error
    if uid != 0:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            with open(f"/proc/self/{name}", "w", encoding="utf-8") as file:
                file.write(text)


def _messages(report):
    with os.fdopen(report, encoding="utf-8") as file:
        merged = {}
        for line in file:
            merged.update(json.loads(line))
        return merged


def _result(supervisor, watcher, messages, wall_ms):
    if "missing" in messages:
        raise Refusal("program", messages["missing"])
    if "failed" in messages:
        raise Refusal("setup", messages["failed"])
    status = messages.get("status", supervisor.status)
    code = os.waitstatus_to_exitcode(status)
    limit = supervisor.limit
    if limit is None and code == -signal.SIGXFSZ:
        limit = "disk"
    return {
        "exitCode": code if code >= 0 else None,
        "signal": signal.Signals(-code).name if code < 0 else None,
        "limit": limit,
        "cancelled": supervisor.cancelled,
        "superseded": supervisor.superseded,
        "wallMs": wall_ms,
        "peakMemoryBytes": max(watcher.peak_memory, messages.get("maxRss", supervisor.max_rss) * 1024),
    }
