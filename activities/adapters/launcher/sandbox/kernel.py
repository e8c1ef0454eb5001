"""The few calls of Linux that Python's standard library does not offer."""
import ctypes
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP = 1, 4, 22, 24
_PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 36, 38, 47

# These four have the same number on every architecture.
_SYS_MOUNT_SETATTR, _SYS_LANDLOCK_CREATE, _SYS_LANDLOCK_ADD, _SYS_LANDLOCK_RESTRICT = 442, 444, 445, 446
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID = 1, 2
_LANDLOCK_VERSION, _LANDLOCK_PATH_BENEATH = 1, 1


def _must(result, what):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _path(text):
    return None if text is None else os.fsencode(text)


def _word(number):
    return ctypes.c_ulong(number)


def _prctl(option, *arguments):
    words = [_word(number) for number in (*arguments, 0, 0, 0, 0)[:4]]
    return _libc.prctl(option, *words)


def unshare(flags):
    _must(_libc.unshare(flags), "unshare")


def mount(source, target, kind, flags, options=None):
    result = _libc.mount(_path(source), _path(target), _path(kind), _word(flags), _path(options))
    _must(result, f"mount {kind or source or ''} on {target}")


def restrict_mount(target, read_only, recursive=True):
    """No setuid on a mount and what is mounted below it, and no writing where asked."""
    attributes = _MOUNT_ATTR_NOSUID | (_MOUNT_ATTR_RDONLY if read_only else 0)
    block = struct.pack("QQQQ", attributes, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    result = _libc.syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, _path(target), flags, block, _word(len(block)))
    _must(result, f"mount_setattr {target}")


def swap_root(folder):
    """Makes `folder` the root of this mount namespace and lets go of the old one."""
    os.chdir(folder)
    _must(_libc.pivot_root(b".", b"."), "pivot_root")
    _must(_libc.umount2(b".", 2), "umount of the old root")
    os.chdir("/")


def set_host_name(name):
    _must(_libc.sethostname(name.encode(), _word(len(name))), "sethostname")


def die_with_parent(signal_number):
    _must(_prctl(_PR_SET_PDEATHSIG, signal_number), "prctl PDEATHSIG")


def adopt_orphans():
    _must(_prctl(_PR_SET_CHILD_SUBREAPER, 1), "prctl CHILD_SUBREAPER")


def hide_from_debuggers():
    _must(_prctl(_PR_SET_DUMPABLE, 0), "prctl DUMPABLE")


def no_new_privileges():
    _must(_prctl(_PR_SET_NO_NEW_PRIVS, 1), "prctl NO_NEW_PRIVS")


def empty_bounding_set():
    """Ends at the first capability that this kernel does not know."""
    for capability in range(64):
        if _prctl(_PR_CAPBSET_DROP, capability) < 0:
            return


def drop_capabilities():
    header = struct.pack("Ii", 0x20080522, 0)
    _must(_libc.capset(header, bytes(24)), "capset")
    _prctl(_PR_CAP_AMBIENT, 4)


def install_filter(program):
    """`program` is classic BPF, 8 bytes an instruction."""
    code = ctypes.create_string_buffer(program, len(program))
    block = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    holder = ctypes.create_string_buffer(block, len(block))
    _must(_prctl(_PR_SET_SECCOMP, 2, ctypes.addressof(holder)), "prctl SECCOMP")


def landlock_version():
    """0 where the kernel has none, or has it switched off."""
    return max(0, _libc.syscall(_SYS_LANDLOCK_CREATE, None, _word(0), _LANDLOCK_VERSION))


def landlock_ruleset(files, network, scoped, version):
    block = struct.pack("QQQ", files, network, scoped)
    size = 8 if version < 4 else 16 if version < 6 else 24
    return _must(_libc.syscall(_SYS_LANDLOCK_CREATE, block, _word(size), 0), "landlock_create_ruleset")


def landlock_allow(ruleset, rights, descriptor):
    rule = struct.pack("=Qi", rights, descriptor)
    _must(_libc.syscall(_SYS_LANDLOCK_ADD, ruleset, _LANDLOCK_PATH_BENEATH, rule, 0), "landlock_add_rule")


def landlock_enforce(ruleset):
    _must(_libc.syscall(_SYS_LANDLOCK_RESTRICT, ruleset, 0), "landlock_restrict_self")
