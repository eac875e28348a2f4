#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a signature makes the module and the system do, ours and that of 0.10:
never more, whatever else the machine does.

  test_work.py BUILD

How fast either is says the benchmark."""

import collections
import os
import re
import shutil
import sys
import tempfile
import unittest

import run

if len(sys.argv) < 2:
    sys.exit(__doc__)
BUILD = os.path.abspath(sys.argv.pop(1))
# So many signatures between two marks.
SIGNATURES = 20
# It is known by how much is read: strace cannot look into a process that hides
# its memory, unless it is root's.
MARK = "NOP " + 149 * "-"
# "4711 read(6, "NOP"..., 1002) = 154", or what began before.
BEGUN = re.compile(r"(\d+) +(\w+)\((\d*)")
RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>")
RESULT = re.compile(r"\) += (\d+)$")


def between_marks(trace):
    """The system calls, as (name, descriptor), of the thread that read two
    marks, from the one to the other."""
    calls, marks = collections.defaultdict(list), {}
    with open(trace, encoding="latin-1") as stream:
        for line in stream:
            begun = BEGUN.match(line)
            at = begun or RESUMED.match(line)
            if at is None:
                continue
            made = calls[at[1]]
            if begun is not None:
                made.append((begun[2], begun[3]))
            result = RESULT.search(line)
            if (made and made[-1][0] == "read" and result is not None and
                    int(result[1]) == len(MARK) + 1):
                if at[1] in marks:
                    return made[marks[at[1]]:-1], made[-1][1]
                marks[at[1]] = len(made)
    raise RuntimeError(f"{trace}: no two marks")


class Work(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="bench.")
        cls.addClassCleanup(folder.cleanup)
        cls.lab = run.Lab(BUILD, folder.name)
        cls.addClassCleanup(cls.lab.stop_servers)
        cls.token = run.Token(BUILD, cls.lab.path("token"),
                              "rsa2048:01:rsa:cert")

    def test_module(self):
        """Ours makes those calls of theirs without which there is no
        signature, and no other."""
        ours, theirs = (
            run.calls_of(self.lab, self.token, lambda module, env, start=start:
                         start(self.token, module=module, env=env))
            for start in (self.lab.ours, self.lab.theirs))
        for how in ("PKSIGN by reference", "PKSIGN by keygrip"):
            self.assertEqual(ours[how], {"C_SignInit": 1, "C_Sign": 1})
            self.assertEqual(ours[how] - theirs[how], {})
            self.assertGreater(sum(theirs[how].values()), 2)

    def trace(self, who, words, env, name, client_of=None):
        """The system calls of SIGNATURES by WHO, by name; and how many of them
        read what the client says.  NAME: 0 for the key's reference, 1 for its
        keygrip."""
        trace = self.lab.path("trace")
        server = self.lab.serve(
            ["strace", "-f", "-qq", "-o", trace, *words], env)
        key = run.old_key(server)[name]
        # The PIN; and what is found then is known.
        server.ask(run.SETDATA)
        server.ask("PKSIGN --hash=sha256 " + key)
        client = client_of(server) if client_of is not None else server
        client.ask(run.SETDATA)
        client.ask("PKSIGN --hash=sha256 " + key)
        client.ask(MARK)
        for _ in range(SIGNATURES):
            client.ask("PKSIGN --hash=sha256 " + key)
        client.ask(MARK)
        if client is not server:
            client.close()
        self.lab.stop_servers()
        calls, descriptor = between_marks(trace)
        named = collections.Counter(name for name, _ in calls)
        reads = calls.count(("read", descriptor))
        print(f"{who}: {len(calls) / SIGNATURES:.1f} system calls a "
              f"signature: {dict(named)}", flush=True)
        return named, reads

    def test_system(self):
        ours = self.lab.ours_words(self.token.module)
        named, reads = self.trace("ours", ours, self.token.env, 0)
        # The answer to the mark is in it, the read of the second mark is not.
        self.assertEqual(reads, SIGNATURES)
        self.assertEqual(named["write"], SIGNATURES + 1)
        # For a command, and for room for the answer.
        self.assertEqual(named["poll"], 2 * (SIGNATURES + 1))
        self.assertEqual(named["sendto"], 0)
        for name, how in enumerate(("reference", "keygrip")):
            theirs, _ = self.trace(
                "0.10 by " + how, self.lab.old_words(self.token.module),
                self.lab.old_env(self.token.env), name)
            self.assertLessEqual(sum(named.values()), sum(theirs.values()))

    def test_system_by_socket(self):
        named, reads = self.trace(
            "ours by its socket", self.lab.ours_words(self.token.module),
            self.token.env, 0, lambda server: run.SocketClient(server.socket))
        self.assertEqual(reads, SIGNATURES)
        self.assertEqual(named["poll"], SIGNATURES + 1)
        self.assertEqual(named["sendto"], SIGNATURES + 1)
        self.assertEqual(named["write"], 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as some_folder:
        lab = run.Lab(BUILD, some_folder)
        for missing, what in ((not lab.has_old, "gnupg-pkcs11-scd 0.10"),
                              (shutil.which("strace") is None, "strace")):
            if missing:
                print("skipped: there is no", what)
                sys.exit(77)
        # Ends here, as one that is skipped, if there is no SoftHSM.
        run.Token(BUILD, lab.path("token"))
    unittest.main()
