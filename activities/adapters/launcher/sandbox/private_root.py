"""A root of the program's own: system folders read-only, the folders it was given, and nothing else."""
import errno
import fcntl
import os
import socket
import stat
import struct

import kernel
import places

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


def enter(spec, folder, temporary, uid):
    """Leaves the caller in the new root. `folder` is an empty one that the new root is put on."""
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", folder, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755,size=4m")
    _system(folder)
    _names(folder, spec["network"], uid)
    _devices(folder, spec)
    _mount_proc(folder)
    _bind(folder, temporary, "/tmp", read_only=False)
    given = [(path, True) for path in spec["readOnly"]] + [(path, False) for path in spec["writable"]]
    for path, read_only in sorted(given, key=lambda pair: pair[0].count("/")):
        _bind(folder, path, path, read_only)
    kernel.swap_root(folder)
    kernel.restrict_mount("/", read_only=True, recursive=False)


def loopback_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("16sH22x", b"lo", 0)
        flags = struct.unpack("16sH22x", fcntl.ioctl(probe, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(probe, _SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", flags | _IFF_UP))


def _system(folder):
    for path in places.PROGRAM_FOLDERS:
        if os.path.islink(path):
            os.symlink(os.readlink(path).lstrip("/"), folder + path)
        elif os.path.isdir(path):
            _bind(folder, path, path, read_only=True)
    for path in (*places.SETTINGS, *places.HARDWARE):
        if os.path.exists(path):
            _bind(folder, path, path, read_only=True)


def _names(folder, network, uid):
    os.makedirs(folder + "/etc", exist_ok=True)
    _write(folder + "/etc/passwd", f"trainer:x:{uid}:{uid}::/tmp:/bin/sh\n")
    _write(folder + "/etc/group", f"trainer:x:{uid}:\n")
    _write(folder + "/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")
    _write(folder + "/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n")
    if network == "full" and os.path.exists(places.RESOLVER):
        _bind(folder, places.RESOLVER, places.RESOLVER, read_only=True)


def _devices(folder, spec):
    for path in (*places.DEVICES, *spec["devices"]):
        _bind(folder, path, path, read_only=False)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink("/proc/self/fd" + target, f"{folder}/dev/{name}")
    os.mkdir(folder + "/dev/shm")
    size = spec["limits"]["memoryBytes"]
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    kernel.mount("tmpfs", folder + "/dev/shm", "tmpfs", flags, f"mode=1777,size={size}")


def _mount_proc(folder):
    os.mkdir(folder + "/proc")
    try:
        kernel.mount("proc", folder + "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    except OSError as error:
        # A user namespace below a masked /proc may not mount a fresh one: the folder stays empty.
        if error.errno != errno.EPERM:
            raise


def _bind(folder, source, path, read_only):
    target = folder + path
    if stat.S_ISDIR(os.stat(source).st_mode):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_RDONLY | os.O_NOFOLLOW, 0o644))
    kernel.mount(os.path.realpath(source), target, None, kernel.MS_BIND | kernel.MS_REC)
    kernel.restrict_mount(target, read_only)


def _write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
