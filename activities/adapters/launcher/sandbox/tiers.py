"""What a tier needs of this machine and of the folders of a run, before anything is started."""
import os

import kernel
import places
import seccomp
from refusal import Refusal


def check(spec):
    if spec["tier"] == "uid":
        _check_uid_tier(spec)


def check_reach(spec, uid):
    """With a user of its own, a run reads what is open to everybody, and what it was handed over."""
    if uid is None:
        return
    own_root = spec["tier"] == "namespace"
    for path in spec["readOnly"]:
        _reach(uid, path, ancestors=not own_root, itself=True)
    if own_root:
        return
    for path in (*spec["writable"], f"{spec['scratch']}/any"):
        _reach(uid, path, ancestors=True, itself=False)
    program = _find(spec["command"][0], spec["env"].get("PATH", os.defpath))
    if program is not None:
        _reach(uid, program, ancestors=True, itself=False)


def _check_uid_tier(spec):
    if os.geteuid() != 0:
        raise Refusal("tier", "giving a run a user of its own takes root")
    if kernel.landlock_version() == 0:
        raise Refusal("tier", "the kernel has no Landlock (5.13 or newer, with landlock in its lsm= list)")
    if not seccomp.available():
        raise Refusal("tier", f"the filter that closes sockets is made for x86_64, this is {os.uname().machine}")


def _reach(uid, path, ancestors, itself):
    closed = places.closed_to(uid, path, ancestors, itself)
    if closed is not None:
        raise Refusal(
            "tier",
            f"{path} is out of reach for a user of its own: {closed} is closed to others "
            f"(chmod o+rx '{closed}', or move it elsewhere)",
        )


def _find(program, search):
    """Where a program lies; None for one that only the working folder can tell."""
    if "/" in program:
        return program if os.path.isabs(program) and os.path.exists(program) else None
    found = (os.path.join(folder, program) for folder in search.split(os.pathsep))
    return next((path for path in found if os.path.isfile(path)), None)
