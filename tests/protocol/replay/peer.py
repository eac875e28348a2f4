# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""One Assuan client: a pipe or a socket, read line by line.

Lines are str with one character for each byte (latin-1)."""

import collections
import os
import re
import select
import socket
import time

from . import Failure

# What an Assuan server may send.
SERVER_LINE = re.compile(r'(OK|ERR \d+|S|D|INQUIRE|END|#)( .*)?', re.DOTALL)
MAX_LINE = 1000


class Peer:
    """A connection to the daemon."""

    def __init__(self, read_fd, write_fd, timeout, sock=None):
        self.read_fd = read_fd
        self.write_fd = write_fd
        self.timeout = timeout
        self.sock = sock
        self.buffer = b''
        self.lines = collections.deque()
        self.ended = False
        self.data = None
        self.inquiry = ''

    @classmethod
    def connect(cls, path, timeout):
        """A client of the socket at path."""
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(timeout)
        try:
            sock.connect(path)
        except OSError as error:
            raise Failure('cannot connect to %s: %s' % (path, error))
        sock.setblocking(True)
        return cls(sock.fileno(), sock.fileno(), timeout, sock)

    def send(self, data):
        """Type these bytes."""
        if self.write_fd is None:
            raise Failure('this connection is closed')
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self.write_fd, view):]
        except BrokenPipeError:
            raise Failure('the daemon has closed this connection')

    def type_line(self, line):
        """Type a line; a command makes earlier data old."""
        if not re.match(r'(D|END|CAN)( |$)', line):
            self.data = None
        self.send(line.encode('latin-1') + b'\n')

    def close(self):
        """No more input for the daemon."""
        if self.write_fd is None:
            return
        if self.sock:
            self.sock.shutdown(socket.SHUT_WR)
        else:
            os.close(self.write_fd)
        self.write_fd = None

    def drop(self):
        """Forget the connection altogether."""
        if self.sock:
            self.sock.close()
        else:
            self.close()
            os.close(self.read_fd)

    def fill(self, deadline):
        """Read more; False at the end of the connection."""
        left = max(0, deadline - time.monotonic())
        if not select.select([self.read_fd], [], [], left)[0]:
            raise Failure('nothing came within %d seconds' % self.timeout)
        try:
            more = os.read(self.read_fd, 65536)
        except ConnectionResetError:
            more = b''
        self.buffer += more
        *whole, self.buffer = self.buffer.split(b'\n')
        for line in whole:
            self.lines.append(self.checked(line))
        if not more:
            self.ended = True
            if self.buffer:
                raise Failure('the connection ended within a line: %r'
                              % self.buffer)
        return bool(more)

    @staticmethod
    def checked(line):
        """The line, if it is one that Assuan allows."""
        if len(line) > MAX_LINE:
            raise Failure('a line of %d bytes came' % len(line))
        text = line.decode('latin-1')
        if not SERVER_LINE.fullmatch(text):
            raise Failure('this is no Assuan line: %r' % text)
        return text

    def peek(self, index=0):
        """The next line, or the index-th after it; None if there is none."""
        deadline = time.monotonic() + self.timeout
        while len(self.lines) <= index:
            if self.ended or not self.fill(deadline):
                return None
        return self.lines[index]

    def take(self, index=0):
        """The same, and it is gone."""
        line = self.peek(index)
        if line is None:
            raise Failure('the daemon closed the connection')
        del self.lines[index]
        if line.startswith('INQUIRE '):
            self.inquiry = line[8:]
        return line

    def take_data(self):
        """What the D lines that come next say, joined; or what they said
        when it was taken for the same command before."""
        if self.data is not None:
            return self.data
        line = self.peek()
        if line is None or not line.startswith('D '):
            raise Failure('expected data, got: %s' % line)
        text = ''
        while line is not None and line.startswith('D '):
            text += self.take()[2:]
            line = self.peek()
        self.data = unescape(text)
        return self.data


def unescape(text):
    """The bytes that a D line stands for."""
    def byte(found):
        return chr(int(found.group(1), 16))
    return re.sub('%([0-9A-Fa-f]{2})', byte, text).encode('latin-1')


def is_last(line):
    """Does the line end an answer, or ask the client?"""
    return re.match(r'(OK|ERR|INQUIRE)( |$)', line) is not None
