# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""A process for each item and program, to which every process that is started
there comes back: nothing lives on when it ends."""

import ctypes
import json
import os
import resource
import shutil
import signal
import sys
import traceback

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000


def become_reaper():
    """What is orphaned below us becomes our child."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children(of=None):
    """The processes whose parent we are."""
    of = os.getpid() if of is None else of
    found = []
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                with open('/proc/%s/stat' % name, encoding='latin-1') as f:
                    fields = f.read().rpartition(')')[2].split()
            except OSError:
                continue
            if int(fields[1]) == of and fields[0] != 'Z':
                found.append(int(name))
    return found


def threads(pid):
    """Of each thread of a process, in their order: its id, its state ('S' if
    it waits for something), the time it has had."""
    found = []
    try:
        names = sorted(os.listdir('/proc/%d/task' % pid))
    except OSError:
        return []
    for name in names:
        try:
            with open('/proc/%d/task/%s/stat' % (pid, name),
                      encoding='latin-1') as f:
                fields = f.read().rpartition(')')[2].split()
        except OSError:
            continue
        found.append((name, fields[0], fields[11], fields[12]))
    return found


def reap():
    """Take notice of children that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def end_children():
    """Kill all there are, and those that become ours by that."""
    for _ in range(1000):
        found = children()
        if not found:
            reap()
            return
        for pid in found:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            pass


def private_folders(folders):
    """In this process and its children, each of these places is a folder of
    ours: {place: folder}."""
    uid, gid = os.getuid(), os.getgid()
    flags = CLONE_NEWNS | (CLONE_NEWUSER if uid else 0)
    if LIBC.unshare(flags) != 0:
        return False
    if uid:
        for name, text in (('setgroups', 'deny'),
                           ('uid_map', '%d %d 1' % (uid, uid)),
                           ('gid_map', '%d %d 1' % (gid, gid))):
            with open('/proc/self/' + name, 'w', encoding='ascii') as f:
                f.write(text)
    return LIBC.mount(b'none', b'/', None, MS_REC | MS_PRIVATE, None) == 0 \
        and all(LIBC.mount(os.fsencode(folder), os.fsencode(place), None,
                           MS_BIND, None) == 0
                for place, folder in folders.items())


def can_have_private_folders():
    """Is this process allowed to do that?  Tried in a child."""
    pid = os.fork()
    if pid == 0:
        done = False
        try:
            done = private_folders({'/etc': '/tmp'})
        finally:
            os._exit(0 if done else 1)
    return os.waitpid(pid, 0)[1] == 0


def make_etc(folder, home):
    """As little of /etc as programs need, and a home of our own in it."""
    os.mkdir(folder)
    for name in ('ld.so.cache', 'group', 'localtime'):
        if os.path.exists('/etc/' + name):
            shutil.copy('/etc/' + name, folder)
    with open(folder + '/nsswitch.conf', 'w', encoding='ascii') as f:
        f.write('passwd: files\ngroup: files\n')
    with open('/etc/passwd', encoding='utf-8') as f:
        others = [line for line in f
                  if line.split(':')[2:3] != [str(os.getuid())]]
    with open(folder + '/passwd', 'w', encoding='utf-8') as f:
        f.write('me:x:%d:%d::%s:/bin/sh\n' % (os.getuid(), os.getgid(), home))
        f.writelines(others)


def start(function, result, *arguments):
    """Call the function in a process of its own, which writes what it returns
    to the file: {"record": ...}, or {"broken": why}.  Its process id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: os._exit(
            end_children() or 1))
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        become_reaper()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.umask(0o022)
        try:
            content = function(*arguments)
        finally:
            end_children()
        with open(result, 'w', encoding='utf-8') as f:
            json.dump(content, f)
        status = 0
    except BaseException:  # the parent has to be told whatever it is
        with open(result, 'w', encoding='utf-8') as f:
            json.dump({'broken': traceback.format_exc()}, f)
    finally:
        os._exit(status)
