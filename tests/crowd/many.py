#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Many keys, many tokens, much that is hidden: what they cost in calls of the
module, and in memory.

  many.py DAEMON CROWD SHIM KEYS MEMORY CASE

KEYS is how many there are where there are many; MEMORY what the daemon may
have at most, the module with it, in MiB (0: it is not looked at, since
sanitizers take what they like).  CASE is the name of a function below."""

import os
import sys
import tempfile

from daemon import DIGEST, Daemon, Failure

# The functions of which a look at objects makes more the more there are.
PER_OBJECT = ("C_FindObjects", "C_GetAttributeValue")


class Lab:
    def __init__(self, daemon, crowd, shim, keys, memory):
        # pylint: disable=too-many-arguments,too-many-positional-arguments
        self.programs = (daemon, os.path.abspath(crowd))
        self.shim = os.path.abspath(shim)
        self.keys = int(keys)
        self.memory = int(memory)

    def start(self, shim=None, home=None, **crowd):
        return Daemon(*self.programs, crowd, shim=shim, home=home)

    def check_memory(self, daemon, what):
        """Neither now nor at any moment before."""
        for name in ("VmRSS", "VmHWM"):
            has = daemon.memory(name)
            print(f"{what}: {name} {has / 1024:.1f} MiB")
            if self.memory and has > self.memory * 1024:
                raise Failure(f"{what}: {name} is {has} KiB, more than "
                              f"{self.memory} MiB")


def expect(what, got, wanted):
    if got != wanted:
        raise Failure(f"{what}: {got}, not {wanted}")


def forced_calls(lab, keys, **crowd):
    """The calls of a look at everything, its keys seen and logged in."""
    with lab.start(shim=lab.shim, KEYS=keys, **crowd) as daemon:
        if crowd.get("LOGIN", "no") != "no":
            daemon.ask("CHECKPIN")
        expect("keys", len(daemon.keys()), keys)
        return daemon.calls("LEARN --force")


def scan(lab):
    """Ten times as many keys: exactly ten times as many calls for objects, and
    of every other kind as many as before."""
    for crowd in ({}, {"CERTS": 0}, {"CERTS": 2, "LOGIN": "keys"},
                  {"SILENT": "yes", "IDS": "none", "LOGIN": "keys"},
                  {"SILENT": "yes", "IDS": "one"}):
        few, more, many = (forced_calls(lab, n, **crowd)
                           for n in (64, 640, 6400))
        objects = 2 + crowd.get("CERTS", 1)
        print(f"{crowd}: {dict(many)}")
        expect("C_GetAttributeValue",
               many["C_GetAttributeValue"] - more["C_GetAttributeValue"],
               10 * (more["C_GetAttributeValue"] - few["C_GetAttributeValue"]))
        if many["C_GetAttributeValue"] > 2 * objects * 6400:
            raise Failure("more than two calls for an object")
        # 64 are found at a time.
        if many["C_FindObjects"] > objects * 6400 / 64 + 2 * objects:
            raise Failure(f"{many['C_FindObjects']} calls of C_FindObjects")
        for function in PER_OBJECT:
            del few[function], many[function]
        expect("other functions", many, few)


def use(lab):
    """A key among many costs as many calls as one alone."""
    for crowd in ({"KEYS": 1}, {"KEYS": lab.keys},
                  {"KEYS": 10, "TOKENS": 200}):
        with lab.start(shim=lab.shim, LOGIN="keys", **crowd) as daemon:
            grips, refs = daemon.names()
            for i in {0, len(grips) // 2, len(grips) - 1}:
                daemon.ask("SETDATA " + DIGEST)
                daemon.ask(f"PKSIGN --hash=sha256 {grips[i]}")
                commands = [("KEYINFO " + grips[i], 0)]
                for name in (grips[i], refs[i]):
                    commands += [("READKEY " + name, 0),
                                 ("READCERT " + name, 0),
                                 ("PKSIGN --hash=sha256 " + name, 2),
                                 ("PKAUTH " + name, 2)]
                for command, calls in commands:
                    expect(command, sum(daemon.calls(command).values()), calls)


def memory(lab):
    """As many keys as there may be, looked at again and again."""
    for crowd in ({"CERTS": 0}, {"CERTS": 1}, {"LOGIN": "keys"},
                  {"LOGIN": "all", "SILENT": "yes"},
                  {"KEYS": lab.keys // 200, "TOKENS": 200}):
        crowd = {"KEYS": lab.keys, **crowd}
        with lab.start(**crowd) as daemon:
            if "LOGIN" in crowd:
                daemon.ask("CHECKPIN")
            grips = [daemon.keys() for _ in range(4)][-1]
            expect("keys", len(grips), crowd["KEYS"])
            daemon.ask("SETDATA " + DIGEST)
            for grip in grips[:: 1 + len(grips) // 100]:
                daemon.ask("KEYINFO " + grip)
                daemon.ask("READKEY " + grip)
                daemon.ask(f"PKSIGN --hash=sha256 {grip}")
            expect("KEYINFO --list", len(daemon.ask("KEYINFO --list")),
                   lab.keys)
            lab.check_memory(daemon, str(crowd))


def tokens(lab):
    """200 tokens: all are listed, and each is found by its number."""
    n = 200
    with lab.start(shim=lab.shim, TOKENS=n, KEYS=5) as daemon:
        daemon.ask("SERIALNO")
        cards = daemon.ask("GETINFO card_list")
        serials = [line.split(" ")[2] for line in cards]
        expect("tokens", len(set(serials)), n)
        expect("keys", len(daemon.ask("KEYINFO --list")), 5 * n)
        # One for the list of slots, one for each token.
        calls = daemon.calls("SERIALNO")
        if sum(calls.values()) > 2 + n:
            raise Failure(f"SERIALNO with {n} tokens: {dict(calls)}")
        for serial in serials[::20]:
            daemon.ask("SERIALNO --demand=" + serial)
            expect(serial, len(daemon.keys()), 5)


def limit(lab):
    """More objects than are read of a token: as many keys as there is room for
    are offered, those whose halves were seen."""
    with lab.start(KEYS=33000, CERTS=0) as daemon:
        grips = daemon.keys()
        print(f"{len(grips)} keys of 33000")
        if not 32768 <= len(grips) < 33000:
            raise Failure(f"{len(grips)} keys of 33000")
        daemon.ask("SETDATA " + DIGEST)
        daemon.ask(f"PKSIGN --hash=sha256 {grips[0]}")


def hidden(lab):
    """A token that shows nothing without a login: some of what it has is
    remembered, and all of it is known after the next login."""
    with tempfile.TemporaryDirectory() as home:
        crowd = {"KEYS": lab.keys, "LOGIN": "all"}
        with lab.start(home=home, **crowd) as daemon:
            expect("before the login", daemon.keys(), [])
            daemon.ask("CHECKPIN")
            grips = daemon.keys()
            expect("after it", len(grips), lab.keys)
        files = os.listdir(os.path.join(home, "gnupg-pkcs11-scd.d"))
        expect("files", len(files), 1)
        with lab.start(home=home, shim=lab.shim, **crowd) as daemon:
            known = daemon.keys()
            print(f"{len(known)} keys of {lab.keys} are remembered")
            if not known or len(known) > 1024 or set(known) - set(grips):
                raise Failure(f"{len(known)} keys are remembered")
            expect("KEYINFO", sum(daemon.calls(
                "KEYINFO " + known[-1]).values()), 0)
            daemon.ask("SETDATA " + DIGEST)
            daemon.ask(f"PKSIGN --hash=sha256 {known[-1]}")
            expect("after the login", daemon.keys(), grips)
            lab.check_memory(daemon, "hidden")


CASES = {case.__name__: case
         for case in (scan, use, memory, tokens, limit, hidden)}


def main():
    if len(sys.argv) != 7 or sys.argv[6] not in CASES:
        sys.exit(__doc__)
    try:
        CASES[sys.argv[6]](Lab(*sys.argv[1:6]))
    except Failure as failure:
        sys.exit(f"many.py: {sys.argv[6]}: {failure}")


if __name__ == "__main__":
    main()
