# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""A socket to which the daemon sends its log, as watchgnupg has one."""

import os
import selectors
import socket
import threading

from . import Failure
from .directives import directive
from .pattern import match
from .values import words


class LogServer:
    """Listens at a path, or, without one, at a port of the loopback interface.
    What it received stays when it is closed."""

    def __init__(self, path):
        self.path = path
        if path:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(path)
        else:
            self.listener = socket.socket()
            self.listener.bind(('127.0.0.1', 0))
            self.port = self.listener.getsockname()[1]
        self.listener.listen(8)
        self.received = {}  # by the number of the connection
        self.wake, wakened = socket.socketpair()
        # Whatever becomes of the transcript, it ends with the process.
        self.thread = threading.Thread(target=self.serve, args=(wakened,),
                                       daemon=True)
        self.thread.start()

    def serve(self, wakened):
        with selectors.DefaultSelector() as selector, self.listener, wakened:
            selector.register(wakened, selectors.EVENT_READ)
            selector.register(self.listener, selectors.EVENT_READ)
            connections = {}
            while True:
                for key, _ in selector.select():
                    if key.fileobj is wakened:
                        for connection in connections:
                            connection.close()
                        return
                    if key.fileobj is self.listener:
                        connection, _ = self.listener.accept()
                        connections[connection] = len(self.received)
                        self.received[len(self.received)] = b''
                        selector.register(connection, selectors.EVENT_READ)
                        continue
                    part = key.fileobj.recv(65536)
                    self.received[connections[key.fileobj]] += part
                    if not part:
                        selector.unregister(key.fileobj)

    def close(self):
        """Not there any more, nor the socket's name."""
        self.wake.close()
        self.thread.join()
        if self.path:
            os.unlink(self.path)

    def content(self):
        return b''.join(list(self.received.values()))


@directive('log-server')
def log_server(scene, _client, rest):
    """The port's number gets a name if it is not a path."""
    place, = words(rest, 1)
    server = LogServer(place if '/' in place else None)
    if not server.path:
        scene.names[place] = str(server.port)
    scene.log_servers.append(server)


@directive('log-server-gone')
def log_server_gone(scene, _client, rest):
    words(rest, 0)
    scene.log_servers[-1].close()


@directive('log-server-has', raw=True)
def log_server_has(scene, _client, rest):
    """One of the last one's lines is this."""
    if not scene.log_servers:
        raise Failure('there is no log-server')
    server = scene.log_servers[-1]

    def lines():
        return server.content().decode('latin-1').split('\n')[:-1]
    if not scene.wait_until(lambda: any(match(rest, line, scene.names)
                                        for line in lines())):
        raise Failure('the server was not sent: %s\nbut:\n%s'
                      % (rest, '\n'.join(lines())))


@directive('log-server-deaf')
def log_server_deaf(scene, _client, rest):
    """One that takes no connection, and reads nothing."""
    path, = words(rest, 1)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(8)
    scene.deaf.append(listener)
