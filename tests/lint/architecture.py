#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Checks that docs/architecture.md has each source file, and no other.
"""usage: architecture.py SRC          check SRC/../docs/architecture.md
       architecture.py --self-test  prove that it finds what is wrong

Each file below SRC must have one row of a table, in which it stands first:
`base/hex.{c,h}` for a pair, `base/cleanup.h` for one alone.  A source file
that is named anywhere else has to exist.  Prints "FILE:LINE: what is wrong"
for each finding; exit status 1 if any."""

import os
import re
import sys

DOCUMENT = "docs/architecture.md"
ENDINGS = (".c", ".h", ".h.in")

NAMED = re.compile(
    r"`(?:src/)?((?:[a-z0-9_]+/)*[a-z0-9_]+)\.(\{[a-z.,]+\}|c|h\.in|h)`")
ROW = re.compile(r"\|\s*" + NAMED.pattern + r"\s*\|(.*)\|\s*$")


def files_of(match):
    """The files that one name in the text stands for."""
    return [f"{match.group(1)}.{ending}"
            for ending in match.group(2).strip("{}").split(",")]


def check(text, existing):
    """All findings as (line number, what is wrong)."""
    listed = {}
    for number, line in enumerate(text.split("\n"), 1):
        row = ROW.match(line)
        for file in files_of(row) if row else []:
            if file in listed:
                yield number, f"{file} is in line {listed[file]} already"
            listed.setdefault(file, number)
        if row and not re.search(r"\w{3}", row.group(3)):
            yield number, "the row does not say what the file is for"
        for match in NAMED.finditer(line):
            for file in files_of(match):
                if file not in existing:
                    yield number, f"{file} does not exist"
    for file in sorted(set(existing) - set(listed)):
        yield 1, f"{file} has no row in a table"


def source_files(src):
    return {
        os.path.relpath(os.path.join(where, name), src).replace(os.sep, "/")
        for where, _, names in os.walk(src)
        for name in names if name.endswith(ENDINGS)}


SAMPLE_FILES = {"main.c", "base/hex.c", "base/hex.h", "base/version.h.in"}
SAMPLE = """\
| file | job |
| --- | --- |
| `base/hex.{c,h}` | Numbers in text. |
| `base/version.h.in` | What the build knows. |
| `main.c` | The start, see `base/hex.h`. |
Text that speaks of `src/main.c` and `python.py`.
"""

# What is replaced in the sample, by what, and what has to be found then.
SAMPLES = (
    ("", "", None),
    ("{c,h}", "c", "base/hex.h has no row"),
    ("| `main.c` |", "| The file `main.c` |", "main.c has no row"),
    ("`base/version.h.in`", "`base/version.h`", "version.h does not exist"),
    ("{c,h}", "{c,h,x}", "base/hex.x does not exist"),
    ("`src/main.c`", "`src/gone.c`", "gone.c does not exist"),
    ("`src/main.c`", "`other/main.c`", "other/main.c does not exist"),
    ("| `main.c` |", "| `base/hex.c` | again |\n| `main.c` |",
     "base/hex.c is in line 3 already"),
    ("Numbers in text.", "", "does not say what"),
)


def self_test():
    wrong = 0
    for old, new, expected in SAMPLES:
        text = SAMPLE.replace(old, new, 1)
        found = [what for _, what in check(text, SAMPLE_FILES)]
        if bool(found) != (expected is not None) or \
                (expected and not any(expected in what for what in found)):
            print(f"'{old}' -> '{new}': expected {expected}, found {found}")
            wrong += 1
    print(f"{len(SAMPLES)} samples, {wrong} judged wrongly")
    return wrong


def main(arguments):
    if arguments == ["--self-test"]:
        return 1 if self_test() else 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    path = os.path.normpath(os.path.join(arguments[0], "..", DOCUMENT))
    existing = source_files(arguments[0])
    if not existing:
        print(f"{arguments[0]}: no source file there")
        return 2
    with open(path, encoding="utf-8") as stream:
        findings = list(check(stream.read(), existing))
    for number, what in findings:
        print(f"{path}:{number}: {what}")
    print(f"{len(existing)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
