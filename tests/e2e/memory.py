#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Whether the daemon's memory grows with what it is asked.
"""usage: memory.py DAEMON HOME PIN FEW ROUNDS COMMAND...

Starts the daemon, sends it the COMMANDs, all of them in each round, and fails
if ROUNDS rounds take more memory than the FEW before them.  Each question for
a PIN is answered.  What is allowed is a quarter of what it takes if each round
loses the smallest piece of memory there is: holes that the heap has at first
take some of these.

The measure is the kernel's count of private memory that can be written; with
the settings below the heap grows and shrinks by single pages.  With
MEMORY_ONLY_LEAKS in the environment nothing is measured: a build with
sanitizers looks for leaks itself at its end, and takes memory of its own."""

import os
import re
import subprocess
import sys

# The least that malloc takes, bytes.
SMALLEST = 32
HEAP = {"MALLOC_ARENA_MAX": "1", "MALLOC_TOP_PAD_": "0",
        "MALLOC_TRIM_THRESHOLD_": "0"}


class Daemon:
    def __init__(self, program, home, pin):
        self.pin = pin.encode()
        self.process = subprocess.Popen(
            [program, "--server", "--homedir", home], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env={**os.environ, **HEAP})
        self.hear("the start")

    def say(self, line):
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def hear(self, command):
        """The lines up to OK."""
        lines = []
        for line in self.process.stdout:
            if line.startswith(b"OK"):
                return lines
            if line.startswith(b"ERR"):
                sys.exit(f"FAILED: {command}: {line!r}")
            if line.startswith(b"INQUIRE NEEDPIN"):
                self.say(b"D " + self.pin)
                self.say(b"END")
            lines.append(line)
        sys.exit(f"FAILED: {command}: the daemon is gone")

    def ask(self, command):
        self.say(command.encode())
        return self.hear(command)

    def memory(self):
        """Kilobytes.  The files that would tell more are root's alone."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmData:\s*(\d+)", status.read()).group(1))

    def end(self):
        self.process.stdin.close()
        status = self.process.wait()
        if status != 0:
            sys.exit(f"FAILED: the daemon ended with status {status}")


def repeat(daemon, commands, rounds):
    for _ in range(rounds):
        for command in commands:
            # SETDATA has no answer; all else is asked for the sake of one.
            if not daemon.ask(command) and not command.startswith("SETDATA"):
                sys.exit(f"FAILED: {command}: an empty answer")


def main():
    program, home, pin, few, rounds, *commands = sys.argv[1:]
    rounds = int(rounds)
    daemon = Daemon(program, home, pin)
    repeat(daemon, commands, int(few))
    allowed = rounds * SMALLEST // 4 // 1024
    # What is lost is lost each time; an allocator that puts its memory in
    # another order does that once.
    for _ in range(3):
        before = daemon.memory()
        repeat(daemon, commands, rounds)
        growth = daemon.memory() - before
        print(f"{rounds} x {', '.join(commands)}: {before} KiB, then {growth} "
              f"KiB more of {allowed} KiB")
        if growth <= allowed or os.environ.get("MEMORY_ONLY_LEAKS"):
            break
    daemon.end()
    if growth > allowed and not os.environ.get("MEMORY_ONLY_LEAKS"):
        sys.exit("FAILED: that is too much")


if __name__ == "__main__":
    main()
