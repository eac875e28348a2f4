#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Adds up the results of meson's test logs.
"""usage: tally.py [--complete] TESTLOG.json...

Names what was skipped and what failed, with the last lines of what that wrote;
the last line is "N passed, N failed".
Exit status 1 if a test failed or a log has no test that ran.  With --complete
a skipped test has failed, unless it says that it is not for this GnuPG
("skipped: GnuPG 2.2 has no ...", "skipped: this gpgsm ...")."""

import json
import sys

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP"}
TOLD = "skipped: "
NOT_FOR_THIS_ONE = ("GnuPG ", "this gpg")
TOLD_OF_A_FAILURE = 15


def read_log(path):
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                test = json.loads(line)
                yield test["name"], test["result"], \
                    test.get("stdout", "") + test.get("stderr", "")


def reason(output):
    """Why a test was skipped: the last line it wrote about that."""
    told = [line for line in output.splitlines() if line.startswith(TOLD)]
    return told[-1][len(TOLD):] if told else "no reason given"


def main(paths):
    complete = "--complete" in paths
    paths = [path for path in paths if path != "--complete"]
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    passed, failed, skipped, empty = 0, [], [], False
    for path in paths:
        ran = 0
        for name, result, output in read_log(path):
            if result in PASSED:
                passed += 1
                ran += 1
            elif result in SKIPPED:
                why = reason(output)
                if complete and not why.startswith(NOT_FOR_THIS_ONE):
                    failed.append((f"{name} (skipped: {why})", ""))
                else:
                    skipped.append(f"{name} ({why})")
                    ran += why.startswith(NOT_FOR_THIS_ONE)
            else:
                failed.append((f"{name} ({result})", output))
                ran += 1
        if ran == 0:
            print(f"no test ran ({path})")
            empty = True
    if skipped:
        print(f"{len(skipped)} skipped: {', '.join(skipped)}")
    for name, output in failed:
        print(f"failed: {name}")
        for line in output.splitlines()[-TOLD_OF_A_FAILURE:]:
            print(f"    {line}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or empty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
