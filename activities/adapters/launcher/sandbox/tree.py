"""Walks folders that a hostile program wrote: never through a link, never by a long path."""
import os
import stat

MAX_DEPTH, MAX_PATH_BYTES = 100, 2000
# An empty file costs an entry and an inode.
LEAST_BYTES = 4096


class TooDeep(Exception):
    """Folders are nested deeper, or with longer names, than others could walk or remove by path."""


def hold(folder):
    """A descriptor that stays with this folder, whatever its name is given to later."""
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _refuse_depth(_parent, _name):
    raise TooDeep


def entries(folder, too_deep=_refuse_depth, share=1):
    """
    Yields (descriptor of the parent folder, name, its lstat) for everything below a held folder. `too_deep` is called
    with the parent and the name of a folder beyond the limits, which are divided by `share`.
    """
    stack = [_listing(os.open(".", os.O_RDONLY | os.O_DIRECTORY, dir_fd=folder), 0)]
    try:
        while stack:
            descriptor, names, length = stack[-1]
            if not names:
                os.close(stack.pop()[0])
                continue
            name = names.pop()
            try:
                found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            except (FileNotFoundError, PermissionError):
                continue
            yield descriptor, name, found
            if not stat.S_ISDIR(found.st_mode):
                continue
            length += len(os.fsencode(name)) + 1
            if len(stack) > MAX_DEPTH // share or length > MAX_PATH_BYTES // share:
                too_deep(descriptor, name)
            else:
                _descend(stack, descriptor, name, length)
    finally:
        for descriptor, _, _ in stack:
            os.close(descriptor)


def _descend(stack, parent, name, length):
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        # Gone or swapped since it was listed; closed only to a supervisor that is no stronger than the program.
        return
    stack.append(_listing(descriptor, length))


def _listing(descriptor, length):
    return descriptor, os.listdir(descriptor), length


def cost(found):
    return max(LEAST_BYTES, found.st_blocks * 512)


def hand_over(folder, uid):
    """Gives a held folder to the user of the run. A file with a second name elsewhere stays whose it is."""
    for parent, name, found in entries(folder):
        if stat.S_ISDIR(found.st_mode) or found.st_nlink == 1:
            os.chown(name, uid, uid, dir_fd=parent, follow_symlinks=False)
    os.fchown(folder, uid, uid)


def give_back(folder, uid, owner):
    """Takes back what the user of the run owns."""
    for parent, name, found in entries(folder):
        if found.st_uid == uid:
            os.chown(name, *owner, dir_fd=parent, follow_symlinks=False)
    os.fchown(folder, *owner)


def prune(folder):
    """Removes what lies deep enough to be in anybody's way later. Nobody else may be writing there."""
    for _ in entries(folder, too_deep=lambda parent, name: remove(name, parent), share=2):
        pass


def remove(path, base=None):
    """Removes a tree of any depth, `path` being seen from the held folder `base`. Nobody else may be writing there."""
    home = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        start = home if base is None else base
        os.fchdir(start)
        _empty(path)
        os.fchdir(start)
        os.rmdir(path)
    except FileNotFoundError:
        return
    finally:
        os.fchdir(home)
        os.close(home)


def _empty(path):
    """Goes down by changing the working directory, so that no path grows long."""
    os.chdir(path)
    names = [os.listdir(".")]
    while names:
        if not names[-1]:
            names.pop()
            os.chdir("..")
            if names:
                os.rmdir(names[-1].pop())
            continue
        name = names[-1][-1]
        if stat.S_ISDIR(os.lstat(name).st_mode):
            os.chmod(name, 0o700)
            os.chdir(name)
            names.append(os.listdir("."))
        else:
            os.unlink(name)
            names[-1].pop()
