#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Adds up the results of meson's test logs.
"""usage: tally.py TESTLOG.json...

Names what was skipped and what failed; the last line is "N passed, N failed".
Exit status 1 if a test failed or a log has no test that ran."""

import json
import sys

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP"}


def read_log(path):
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                test = json.loads(line)
                yield test["name"], test["result"]


def main(paths):
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    passed, failed, skipped, empty = 0, [], [], False
    for path in paths:
        ran = 0
        for name, result in read_log(path):
            if result in PASSED:
                passed += 1
                ran += 1
            elif result in SKIPPED:
                skipped.append(name)
            else:
                failed.append(f"{name} ({result})")
                ran += 1
        if ran == 0:
            print(f"no test ran ({path})")
            empty = True
    if skipped:
        print(f"{len(skipped)} skipped: {', '.join(skipped)}")
    for name in failed:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or empty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
