#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Runs a program in a terminal of its own and holds a written dialogue with it.
"""usage: dialogue.py [--transcript FILE] COMMAND [ARGUMENT...] <DIALOGUE
       dialogue.py --self-test

DIALOGUE, line by line:
  # ...      a comment
  < TEXT     wait until the program has written TEXT
  ~ REGEX    wait until it has written something that matches; its groups are
             {1}, {2}, ... in later lines
  > TEXT     type TEXT and the Enter key
What was waited for is used up: the next line waits for something later.  At
the end of the dialogue the program has to end by itself.

Nothing is waited for longer than E2E_PATIENCE seconds (60 by default).  All
the program wrote goes to FILE, without carriage returns and control
sequences.  The exit status is the program's, or 99 if the dialogue went
otherwise; then what was said is shown."""

import os
import pty
import re
import select
import signal
import sys
import time

FAILED = 99
CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>()][0-9A-B]?|[\r\a]")


class Surprise(Exception):
    """The program did not say what it should have said."""


class Terminal:
    """A program at the other end of a pseudo-terminal."""

    def __init__(self, command, patience):
        self.patience = patience
        self.written = b""
        self.position = 0
        self.ended = False
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "dumb"
            try:
                os.execvp(command[0], command)
            except OSError as error:
                print(f"cannot run {command[0]}: {error}", flush=True)
            os._exit(127)

    def text(self):
        """All that was written, as a person sees it."""
        return CONTROL.sub("", self.written.decode("utf-8", "replace"))

    def read(self, deadline):
        """Take what there is; False if that was all there will ever be."""
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self.fd], [], [], left)[0]:
            raise Surprise(f"nothing happened for {self.patience} s")
        try:
            some = os.read(self.fd, 65536)
        except OSError:  # the terminal has been closed
            some = b""
        self.written += some
        self.ended = some == b""
        return not self.ended

    def wait_for(self, pattern):
        """The match of PATTERN in what has not been used up yet."""
        deadline = time.monotonic() + self.patience
        while True:
            match = re.compile(pattern).search(self.text(), self.position)
            if match:
                self.position = match.end()
                return match
            if self.ended or not self.read(deadline):
                raise Surprise("the program ended")

    def type(self, text):
        os.write(self.fd, text.encode() + b"\n")

    def end(self):
        """Wait for the end of the program; its exit status."""
        deadline = time.monotonic() + self.patience
        while not self.ended and self.read(deadline):
            pass
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid != 0:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > deadline:
                raise Surprise("the program does not end")
            time.sleep(0.02)

    def close(self):
        if self.pid != 0:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


def parse(lines):
    """The steps of a dialogue: (kind, text)."""
    for line in lines:
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        if line[0] not in "<~>" or line[1:2] not in ("", " "):
            raise ValueError(f"not a line of a dialogue: {line}")
        yield line[0], line[2:]


def take_step(terminal, kind, text, groups):
    if groups:
        text = re.sub(r"\{(\d)\}", lambda m: groups[int(m[1]) - 1], text)
    if kind == ">":
        terminal.type(text)
        return groups
    pattern = re.escape(text) if kind == "<" else text
    return terminal.wait_for(pattern).groups() or groups


def converse(command, steps, patience):
    """Exit status and text, with the reason in it if things went wrong."""
    terminal = Terminal(command, patience)
    step = ("", "")
    groups = ()
    try:
        for step in steps:
            groups = take_step(terminal, *step, groups)
        step = ("", "the end")
        return terminal.end(), terminal.text()
    except (Surprise, OSError) as error:
        waiting = f"{step[0]} {step[1]}".strip()
        return FAILED, f"{terminal.text()}\n*** at '{waiting}': {error}\n"
    finally:
        terminal.close()


def self_test():
    script = 'echo "1) eel 2) cow"; read a; echo "got <$a>"; test -t 0'
    cases = [
        (["< 1)", "~ (\\d)\\) cow", "> {1}", "< got <2>"], 60, 0),
        (["< cow", "> x", "< got <y>"], 60, FAILED),
        (["< cow", "< eel", "> x"], 1, FAILED),
        (["< 1)"], 1, FAILED),
    ]
    failures = 0
    for lines, patience, wanted in cases:
        status, text = converse(["sh", "-c", script], list(parse(lines)),
                                patience)
        if status != wanted:
            print(f"{lines}: {status} instead of {wanted}: {text}")
            failures += 1
    status, _ = converse(["sh", "-c", "exit 3"], [], 60)
    if status != 3:
        print(f"exit status 3 is reported as {status}")
        failures += 1
    print(f"{len(cases) + 1} dialogues, {failures} went otherwise")
    return 1 if failures else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    transcript = None
    if arguments[:1] == ["--transcript"] and len(arguments) > 1:
        transcript = arguments[1]
        arguments = arguments[2:]
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    patience = float(os.environ.get("E2E_PATIENCE", "60"))
    status, text = converse(arguments, list(parse(sys.stdin)), patience)
    if transcript:
        with open(transcript, "w", encoding="utf-8") as stream:
            stream.write(text)
    if status == FAILED or not transcript:
        sys.stdout.write(text)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
