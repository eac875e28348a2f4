#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""A server that says what it is told to, to test the runner with.

  SAY TEXT|TEXT...   send these lines
  LOG TEXT           write it to standard error, then OK
  ASK TEXT           send it, read lines up to END or CAN, then OK
  KEEP TEXT          remember it, then OK
  CALL N             make N calls of C_GetInfo through the shim, then OK
  STATUS N           OK; end with this status"""

import ctypes
import os
import socket
import sys
import tempfile
import threading


def call_module(times):
    """C_GetFunctionList, then the fourth of the function pointers."""
    shim = ctypes.CDLL(os.environ['FAKE_SHIM'])
    functions = ctypes.POINTER(ctypes.c_void_p)()
    if shim.C_GetFunctionList(ctypes.byref(functions)) != 0:
        sys.exit(9)
    # A version of two bytes, padded, comes before the pointers.
    prototype = ctypes.CFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p)
    get_info = prototype(functions[3])
    for _ in range(times):
        get_info(None)


def serve(lines, out, socket_name):
    """One connection; the status to end with."""
    def send(text):
        out.write(text + b'\n')
        out.flush()
    status = 0
    kept = []
    send(b'OK ready')
    for line in lines:
        command, _, rest = line.rstrip(b'\n').partition(b' ')
        if command == b'SAY':
            for text in rest.split(b'|'):
                send(text)
            continue
        if line.startswith(b'GETINFO socket_name'):
            send(b'D ' + socket_name.encode())
        elif command == b'LOG':
            os.write(2, rest + b'\n')
        elif command == b'ASK':
            send(rest)
            while lines.readline().strip() not in (b'END', b'CAN', b''):
                continue
        elif command == b'KEEP':
            kept.append(rest)
        elif command == b'CALL':
            call_module(int(rest))
        elif command == b'STATUS':
            status = int(rest)
        send(b'OK')
    return status


def serve_connection(connection, name):
    with connection, connection.makefile('rwb') as stream:
        serve(stream, stream, name)


def serve_socket(listener, name, clients):
    while True:
        connection, _ = listener.accept()
        client = threading.Thread(target=serve_connection,
                                  args=(connection, name))
        clients.append(client)
        client.start()


def main():
    folder = tempfile.mkdtemp(prefix='fake-')
    name = os.path.join(folder, 'S')
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
        listener.listen()
        clients = []
        threading.Thread(target=serve_socket, args=(listener, name, clients),
                         daemon=True).start()
        status = serve(sys.stdin.buffer, sys.stdout.buffer, name)
        for client in clients:
            client.join()
        os.unlink(name)
        if 'keep-folder' not in sys.argv:
            os.rmdir(folder)
        os._exit(status)


main()
