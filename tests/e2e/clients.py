#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Many clients of a daemon's socket.

  clients.py together SOCKET N           N clients at once: all are connected
                                         before the first says anything
  clients.py short SOCKET N PID          N short connections beside four
                                         clients that sign all the time
  clients.py fill SOCKET PID             take all connections there are; room is
                                         made; the descriptors are used up
  clients.py no-thread SOCKET PID        there is no memory for a thread
  clients.py idle SOCKET FILE            use the token, make FILE, and say nothing
                                         more until the daemon ends it
  clients.py as UID SOCKET served        what a process of the user UID hears,
  clients.py as UID SOCKET refused       having sent KILLSCD before

Exit status 1 and a message if it is not as it has to be."""

import hashlib
import os
import re
import resource
import socket
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'protocol'))
# pylint: disable=wrong-import-position
from replay import Failure  # noqa: E402
from replay.peer import Peer, unescape  # noqa: E402

TIMEOUT = 120
N_WORKERS = 4
SHA256 = bytes.fromhex('3031300d060960864801650304020105000420')


class Client:
    """A connection that was greeted."""

    def __init__(self, path, key=None):
        self.peer = Peer.connect(path, TIMEOUT)
        self.key = key
        self.greeting = self.peer.take()

    def ask(self, command):
        """The data of its answer; Failure if that is not OK."""
        self.peer.type_line(command)
        data = ''
        lines = []
        while True:
            line = self.peer.take()
            if line == 'OK' or line.startswith('OK '):
                return unescape(data), lines
            if line.startswith('D '):
                data += line[2:]
            elif line.startswith('S '):
                lines.append(line)
            else:
                raise Failure('%s: %s' % (command, line))

    def sign(self, text):
        """Sign TEXT; the signature has to be the one of this text."""
        digest = hashlib.sha256(text).digest()
        self.ask('SETDATA ' + digest.hex())
        signature, _ = self.ask('PKSIGN --hash=sha256 ' + self.key.grip)
        info = SHA256 + digest
        size = (self.key.n.bit_length() + 7) // 8
        block = b'\0\1' + b'\xff' * (size - len(info) - 3) + b'\0' + info
        number = pow(int.from_bytes(signature, 'big'), self.key.e, self.key.n)
        if number.to_bytes(size, 'big') != block:
            raise Failure('this is the signature of something else')

    def drop(self):
        self.peer.drop()


class Key:
    """The one key of the token."""

    def __init__(self, path):
        client = Client(path)
        _, lines = client.ask('KEYINFO --list')
        self.grip = lines[0].split()[2]
        data, _ = client.ask('READKEY ' + self.grip)
        self.n, self.e = (int.from_bytes(self.number(data, name), 'big')
                          for name in (b'n', b'e'))
        client.drop()

    @staticmethod
    def number(data, name):
        found = re.search(rb'\(1:' + name + rb'(\d+):', data)
        return data[found.end():found.end() + int(found.group(1))]


class Crew:
    """Threads whose failures are not lost."""

    def __init__(self):
        self.failures = []
        self.threads = []

    def start(self, work, *args):
        def guarded():
            try:
                work(*args)
            # pylint: disable=broad-except
            except Exception as error:
                self.failures.append('%s: %s' % (type(error).__name__, error))
        self.threads.append(threading.Thread(target=guarded, daemon=True))
        self.threads[-1].start()

    def wait(self):
        for thread in self.threads:
            thread.join(TIMEOUT)
            if thread.is_alive():
                raise Failure('a client waits for ever')
        if self.failures:
            raise Failure('%d clients failed: %s'
                          % (len(self.failures), self.failures[0]))


def together(path, number):
    key = Key(path)
    clients = [Client(path, key) for _ in range(number)]
    barrier = threading.Barrier(number)

    def work(index):
        client = clients[index]
        if not client.greeting.startswith('OK'):
            raise Failure(client.greeting)
        barrier.wait(TIMEOUT)
        for turn in range(3):
            client.sign(b'%d of %d' % (turn, index))
            _, lines = client.ask('KEYINFO --list')
            if len(lines) != 1 or key.grip not in lines[0]:
                raise Failure('KEYINFO: %s' % lines)
    crew = Crew()
    for index in range(number):
        crew.start(work, index)
    crew.wait()


class Workers:
    """Clients that sign until they are told to stop."""

    def __init__(self, path, number=N_WORKERS):
        self.key = Key(path)
        self.crew = Crew()
        self.done = [0] * number
        self.stop = False
        self.clients = [Client(path, self.key) for _ in range(number)]
        for index in range(number):
            self.crew.start(self.work, index)

    def work(self, index):
        while not self.stop:
            self.clients[index].sign(b'%d, %d' % (index, self.done[index]))
            self.done[index] += 1

    def let_work(self, times=1):
        """Until each has signed so often from now on."""
        wanted = [done + times for done in self.done]
        deadline = time.monotonic() + TIMEOUT
        while any(a < b for a, b in zip(self.done, wanted)):
            if self.crew.failures or time.monotonic() > deadline:
                raise Failure('the working clients do not go on: %s'
                              % self.crew.failures)
            time.sleep(0.01)

    def end(self):
        self.stop = True
        self.crew.wait()
        for client in self.clients:
            client.drop()


def open_fds(pid):
    return len(os.listdir('/proc/%d/fd' % pid))


def wait_until(what, condition):
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > deadline:
            raise Failure('has not come true: ' + what)
        time.sleep(0.02)


def visit(path, kind):
    """One short connection."""
    if kind == 0:  # gone before the greeting
        sock = socket.socket(socket.AF_UNIX)
        sock.connect(path)
        sock.close()
        return
    client = Client(path)
    if not client.greeting.startswith('OK'):
        raise Failure(client.greeting)
    if kind == 1:
        client.ask('BYE')
        if client.peer.peek() is not None:
            raise Failure('something comes after BYE')
    elif kind == 2:
        client.ask('GETINFO version')
    elif kind == 3:  # in the middle of a line
        client.peer.send(b'KEYIN')
    elif kind == 4:  # without waiting for the answer
        client.peer.type_line('KEYINFO --list')
    client.drop()


def short(path, number, pid):
    workers = Workers(path)
    workers.let_work()
    before = open_fds(pid)
    crew = Crew()

    def visits(first):
        for index in range(first, number, 4):
            visit(path, index % 5)
    for first in range(4):
        crew.start(visits, first)
    crew.wait()
    workers.let_work()
    wait_until('%d descriptors as before' % before,
               lambda: open_fds(pid) <= before)
    workers.end()


def fill(path, pid):
    """With few descriptors: when no client gets one any more, the working one
    and its module still do, and who leaves makes room."""
    workers = Workers(path, 1)
    workers.let_work()
    clients = []
    while len(clients) < 300:
        clients.append(Client(path))
        if not clients[-1].greeting.startswith('OK'):
            break
    if not clients[-1].greeting.startswith('ERR ') or len(clients) < 4:
        raise Failure('client %d heard: %s'
                      % (len(clients), clients[-1].greeting))
    workers.let_work(3)
    clients.pop().drop()
    clients.pop().drop()

    def is_served():
        client = Client(path)
        client.drop()
        return client.greeting.startswith('OK')
    wait_until('there is room for one more', is_served)
    use_up(path, pid, workers)
    for client in clients:
        client.ask('NOP')
        client.drop()
    workers.end()


def use_up(path, pid, workers):
    """No descriptor at all: who comes waits until there is one."""
    limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    workers.stop = True
    workers.crew.wait()
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, limits[1]))
    late = socket.socket(socket.AF_UNIX)
    late.connect(path)
    late.settimeout(1)
    try:
        raise Failure('without a descriptor: %r' % late.recv(100))
    except socket.timeout:
        pass
    workers.clients[0].ask('NOP')
    resource.prlimit(pid, resource.RLIMIT_NOFILE, limits)
    late.settimeout(TIMEOUT)
    if not late.recv(100).startswith(b'OK'):
        raise Failure('who came when there was no descriptor is not served')
    late.close()


def no_thread(path, pid):
    first = Client(path)
    first.ask('GETINFO pid')
    limits = resource.prlimit(pid, resource.RLIMIT_AS)
    before = open_fds(pid)
    resource.prlimit(pid, resource.RLIMIT_AS, (4096, limits[1]))
    refused = [Client(path) for _ in range(20)]
    for client in refused:
        if not client.greeting.startswith('ERR '):
            raise Failure('without memory: ' + client.greeting)
        if client.peer.peek() is not None:
            raise Failure('a client that was refused is still connected')
    wait_until('%d descriptors as before' % before,
               lambda: open_fds(pid) <= before)
    resource.prlimit(pid, resource.RLIMIT_AS, limits)
    first.ask('GETINFO pid')
    later = Client(path)
    later.ask('GETINFO pid')


def idle(path, name):
    client = Client(path, Key(path))
    client.sign(b'before')
    with open(name, 'wb'):
        pass
    line = client.peer.peek()
    if line is not None:
        raise Failure('an idle client heard: ' + line)


def as_user(uid, path, expected):
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    sock = socket.socket(socket.AF_UNIX)
    sock.settimeout(TIMEOUT)
    sock.connect(path)
    if expected == 'served':
        with sock.makefile('rwb') as stream:
            stream.write(b'GETINFO version\n')
            stream.flush()
            lines = [stream.readline() for _ in range(3)]
        if [line[:2] for line in lines] != [b'OK', b'D ', b'OK']:
            raise Failure('uid %d heard: %s' % (uid, lines))
        return
    try:
        sock.sendall(b'KILLSCD\nBYE\n')
    except BrokenPipeError:
        pass
    heard = b''
    try:
        while True:
            more = sock.recv(1000)
            if not more:
                break
            heard += more
    except ConnectionResetError:
        pass
    if not re.fullmatch(rb'ERR \d+ Permission denied <SCD>[^\n]*\n', heard):
        raise Failure('uid %d heard: %r' % (uid, heard))


def main(arguments):
    mode, *rest = arguments
    if mode == 'together':
        together(rest[0], int(rest[1]))
    elif mode == 'short':
        short(rest[0], int(rest[1]), int(rest[2]))
    elif mode == 'fill':
        fill(rest[0], int(rest[1]))
    elif mode == 'no-thread':
        no_thread(rest[0], int(rest[1]))
    elif mode == 'idle':
        idle(rest[0], rest[1])
    elif mode == 'as':
        as_user(int(rest[0]), rest[1], rest[2])
    else:
        raise Failure('unknown: ' + mode)


if __name__ == '__main__':
    try:
        main(sys.argv[1:])
    except Failure as error:
        sys.exit('%s: %s' % (' '.join(sys.argv[1:3]), error))
