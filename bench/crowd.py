# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The section of the benchmark with many keys and many tokens.

The module is that of tests/crowd, whose calls cost next to nothing: what is
measured is the daemon."""

import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "crowd"))

# pylint: disable=wrong-import-position
from daemon import DIGEST, PIN, Daemon  # noqa: E402

MANY = 10000
# How the crowds are called, and what they are.
ONE, KEYS, TOKENS = "1 key", "10000 keys", "200 tokens"
CROWDS = {ONE: {"KEYS": 1},
          KEYS: {"KEYS": MANY},
          TOKENS: {"KEYS": MANY // 200, "TOKENS": 200}}
SCANS = (100, 1000, MANY)
SIGN_MS = 20


def start(lab, **crowd):
    return Daemon(lab.program("src/gnupg-pkcs11-scd"),
                  lab.program("tests/crowd/libcrowd.so"),
                  {"KINDS": "rsa", "LOGIN": "keys", **crowd},
                  mode="--multi-server")


def time_scan(daemon):
    """Milliseconds of a look at all objects."""
    begin = time.monotonic()
    daemon.ask("SERIALNO")
    daemon.ask("LEARN --force --keypairinfo")
    return (time.monotonic() - begin) * 1000


def scan_times(lab, rounds):
    """With 100, 1000 and 10000 keys, with certificates and without."""
    found = {}
    for certs in (0, 1):
        daemons = {n: start(lab, KEYS=n, CERTS=certs) for n in SCANS}
        times = {n: [] for n in SCANS}
        for daemon in daemons.values():
            daemon.ask("CHECKPIN")
        for _ in range(rounds):
            for n, daemon in daemons.items():
                times[n].append(time_scan(daemon))
        found["with certificates" if certs else "without"] = {
            str(n): statistics.median(times[n]) for n in SCANS}
        for daemon in daemons.values():
            daemon.stop()
    return found


def load(lab, daemon, seconds, *lines, clients=1):
    """The last of LINES again and again: answers a second, and their median
    time in microseconds."""
    socket = daemon.ask("GETINFO socket_name")[0].split(" ", 1)[1]
    out = subprocess.run(
        [lab.program("bench/load"), socket, PIN, str(clients), str(seconds),
         *lines[:-1], "--", lines[-1]],
        stdout=subprocess.PIPE, text=True, check=True).stdout
    return [float(word) for word in out.split()[:2]]


def commands(daemon):
    """What is timed, with a key from among the others."""
    grips = daemon.keys()
    grip = grips[len(grips) * 2 // 3]
    return {"KEYINFO": ("NOP", "KEYINFO " + grip),
            "READKEY": ("NOP", "READKEY " + grip),
            "PKSIGN": ("SETDATA " + DIGEST, "PKSIGN --hash=sha256 " + grip),
            "SERIALNO": ("NOP", "SERIALNO")}


def use_times(lab, rounds, seconds):
    """Each command with one key and with many, one after the other; and what
    memory each daemon has in the end and had at most, in MiB."""
    daemons = {name: start(lab, **crowd) for name, crowd in CROWDS.items()}
    times = {}
    for daemon in daemons.values():
        daemon.ask("CHECKPIN")
    lines = {name: commands(daemon) for name, daemon in daemons.items()}
    for _ in range(rounds):
        for command in lines[ONE]:
            for name, daemon in daemons.items():
                times.setdefault(command, {}).setdefault(name, []).append(
                    load(lab, daemon, seconds, *lines[name][command])[1])
    found = {"us": {command: {name: statistics.median(values)
                              for name, values in by_crowd.items()}
                    for command, by_crowd in times.items()},
             "MiB": {name: [daemon.memory("VmRSS") / 1024,
                            daemon.memory("VmHWM") / 1024]
                     for name, daemon in daemons.items()}}
    for daemon in daemons.values():
        daemon.stop()
    return found


def slow_rates(lab, rounds, seconds):
    """Signatures a second by 1 and by 8 clients of a token that takes SIGN_MS
    for each, and nothing else: nobody has to wait for a processor."""
    daemon = Daemon(lab.program("src/gnupg-pkcs11-scd"),
                    lab.program("tests/crowd/libcrowd.so"),
                    {"KINDS": "rsa", "LOGIN": "keys", "KEYS": 1},
                    shim=lab.program("tests/shim/libp11shim.so"),
                    mode="--multi-server")
    daemon.ask("CHECKPIN")
    lines = commands(daemon)["PKSIGN"]
    with open(os.path.join(daemon.folder.name, "script"), "w",
              encoding="ascii") as script:
        print("delay C_Sign", SIGN_MS, file=script)
    rates = {1: [], 8: []}
    for _ in range(rounds):
        for clients, values in rates.items():
            values.append(load(lab, daemon, seconds, *lines,
                               clients=clients)[0])
    daemon.stop()
    return {str(clients): statistics.median(values)
            for clients, values in rates.items()}


def crowd_section(lab, options):
    """Takes half a minute with nine rounds of half a second."""
    found = use_times(lab, options.rounds, options.seconds / 2)
    found["slow"] = slow_rates(lab, max(3, options.rounds // 2),
                               2 * options.seconds)
    found["scan_ms"] = scan_times(lab, max(2, options.rounds // 3))
    return found


def show_crowd(found):
    print("\nMany keys: microseconds for a command, and how many times that "
          "with one key")
    print(" " * 12 + "".join(f"{name:>20}" for name in CROWDS))
    for command, times in found["us"].items():
        print(f"{command:<12}" + "".join(
            f"{times[name]:12.1f} ({times[name] / times[ONE]:5.2f})"
            for name in CROWDS))
    print(f"{'MiB now':<12}" + "".join(
        f"{found['MiB'][name][0]:12.1f}        " for name in CROWDS))
    print(f"{'MiB at most':<12}" + "".join(
        f"{found['MiB'][name][1]:12.1f}        " for name in CROWDS))
    one, eight = found["slow"]["1"], found["slow"]["8"]
    print(f"\nA token that takes {SIGN_MS} ms a signature: {one:.1f} a second "
          f"for 1 client, {eight:.1f} for 8: {eight / one:.2f} times")
    print("\nA look at all objects, milliseconds (microseconds for each key):")
    for name, times in found["scan_ms"].items():
        print(f"  {name:<20}" + "".join(
            f"{n:>6} keys {ms:8.1f} ({ms * 1000 / int(n):6.1f})"
            for n, ms in times.items()))
