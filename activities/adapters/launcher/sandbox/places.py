"""What of the machine a program may see beside the folders it was given."""
import os

PROGRAM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")

# No key material: /etc/ssl holds a private folder beside its certificates.
SETTINGS = (
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/pki/tls/certs",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
)
# Numerical libraries count cores and caches here.
HARDWARE = ("/sys/devices/system/cpu", "/sys/devices/system/node")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
NAMES = ("/etc/passwd", "/etc/group", "/etc/hosts", "/etc/nsswitch.conf")
RESOLVER = "/etc/resolv.conf"
# Without a process namespace /proc shows everybody's command lines: only what libraries ask for is opened.
PROCESS_FACTS = (
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/uptime",
    "/proc/version",
    "/proc/sys/kernel/osrelease",
    "/proc/sys/vm/overcommit_memory",
)


def readable_on_host(spec, process):
    """The list for Landlock where the program stays in the root of the machine."""
    resolver = (RESOLVER,) if spec["network"] == "full" else ()
    own = (f"/proc/{process}",)
    return (*PROGRAM_FOLDERS, *SETTINGS, *HARDWARE, *NAMES, *resolver, *PROCESS_FACTS, *own, *spec["readOnly"])


def writable_on_host(spec, temporary):
    return (*DEVICES, *spec["devices"], *spec["writable"], temporary)


def readable_in_private_root():
    return ("/",)


def writable_in_private_root(spec):
    return (*DEVICES, "/dev/shm", "/tmp", *spec["devices"], *spec["writable"])


def closed_to(uid, path, ancestors, itself):
    """The first place on the way to `path` that a stranger with this uid cannot pass or read, or None."""
    real = os.path.realpath(path)
    if ancestors:
        passed = [os.path.dirname(real)]
        while passed[-1] != "/":
            passed.append(os.path.dirname(passed[-1]))
        for place in reversed(passed):
            if not _open_to(uid, place, 1):
                return place
    if itself and not _open_to(uid, real, 5 if os.path.isdir(real) else 4):
        return real
    return None


def _open_to(uid, place, wanted):
    found = os.stat(place)
    bits = found.st_mode >> 6 if found.st_uid == uid else found.st_mode
    return bits & wanted == wanted
