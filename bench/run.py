#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Measures the daemon against the module alone, a bare server and 0.10.
"""usage: run.py BUILD [--rounds N] [--seconds S] [--only SECTION,...]
              [--document]

BUILD is a build folder.  Sections: calls, work, start, rsa2048, p256, ed25519,
slow, crowd.
Everything is measured in one run on throw-away tokens of SoftHSM: in each
round every candidate gets a slice of SECONDS, one after the other, so that
whatever else the machine does hits all alike; what counts is the median of
the slices.  BUILD/old has gnupg-pkcs11-scd 0.10, unpacked; without it the
rows that need it are left out, and without valgrind the section work.  The
results go to BUILD/bench.json, too; with --document, which takes all sections,
also into docs/performance.md and its plot."""

import argparse
import collections
import glob
import json
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import crowd
import plot

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "..", "docs", "performance.md")
PLOT = os.path.join(HERE, "..", "docs", "performance.svg")
BEGIN = "<!-- ./dev bench --document writes from here -->\n"
END = "<!-- to here -->\n"
MAKE_TOKEN = os.path.join(HERE, "..", "tests", "token", "make-token.sh")
PIN = "123456"
DIGEST = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
DIGEST_INFO = "3031300D060960864801650304020105000420" + DIGEST
SECTIONS = ("calls", "work", "start", "rsa2048", "p256", "ed25519", "slow",
            "crowd")
SETDATA = "SETDATA " + DIGEST_INFO
# OpenSSL blinds RSA anew at each 32nd: a multiple of that counts it evenly.
SOME_SIGNATURES = 64
# What ends the measurement; none is lost, for they are blocked until then.
AWAITED = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)
# CKA_ID, type, and what the module is given to sign.
KINDS = (("01", "rsa2048", DIGEST_INFO), ("02", "p256", DIGEST),
         ("03", "ed25519", DIGEST))
# The token whose calls take time: a network, and a device that computes.
CALL_MS, SIGN_MS = 2, 20
SLOW = f"delay * {CALL_MS}\ndelay C_Sign {SIGN_MS - CALL_MS}\n"


class Token:
    """A throw-away token and the environment in which it is found."""

    def __init__(self, build, folder, *keys):
        words = ["sh", MAKE_TOKEN, folder,
                 os.path.join(build, "tests/token/keymaker"), "bench", PIN,
                 *keys]
        result = subprocess.run(words, stdout=subprocess.PIPE, text=True,
                                check=False)
        if result.returncode != 0:
            sys.exit(result.returncode)
        values = dict(line.split("=", 1)
                      for line in result.stdout.split("\n") if "=" in line)
        values = {name: value.strip("'") for name, value in values.items()}
        self.module = values.pop("MODULE")
        self.env = dict(os.environ, TMPDIR=folder, **values)
        self.env.pop("GNUPG_PKCS11_SOCKETDIR", None)


class Client:
    """Who talks to a server, by two streams of bytes."""

    def __init__(self):
        self.to_server = self.from_server = None

    def meet(self, to_server, from_server):
        self.to_server = to_server
        self.from_server = from_server
        self.read()  # the greeting

    def read(self):
        return self.from_server.readline().decode("latin-1").rstrip("\n")

    def write(self, text):
        self.to_server.write(text.encode())
        self.to_server.flush()

    def ask(self, command):
        """The lines of an answer before OK."""
        self.write(command + "\n")
        lines = []
        while True:
            line = self.read()
            if line.startswith("OK"):
                return lines
            if line.startswith("ERR") or not line:
                raise RuntimeError(f"{command}: {line}")
            if line.startswith("INQUIRE"):
                self.write(f"D {PIN}\nEND\n")
            else:
                lines.append(line)


class SocketClient(Client):
    """One more client of a server, by way of its socket."""

    def __init__(self, path):
        super().__init__()
        with socket.socket(socket.AF_UNIX) as connected:
            connected.connect(path)
            stream = connected.makefile("rwb")
        self.meet(stream, stream)

    def close(self):
        self.to_server.close()


