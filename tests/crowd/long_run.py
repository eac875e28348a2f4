#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""A long run: does the daemon stay as small as it was?

  long_run.py DAEMON CROWD CLIENT CONNECTIONS [--no-memory]

CONNECTIONS are opened and closed, with ten operations each: KEYINFO, READKEY,
SETDATA with PKSIGN; and between the tenths of them all objects are read anew.
After the first tenth, everything that is made once has been made: what the
daemon has then is what it may have at the end.  Descriptors and threads are
the same in number.  Memory may be FLAT_KIB more: what glibc keeps for each
thread apart depends on which threads met.  A leak of the smallest piece that
malloc gives, 32 bytes, at each third operation is twice as much in a run of
10000 connections, and twenty times as much in one of 100000.
--no-memory: sanitizers keep what was freed."""

import os
import subprocess
import sys
import time

from daemon import Daemon, Failure

FLAT_KIB = 512
KEYS = 100
CLIENTS = 4
OPERATIONS = 10
PARTS = 10
# For the threads of connections that were closed to end.
SETTLE_SECONDS = 60


def settle(daemon, threads):
    deadline = time.monotonic() + SETTLE_SECONDS
    while daemon.threads() > threads and time.monotonic() < deadline:
        time.sleep(0.02)


def run(daemon, client, connections):
    """What the daemon has after each part."""
    socket = daemon.ask("GETINFO socket_name")[0].split(" ", 1)[1]
    daemon.ask("CHECKPIN")
    grips = daemon.keys()
    threads = daemon.threads()
    found = []
    for _ in range(PARTS):
        begin = time.monotonic()
        subprocess.run([client, socket, str(CLIENTS),
                        str(connections // PARTS), str(OPERATIONS), *grips],
                       check=True)
        daemon.keys()
        settle(daemon, threads)
        found.append({"RSS": daemon.memory(), "fds": daemon.descriptors(),
                      "threads": daemon.threads()})
        print(f"{time.monotonic() - begin:.1f} s:", found[-1], flush=True)
    return found


def check(found, with_memory):
    first, last = found[0], found[-1]
    for name in ("fds", "threads"):
        if first[name] != last[name]:
            raise Failure(f"{name}: {first[name]}, then {last[name]}")
    if with_memory and last["RSS"] > first["RSS"] + FLAT_KIB:
        raise Failure(f"{first['RSS']} KiB, then {last['RSS']} KiB")


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    daemon, crowd, client, connections = sys.argv[1:5]
    try:
        with Daemon(daemon, os.path.abspath(crowd),
                    {"KEYS": KEYS, "KINDS": "rsa", "LOGIN": "keys"},
                    mode="--multi-server") as server:
            check(run(server, client, int(connections)),
                  "--no-memory" not in sys.argv)
    except (Failure, subprocess.CalledProcessError) as failure:
        sys.exit(f"long_run.py: {failure}")


if __name__ == "__main__":
    main()
