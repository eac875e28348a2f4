#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Tests of the benchmark itself; nothing is measured.

  test_bench.py BUILD"""

import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree

import plot
import run

if len(sys.argv) < 2:
    sys.exit(__doc__)
BUILD = os.path.abspath(sys.argv.pop(1))
PROGRAM = [sys.executable, os.path.join(run.HERE, "run.py"), BUILD]
SVG = "{http://www.w3.org/2000/svg}"
# Nobody waits so long unless something is broken.
PATIENCE = 120


class Plot(unittest.TestCase):
    RATES = {name: {"1": 900, "4": 2996, "16": 0} for name in plot.SERIES}

    def draw(self):
        found = {name: {n: {"rate": rate} for n, rate in rates.items()}
                 for name, rates in self.RATES.items()}
        return xml.etree.ElementTree.fromstring(
            "\n".join(plot.draw([("one", found), ("two", found)])).encode())

    def test_every_series_has_its_line_and_its_name(self):
        svg = self.draw()
        names = [text.text for text in svg.iterfind(SVG + "text")]
        for name in plot.SERIES:
            self.assertEqual(names.count(name), 1)
        self.assertEqual(len(list(svg.iterfind(SVG + "polyline"))),
                         2 * len(plot.SERIES))

    def test_nothing_is_cut_at_the_edge(self):
        svg = self.draw()
        width, height = int(svg.get("width")), int(svg.get("height"))
        for text in svg.iterfind(SVG + "text"):
            x, y = int(text.get("x")), int(text.get("y"))
            # A letter of 12 pixels is seven wide at most, on the whole.
            size = 7 * len(text.text)
            x -= {"start": 0, "middle": size / 2,
                  "end": size}[text.get("text-anchor")]
            self.assertGreaterEqual(x, 0, text.text)
            self.assertLessEqual(x + size, width, text.text)
            self.assertTrue(0 < y < height, text.text)

    def test_who_survived_nothing_has_no_point(self):
        circles = list(self.draw().iterfind(SVG + "circle"))
        self.assertEqual(len(circles), 2 * 2 * len(plot.SERIES))

    def test_scale(self):
        for value, wanted in ((2996, (1000, 3000)), (3000, (1000, 3000)),
                              (3001, (1000, 4000)), (658, (200, 800)),
                              (19394, (5000, 20000)), (1, (1, 1)),
                              (0, (1, 1))):
            self.assertEqual(plot.scale(value), wanted)


class Page(unittest.TestCase):
    @staticmethod
    def results():
        """As measure makes them, with the same figure everywhere."""
        sign = {"rate": 1234.5, "median_us": 1, "p99_us": 2, "longest_us": 3,
                "deaths": 0}
        names = ("module alone", "bare server", "ours, not verified", "ours",
                 "empty command")
        by_clients = {name: {n: sign for n in ("1", "4", "16")}
                      for name in names}
        crowds = {name: 1.5 for name in run.crowd.CROWDS}
        return {"machine": {"processors": 2, "system": "Linux", "load": 0.1},
                "rounds": 3, "seconds": 0.5,
                "calls": {"ours": {"PKSIGN": {"C_Sign": 1}},
                          "0.10": {"PKSIGN": {"C_Sign": 1, "C_Login": 1}}},
                "work": {"rsa2048": {"ours": 1000, "0.10 by keygrip": 2000},
                         "p256": {"ours": 1000}},
                "start": {"ours": {"median_ms": 1, "least_ms": 1}},
                "rsa2048": by_clients, "p256": by_clients,
                "ed25519": by_clients, "slow": by_clients,
                "crowd": {"us": {"KEYINFO": crowds},
                          "MiB": {name: [1, 2] for name in crowds},
                          "slow": {"1": 49.4, "8": 393.0},
                          "scan_ms": {"without": {"100": 1, "1000": 10}}}}

    def test_rows_are_as_long_as_their_table(self):
        columns = None
        for line in run.page(self.results()):
            if not line.startswith("|"):
                columns = None
                continue
            columns = columns or line.count("|")
            self.assertEqual(line.count("|"), columns, line)

    def test_what_could_not_be_counted_is_left_out(self):
        results = self.results()
        self.assertIn("instructions", "\n".join(run.page(results)))
        results["work"] = {}
        self.assertNotIn("instructions", "\n".join(run.page(results)))


class Program(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.env = dict(os.environ, TMPDIR=self.folder)

    def test_refusals(self):
        for words in (["--only", "everything"], ["--rounds", "0"],
                      ["--seconds", "0"], ["--document", "--only", "calls"]):
            done = subprocess.run(PROGRAM + words, env=self.env, check=False,
                                  stderr=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 2, words)
        self.assertEqual(os.listdir(self.folder), [])

    def test_calls(self):
        """What the page says of ours, and no trace but the results."""
        os.symlink(os.path.join(BUILD, "src"),
                   os.path.join(self.folder, "src"))
        os.symlink(os.path.join(BUILD, "tests"),
                   os.path.join(self.folder, "tests"))
        subprocess.run(PROGRAM[:2] + [self.folder, "--only", "calls"],
                       env=self.env, check=True)
        self.assertEqual(sorted(os.listdir(self.folder)),
                         ["bench.json", "src", "tests"])
        with open(os.path.join(self.folder, "bench.json"),
                  encoding="ascii") as stream:
            found = json.load(stream)["calls"]["ours"]
        with open(run.PAGE, encoding="utf-8") as stream:
            page = stream.read()
        for command, calls in found.items():
            self.assertRegex(page, rf"\| {re.escape(command)} \| "
                             rf"{sum(calls.values())} \|")

    def test_interrupted(self):
        """Neither servers nor their files stay, whatever was just made: the
        folder, a token, a home, a server that has not greeted yet, or one
        that is at work."""
        numbers = itertools.cycle((signal.SIGINT, signal.SIGTERM,
                                   signal.SIGHUP))
        for name in ("", "token", "softhsm2.conf", "home",
                     "gnupg-pkcs11-scd.conf", "log", "agent.S", "bare.S"):
            number = next(numbers)
            with subprocess.Popen(
                    PROGRAM + ["--only", "rsa2048", "--rounds", "1000"],
                    env=self.env, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL) as process:
                self.wait_for(name)
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE), 128 + number, name)
            self.assertEqual(os.listdir(self.folder), [], name)

    def test_interrupted_at_the_start_of_a_server(self):
        """One that does not greet, nor care for the end of its input."""
        build = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, build)
        for name in ("bench", "tests"):
            os.symlink(os.path.join(BUILD, name), os.path.join(build, name))
        os.mkdir(os.path.join(build, "src"))
        daemon = os.path.join(build, "src", "gnupg-pkcs11-scd")
        with open(daemon, "w", encoding="ascii") as script:
            script.write('#!/bin/sh\necho $$ >"$3/new"\nmv "$3/new" '
                         f'"$3/pid"\nexec sleep {PATIENCE}\n')
        os.chmod(daemon, 0o700)
        with subprocess.Popen(
                PROGRAM[:2] + [build, "--only", "rsa2048"], env=self.env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL) as process:
            with open(self.wait_for("/pid"), encoding="ascii") as stream:
                server = int(stream.read())
            process.terminate()
            self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGTERM)
        self.assertEqual(os.listdir(self.folder), [])
        deadline = time.monotonic() + PATIENCE / 2
        while self.runs(server):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)

    @staticmethod
    def runs(number):
        """Who has ended may not have been waited for yet."""
        try:
            with open(f"/proc/{number}/stat", encoding="ascii") as stream:
                return stream.read().rpartition(") ")[2][0] not in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            return False

    def wait_for(self, name):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for folder, folders, names in os.walk(self.folder):
                for found in folders + names:
                    path = os.path.join(folder, found)
                    if path.endswith(name):
                        return path
            time.sleep(0.001)
        self.fail(f"no {name} was made")


if __name__ == "__main__":
    # Ends here, as one that is skipped, if there is no SoftHSM.
    with tempfile.TemporaryDirectory() as some_folder:
        run.Token(BUILD, os.path.join(some_folder, "token"))
    unittest.main()