class Server(Client):
    """A daemon with a socket, as gpg-agent starts it, or the bare server, and
    its first client."""

    def __init__(self, words, env, path=None, stderr=None):
        super().__init__()
        self.words = words
        self.env = env
        self.stderr = stderr
        self.process = None
        self.socket = None
        self.start(path)

    def start(self, path=None):
        # pylint: disable=consider-using-with
        self.process = subprocess.Popen(
            self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.stderr, env=self.env)
        self.meet(self.process.stdin, self.process.stdout)
        self.socket = path or self.ask(
            "GETINFO socket_name")[0].split(" ", 1)[1]

    def stop(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Lab:
    """The programs, the servers that run until it is left, and the caller's
    folder in which all is kept."""

    def __init__(self, build, folder):
        self.build = build
        self.folder = folder
        self.servers = []
        self.under = []  # a program that starts the servers and its arguments
        self.n = 0
        self.old = os.path.join(build, "old/usr/bin/gnupg-pkcs11-scd")
        helper = glob.glob(os.path.join(
            build, "old/usr/lib/*/libpkcs11-helper.so.1"))
        self.has_old = os.path.exists(self.old) and bool(helper)
        self.old_libraries = os.path.dirname(helper[0]) if helper else ""

    def __enter__(self):
        return self

    def __exit__(self, _kind, _value, _trace):
        self.stop_servers()

    def serve(self, words, env, **more):
        server = Server(self.under + words, env, **more)
        self.servers.append(server)
        return server

    def stop_servers(self):
        while self.servers:
            self.servers.pop().stop()

    def program(self, name):
        return os.path.join(self.build, name)

    def path(self, name):
        self.n += 1
        return os.path.join(self.folder, f"{self.n}-{name}")

    def home(self, module, *lines):
        home = self.path("home")
        os.mkdir(home, 0o700)
        with open(os.path.join(home, "gnupg-pkcs11-scd.conf"), "w",
                  encoding="ascii") as conf:
            print("providers p", f"provider-p-library {module}",
                  f"log-file {home}/log", *lines, sep="\n", file=conf)
        return home

    def ours_words(self, module, *lines):
        return [self.program("src/gnupg-pkcs11-scd"), "--multi-server",
                "--homedir", self.home(module, *lines)]

    def ours(self, token, *lines, module=None, env=None):
        return self.serve(self.ours_words(module or token.module, *lines),
                          env or token.env)

    def old_env(self, env):
        return dict(env, LD_LIBRARY_PATH=self.old_libraries)

    def old_words(self, module):
        return [self.old, "--multi-server", "--homedir", self.home(module)]

    def theirs(self, token, module=None, env=None):
        """What it says when it crashes is not ours to show."""
        return self.serve(self.old_words(module or token.module),
                          self.old_env(env or token.env),
                          stderr=subprocess.DEVNULL)

    def bare(self, token, key, module=None, env=None):
        path = self.path("bare.S")
        return self.serve(
            [self.program("bench/floor"), module or token.module, "bench", PIN,
             key, path], env or token.env, path=path)

    def slow(self, token):
        """A copy of the environment in which the shim takes its time."""
        script = self.path("slow")
        with open(script, "w", encoding="ascii") as out:
            out.write(SLOW)
        return (self.program("tests/shim/libp11shim.so"),
                dict(token.env, P11SHIM_MODULE=token.module,
                     P11SHIM_SCRIPT=script))


# --- Candidates: something that signs, asked for a slice of time ------------

class Candidate:
    """REVIVE starts a server again that did not survive a slice; without it
    that is the end of the measurement."""

    def __init__(self, name, words, env=None, revive=None):
        self.name = name
        self.words = words
        self.env = env
        self.revive = revive
        self.slices = {}
        self.deaths = {}

    def run(self, clients, seconds):
        words = [str(word) for word in self.words(clients, seconds)]
        done = subprocess.run(words, env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False)
        self.slices.setdefault(clients, [])
        self.deaths.setdefault(clients, 0)
        if done.returncode == 0:
            self.slices[clients].append(
                [float(word) for word in done.stdout.split()])
        elif self.revive is None:
            sys.exit(f"bench: {self.name}: {done.stderr.strip()}")
        else:
            self.deaths[clients] += 1
            self.revive()

    def result(self, clients):
        """The median slice's figures, each its own median; zeros if there was
        no slice that it survived."""
        columns = zip(*(self.slices[clients] or [[0, 0, 0, 0]]))
        found = dict(zip(("rate", "median_us", "p99_us", "longest_us"),
                         (statistics.median(column) for column in columns)))
        found["deaths"] = self.deaths[clients]
        return found


def loaded(lab, name, server, command, *setup):
    """A candidate that is a server, asked COMMAND by the clients."""
    def words(clients, seconds):
        return [lab.program("bench/load"), server.socket, PIN, clients,
                seconds, *setup, "--", command]
    return Candidate(name, words)


def loaded_old(lab, server):
    """0.10, asked for a signature in both ways.  It does not always survive
    several clients."""
    ref, grip = old_key(server)

    def revive():
        server.stop()
        server.start()
        old_key(server)
    found = [loaded(lab, "0.10 by reference", server,
                    "PKSIGN --hash=sha256 " + ref, SETDATA),
             loaded(lab, "0.10 by keygrip", server,
                    "PKSIGN --hash=sha256 " + grip, SETDATA)]
    for candidate in found:
        candidate.revive = revive
    return found


def raw(lab, token, key, data, module=None, env=None):
    def words(clients, seconds):
        return [lab.program("bench/raw"), module or token.module, "bench",
                PIN, key, data, clients, seconds]
    return Candidate("module alone", words, env or token.env)


def old_key(server):
    """The reference and the keygrip of 0.10's only key."""
    for line in server.ask("LEARN --force"):
        if line.startswith("S KEYPAIRINFO "):
            return line.split(" ")[3], line.split(" ")[2]
    raise RuntimeError("0.10 has no key")


def interleave(candidates, clients, rounds, seconds, what):
    for number in range(rounds):
        for n in clients:
            # Whoever is first in one round is last in the next.
            order = candidates if number % 2 == 0 else candidates[::-1]
            for candidate in order:
                say(f"{what}: round {number + 1} of {rounds}, "
                    f"{n} clients, {candidate.name}")
                candidate.run(n, seconds)
    return {candidate.name: {str(n): candidate.result(n) for n in clients}
            for candidate in candidates}


def say(text):
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K" + text)
        sys.stderr.flush()


# --- Sections ---------------------------------------------------------------

def sign_section(lab, options, key, type_, data):
    """Signatures with one kind of key, by 1, 4 and 16 clients."""
    extra = ["cert"] if key == "01" else []
    token = Token(lab.build, lab.path("token"),
                  ":".join([type_, key, type_] + extra))
    ours = lab.ours(token)
    command = f"PKSIGN --hash=sha256 P15.{key}"
    candidates = [
        raw(lab, token, key, data),
        loaded(lab, "bare server", lab.bare(token, key), "PKSIGN",
               "SETDATA " + data),
        loaded(lab, "ours, not verified",
               lab.ours(token, "no-verify-signatures"), command, SETDATA),
        loaded(lab, "ours", ours, command, SETDATA),
        loaded(lab, "empty command", ours, "NOP", "SERIALNO")]
    if lab.has_old and type_.startswith("rsa"):
        candidates += loaded_old(lab, lab.theirs(token))
    return interleave(candidates, (1, 4, 16), options.rounds, options.seconds,
                      type_)


def slow_section(lab, options):
    """A token that takes 2 ms a call and 20 ms a signature."""
    token = Token(lab.build, lab.path("token"), "rsa2048:01:rsa:cert")
    shim, env = lab.slow(token)
    candidates = [
        loaded(lab, "bare server", lab.bare(token, "01", shim, env), "PKSIGN",
               SETDATA),
        loaded(lab, "ours", lab.ours(token, module=shim, env=env),
               "PKSIGN --hash=sha256 P15.01", SETDATA)]
    if lab.has_old:
        candidates += loaded_old(lab, lab.theirs(token, shim, env))
    return interleave(candidates, (1, 8, 16), max(2, options.rounds // 3),
                      2 * options.seconds, "slow token")


def count_calls(server, log, command):
    """How often COMMAND, which was run before, calls each function of the
    module."""
    server.ask(command)
    with open(log, encoding="ascii") as stream:
        stream.seek(0, os.SEEK_END)
        server.ask(command)
        return collections.Counter(line.split()[0] for line in stream)


def calls_of(lab, token, start):
    """Calls of the module for each command, by the server that START makes."""
    log = lab.path("calls")
    script = lab.path("script")
    for name in (log, script):
        with open(name, "w", encoding="ascii"):
            pass
    env = dict(token.env, P11SHIM_MODULE=token.module, P11SHIM_LOG=log,
               P11SHIM_SCRIPT=script)
    server = start(lab.program("tests/shim/libp11shim.so"), env)
    ref, grip = old_key(server)
    server.ask(SETDATA)
    found = {}
    for name, command in (
            ("PKSIGN by reference", "PKSIGN --hash=sha256 " + ref),
            ("PKSIGN by keygrip", "PKSIGN --hash=sha256 " + grip),
            ("SERIALNO", "SERIALNO"), ("KEYINFO", "KEYINFO " + grip),
            ("READKEY", "READKEY " + grip), ("LEARN", "LEARN"),
            ("LEARN --force", "LEARN --force")):
        found[name] = count_calls(server, log, command)
    return found


def calls_section(lab, _options):
    token = Token(lab.build, lab.path("token"), "rsa2048:01:rsa:cert")
    found = {"ours": calls_of(lab, token, lambda module, env: lab.ours(
        token, module=module, env=env))}
    if lab.has_old:
        found["0.10"] = calls_of(lab, token, lambda module, env: lab.theirs(
            token, module=module, env=env))
    return found


def count_instructions(lab, start, data, name):
    """Instructions of a signature by the server that START makes, outside of
    the system, as callgrind counts them.  NAME says how that server
    calls its key."""
    counts = []
    for n in (2, 2 + SOME_SIGNATURES):
        log = lab.path("callgrind")
        lab.under = ["valgrind", "--tool=callgrind", "--log-file=" + log,
                     "--callgrind-out-file=/dev/null"]
        server = start()
        lab.under = []
        command = "PKSIGN --hash=sha256 " + name(server)
        client = SocketClient(server.socket)
        client.ask("SETDATA " + data)
        for _ in range(n):
            client.ask(command)
        client.close()
        lab.stop_servers()
        with open(log, encoding="utf-8") as stream:
            counts.append(int(re.search(r"Collected : (\d+)",
                                        stream.read())[1]))
    # What is done once is in both.
    return round((counts[1] - counts[0]) / SOME_SIGNATURES)


def work_section(lab, _options):
    """What a signature makes the processor do, for each kind of key."""
    found = {}
    if shutil.which("valgrind") is None:
        return found
    for key, type_, data in KINDS:
        token = Token(lab.build, lab.path("token"),
                      ":".join([type_, key, type_, "cert"]))

        def own(_server, key=key):
            return "P15." + key
        found[type_] = {
            "bare server": count_instructions(
                lab, lambda: lab.bare(token, key), data, own),
            "ours, not verified": count_instructions(
                lab, lambda: lab.ours(token, "no-verify-signatures"),
                DIGEST_INFO, own),
            "ours": count_instructions(
                lab, lambda: lab.ours(token), DIGEST_INFO, own)}
        if lab.has_old and type_.startswith("rsa"):
            for i, how in enumerate(("reference", "keygrip")):
                found[type_]["0.10 by " + how] = count_instructions(
                    lab, lambda: lab.theirs(token), DIGEST_INFO,
                    lambda server: old_key(server)[i])
        say(f"work: {type_}")
    return found


def time_start(words, env):
    """Milliseconds from the start to the greeting."""
    begin = time.monotonic()
    with subprocess.Popen(words, stdin=subprocess.PIPE, env=env,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
        line = process.stdout.readline()
        took = (time.monotonic() - begin) * 1000
        # gpg-agent's first question, whose answer 0.10 has to get ready for.
        process.stdin.write(b"GETINFO pid\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdin.close()
        process.stdout.read()
    if not line.startswith(b"OK"):
        raise RuntimeError(f"{words[0]}: {line!r}")
    return took


def start_section(lab, options):
    token = Token(lab.build, lab.path("token"), "rsa2048:01:rsa:cert")
    home = lab.path("home")
    os.mkdir(home, 0o700)
    programs = {"ours": (lab.ours_words(token.module), token.env)}
    scdaemon = next((path for path in (
        "/usr/lib/gnupg/scdaemon", "/usr/libexec/scdaemon",
        "/usr/lib/gnupg2/scdaemon") if os.path.exists(path)), None)
    if scdaemon is not None:
        programs["scdaemon"] = ([scdaemon, "--multi-server", "--homedir",
                                 home], token.env)
    if lab.has_old:
        programs["0.10"] = (lab.old_words(token.module),
                            lab.old_env(token.env))
    times = {name: [] for name in programs}
    for number in range(6 * options.rounds):
        say(f"start: {number + 1}")
        for name, (words, env) in programs.items():
            times[name].append(time_start(words, env))
    return {name: {"median_ms": statistics.median(values),
                   "least_ms": min(values)}
            for name, values in times.items()}


def measure(lab, options):
    sections = {
        "calls": lambda: calls_section(lab, options),
        "start": lambda: start_section(lab, options),
        "work": lambda: work_section(lab, options),
        **{kind[1]: lambda kind=kind: sign_section(lab, options, *kind)
           for kind in KINDS},
        "slow": lambda: slow_section(lab, options),
        "crowd": lambda: crowd.crowd_section(lab, options)}
    results = {"machine": {"processors": os.cpu_count(),
                           "system": platform.platform(),
                           "load": os.getloadavg()[0]},
               "rounds": options.rounds, "seconds": options.seconds}
    for name in options.only:
        results[name] = sections[name]()
        lab.stop_servers()
        say("")
    return results


# --- The tables -------------------------------------------------------------

def sign_rows(found, clients):
    bare = found.get("bare server")
    for name, by_clients in found.items():
        if name == "empty command":
            continue
        cells = [f"{name:<20}"]
        for n in clients:
            result = by_clients[str(n)]
            ratio = result["rate"] / bare[str(n)]["rate"]
            cells.append(f"{result['rate']:9.0f} {ratio:6.2f} "
                         f"{result['median_us']:8.0f} {result['p99_us']:8.0f}"
                         + ("*" if result["deaths"] else ""))
        yield " |".join(cells)


def own_share(found):
    """Microseconds of a signature that are neither the module's nor those of
    an empty command: the medians of one client."""
    medians = {name: by_clients["1"]["median_us"]
               for name, by_clients in found.items()}
    return (medians["ours, not verified"] - medians["module alone"] -
            medians["empty command"])


def show_sign(title, found):
    clients = [int(n) for n in next(iter(found.values()))]
    print(f"\n{title}: signatures a second, ratio to the bare server, "
          "median and p99 in microseconds")
    print(" " * 20 + " |" + " |".join(
        f"{str(n) + ' clients':^35}" for n in clients))
    for row in sign_rows(found, clients):
        print(row)
    for name, by_clients in found.items():
        for n, result in by_clients.items():
            if result["deaths"]:
                print(f"* {name} died {result['deaths']} times with {n} "
                      "clients")
    if "empty command" in found:
        print(f"the daemon's own share of a signature: "
              f"{own_share(found):.0f} us (not verified, less module and an "
              "empty command)")


def show(results):
    if "calls" in results:
        print("Calls of the module for a command that was given before:")
        names = results["calls"]
        for command in names["ours"]:
            print(f"  {command:<22}" + "".join(
                f"{who} {sum(counts[command].values()):>4}    "
                for who, counts in names.items()))
    for type_, counts in results.get("work", {}).items():
        print(f"\n{type_}: thousands of instructions for a signature")
        for name, n in counts.items():
            print(f"  {name:<20} {n / 1000:10,.0f}")
    if "start" in results:
        print("\nFrom the start to the greeting, milliseconds "
              "(median, least):")
        for name, times in results["start"].items():
            print(f"  {name:<10} {times['median_ms']:7.2f} "
                  f"{times['least_ms']:7.2f}")
    for name in ("rsa2048", "p256", "ed25519", "slow"):
        if name in results:
            show_sign(name if name != "slow" else
                      f"A token that takes {CALL_MS} ms a call and {SIGN_MS} "
                      "ms a signature (rsa2048)", results[name])
    if "crowd" in results:
        crowd.show_crowd(results["crowd"])


# --- The page ---------------------------------------------------------------

def number(value):
    return f"{value:,.0f}".replace(",", " ")


def page_sign(found):
    """A table in Markdown of what one section measured."""
    clients = list(next(iter(found.values())))
    yield "| | " + " | ".join(
        f"{n} client{'s' * (n != '1')}: a second | to the bare server | "
        "median, µs | p99, µs" for n in clients) + " |"
    yield "| --- |" + " ---: | ---: | ---: | ---: |" * len(clients)
    for name, by_clients in found.items():
        if name == "empty command":
            continue
        cells = [name]
        for n in clients:
            result, bare = by_clients[n], found["bare server"][n]
            dead = f" ({result['deaths']} crashes)" if result["deaths"] else ""
            cells += [number(result["rate"]) + dead,
                      f"{result['rate'] / bare['rate']:.2f}",
                      number(result["median_us"]), number(result["p99_us"])]
        yield "| " + " | ".join(cells) + " |"


def page(results):
    machine = results["machine"]
    yield (f"One run of `./dev bench --rounds {results['rounds']}` on "
           f"{machine['processors']} processors, {machine['system']}, with a "
           f"load of {machine['load']:.1f} when it began.")
    yield ""
    yield "| module calls for a command given before | " + " | ".join(
        results["calls"]) + " |"
    yield "| --- |" + " ---: |" * len(results["calls"])
    for command in results["calls"]["ours"]:
        yield f"| {command} | " + " | ".join(
            str(sum(counts[command].values()))
            for counts in results["calls"].values()) + " |"
    yield ""
    yield from page_work(results["work"])
    yield "| from the start to the greeting, ms | median | least |"
    yield "| --- | ---: | ---: |"
    for name, times in results["start"].items():
        yield f"| {name} | {times['median_ms']:.2f} | {times['least_ms']:.2f} |"
    yield ""
    yield "![Signatures a second](performance.svg)"
    titles = {"rsa2048": "RSA-2048, SoftHSM", "p256": "P-256, SoftHSM",
              "ed25519": "Ed25519, SoftHSM",
              "slow": f"RSA-2048, a token that takes {CALL_MS} ms a call and "
                      f"{SIGN_MS} ms a signature"}
    for name, title in titles.items():
        yield ""
        yield f"**{title}**"
        yield ""
        yield from page_sign(results[name])
        if "empty command" in results[name]:
            yield ""
            yield (f"The daemon's own share of a signature: "
                   f"{own_share(results[name]):.0f} µs.")
    yield from page_crowd(results["crowd"])


def page_work(found):
    if not found:
        return
    names = list(next(iter(found.values())))
    yield ("| thousands of instructions for a signature | " +
           " | ".join(names) + " |")
    yield "| --- |" + " ---: |" * len(names)
    for type_, counts in found.items():
        yield f"| {type_} | " + " | ".join(
            number(counts[name] / 1000) if name in counts else ""
            for name in names) + " |"
    yield ""


def page_crowd(found):
    yield ""
    yield "**Many keys** (a module whose calls cost next to nothing)"
    yield ""
    yield ("| µs for a command; times that with one key | " +
           " | ".join(crowd.CROWDS) + " |")
    yield "| --- |" + " ---: |" * len(crowd.CROWDS)
    for command, times in found["us"].items():
        yield f"| {command} | " + " | ".join(
            f"{times[name]:.1f} ({times[name] / times[crowd.ONE]:.2f})"
            for name in crowd.CROWDS) + " |"
    yield "| MiB at the end, and at most | " + " | ".join(
        "{:.1f}, {:.1f}".format(*found["MiB"][name])
        for name in crowd.CROWDS) + " |"
    yield ""
    one, eight = found["slow"]["1"], found["slow"]["8"]
    yield (f"With {crowd.SIGN_MS} ms in `C_Sign` and no work for a processor: "
           f"{one:.1f} signatures a second for 1 client, {eight:.1f} for 8, "
           f"{eight / one:.2f} times as many.")
    yield ""
    sizes = list(next(iter(found["scan_ms"].values())))
    yield "| ms for a look at all objects (µs for each key) | " + " | ".join(
        f"{n} keys" for n in sizes) + " |"
    yield "| --- |" + " ---: |" * len(sizes)
    for name, times in found["scan_ms"].items():
        yield f"| {name} | " + " | ".join(
            f"{times[n]:.1f} ({times[n] * 1000 / int(n):.0f})"
            for n in sizes) + " |"


def document(results):
    with open(PAGE, encoding="utf-8") as stream:
        text = stream.read()
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    with open(PAGE, "w", encoding="utf-8") as stream:
        stream.write(text[:begin] + "\n".join(page(results)) + "\n" +
                     text[end:])
    with open(PLOT, "w", encoding="utf-8") as stream:
        stream.write("\n".join(plot.draw([
            ("RSA-2048, SoftHSM", results["rsa2048"]),
            (f"{CALL_MS} ms a call, {SIGN_MS} ms a signature",
             results["slow"])])) + "\n")


def parse():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--only", default=",".join(SECTIONS))
    parser.add_argument("--document", action="store_true")
    options = parser.parse_args()
    options.only = [name for name in options.only.split(",") if name]
    unknown = set(options.only) - set(SECTIONS)
    if unknown:
        parser.error("no such section: " + ", ".join(sorted(unknown)))
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("at least one round of more than no time")
    if options.document and set(options.only) != set(SECTIONS):
        parser.error("--document takes all sections")
    return options


def work(options, folder):
    with Lab(os.path.abspath(options.build), folder) as lab:
        results = measure(lab, options)
    show(results)
    with open(os.path.join(options.build, "bench.json"), "w",
              encoding="ascii") as out:
        json.dump(results, out, indent=1)
        out.write("\n")
    if options.document:
        document(results)


def start_worker(options, folder):
    """A process that measures.  All it starts is in its process group, so
    that it can be ended whatever it is just doing."""
    worker = os.fork()
    if worker != 0:
        os.setpgid(worker, worker)
        return worker
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)
    work(options, folder)
    sys.exit(0)


def wait(worker):
    """The exit status of the worker, or of who ended it."""
    while True:
        number = signal.sigwait(AWAITED)
        if number != signal.SIGCHLD:
            os.killpg(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            return 128 + number
        ended, status = os.waitpid(worker, os.WNOHANG)
        if ended:
            status = os.waitstatus_to_exitcode(status)
            return status if status >= 0 else 128 - status


def remove(folder):
    """Who was killed may still be within a call that makes a file."""
    for _ in range(100):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            break
        time.sleep(0.02)


def main():
    options = parse()
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    folder = tempfile.mkdtemp(prefix="bench.")
    worker = start_worker(options, folder)
    status = wait(worker)
    remove(folder)
    sys.exit(status)


if __name__ == "__main__":
    main()
