"""A trainer that attacks: `hostile.py MARKER ATTACK [ARGUMENT ...]`. Says what it got as `GOT ...`, else `DENIED ...`."""
import ctypes
import glob
import os
import signal
import socket
import subprocess
import sys
import time

OUTPUT = os.environ.get("RATCHET_OUTPUT", ".")
libc = ctypes.CDLL(None, use_errno=True)


def attempt(what, action):
    try:
        print(f"GOT {what} {action()}", flush=True)
    except OSError as error:
        print(f"DENIED {what} {error.strerror or error}", flush=True)


def call(result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def read(*paths):
    for path in paths:
        attempt(path, lambda: open(path, "rb").read(200))
        attempt(f"list of {path}", lambda: os.listdir(os.path.dirname(path)))


def write(*paths):
    for path in paths:
        attempt(path, lambda: open(path, "w").write("hostile"))


def environments():
    found = b""
    for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                found += file.read()
        except OSError:
            continue
    print(f"READ {found!r}")


def trace(pid):
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    attempt("ptrace", lambda: call(libc.ptrace(16, int(pid), None, None)))
    attempt("memory", lambda: open(f"/proc/{pid}/mem", "rb"))
    attempt("signal", lambda: os.kill(int(pid), signal.SIGKILL))


def connect(port, path, abstract):
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"), (socket.AF_INET, "0.0.0.0")):
        attempt(f"tcp {address}", lambda: socket.socket(family).connect((address, int(port))))
    for family, address in ((socket.AF_UNIX, path), (socket.AF_UNIX, "\0" + abstract)):
        attempt(f"unix {address!r}", lambda: socket.socket(family).connect(address))


def reach_out(port):
    def send(address):
        return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"canary", address)

    attempt("udp outside", lambda: send(("192.0.2.1", 53)))
    attempt("udp inside", lambda: send_to_loopback(int(port)))
    attempt("metadata", lambda: socket.create_connection(("169.254.169.254", 80), timeout=5))
    attempt("dns", lambda: socket.getaddrinfo("example.com", 443))
    attempt("raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
    attempt("packet", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
    attempt("vsock", lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM))


def send_to_loopback(port):
    """A loopback of its own may take the datagram: what counts is that the listener outside sees none."""
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"canary", ("127.0.0.1", port))
    raise OSError("sent into the dark")


def fork_bomb():
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.001)


def fill_disk(folder):
    block = b"x" * 1024 * 1024
    for number in range(10_000):
        with open(f"{folder}/{number}", "wb") as file:
            for _ in range(4):
                file.write(block)


def fill_disk_unseen(folder):
    path = f"{folder}/unseen"
    files = []
    while True:
        files.append(open(path, "wb"))
        os.unlink(path)
        files[-1].write(b"x" * 1024 * 1024)
        files[-1].flush()


def nest(folder):
    os.chdir(folder)
    for _ in range(400):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    sleep()


def one_large_file(folder):
    with open(f"{folder}/large", "wb") as file:
        while True:
            file.write(b"x" * 1024 * 1024)


def fill_memory():
    held = []
    while True:
        held.append(bytearray(os.urandom(4096)) * 4096)


def fill_memory_in_many():
    for _ in range(8):
        if os.fork() == 0:
            held = bytearray(os.urandom(4096)) * 20_000
            sleep(held)
    sleep()


def fill_memory_unseen():
    files = []
    while True:
        files.append(os.memfd_create("unseen"))
        os.write(files[-1], b"x" * 8 * 1024 * 1024)


def share_pages():
    """Honest: a large parent whose children read what it holds."""
    held = bytearray(os.urandom(4096)) * 30_000
    children = [os.fork() for _ in range(1)]
    for _ in range(5):
        if all(children):
            children.append(os.fork())
    time.sleep(1.5)
    sys.exit(0 if held else 1)


def ignore_term():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("READY", flush=True)
    sleep()


def save_on_term():
    def save(*_):
        with open(f"{OUTPUT}/saved", "w") as file:
            file.write("saved")
        sys.exit(0)

    signal.signal(signal.SIGTERM, save)
    print("READY", flush=True)
    sleep()


def print_without_end():
    block = b"all work and no play makes a dull log\n" * 2000
    while True:
        os.write(1, block)


def sleep(*_):
    while True:
        time.sleep(1)


def escape():
    """Twice forked, in a session of its own, with the pipes closed: what a daemon does."""
    for ends in (False, True):
        if os.fork() == 0:
            os.setsid()
            if os.fork() > 0:
                os._exit(0)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            if ends:
                os.closerange(0, 3)
            sleep()
    time.sleep(0.3)
    print("ESCAPED", flush=True)


def escape_and_stay():
    escape()
    sleep()


def become_more():
    attempt("setuid", lambda: os.setuid(0))
    attempt("mount", lambda: call(libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None)))
    attempt("user namespace", lambda: call(libc.unshare(0x10000000)))
    attempt("child in a namespace", lambda: call(libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)))
    attempt("chroot", lambda: os.chroot("/tmp"))
    attempt("io_uring", lambda: call(libc.syscall(425, 8, ctypes.create_string_buffer(256))))
    attempt("bpf", lambda: call(libc.syscall(321, 0, None, 0)))
    attempt("keys", lambda: call(libc.syscall(250, 0, -3, 0, 0, 0)))
    attempt("shared memory", lambda: call(libc.syscall(29, 0, 4096, 0o1600)))
    attempt("kernel log", lambda: call(libc.syscall(103, 3, ctypes.create_string_buffer(256), 256)))
    attempt("su", lambda: subprocess.check_output(["su", "-c", "id"], stderr=subprocess.STDOUT))


def lay_traps(folder, target):
    os.symlink(target, f"{folder}/model.onnx")
    os.symlink(os.path.dirname(target), f"{folder}/plots")
    os.mkfifo(f"{folder}/metrics.jsonl")
    with open(f"{folder}/notes.md", "w") as file:
        file.write("notes")
    os.link(f"{folder}/notes.md", f"{folder}/again.md")
    attempt("hard link", lambda: os.link(target, f"{folder}/stolen"))


def make_setuid(folder):
    path = f"{folder}/setuid"
    with open(path, "w") as file:
        file.write("#!/bin/sh\nid\n")
    os.chmod(path, 0o6755)


def end_parents(*pids):
    for pid in (os.getppid(), 1, *map(int, pids)):
        attempt(f"kill {pid}", lambda: os.kill(pid, signal.SIGKILL))
    print("ALIVE", flush=True)


ATTACKS = {name: value for name, value in globals().items() if callable(value) and not name.startswith("_")}

if __name__ == "__main__":
    ATTACKS[sys.argv[2]](*sys.argv[3:])
