#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Checks that docs/architecture.md has each source file, and no other, and that
# the tests exist that it names for the rules of the PIN.
"""usage: architecture.py SRC          check SRC/../docs/architecture.md
       architecture.py --self-test  prove that it finds what is wrong

Each file below SRC must have one row of a table, in which it stands first:
`base/hex.{c,h}` for a pair, `base/cleanup.h` for one alone.  A source file
that is named anywhere else has to exist.  Prints "FILE:LINE: what is wrong"
for each finding; exit status 1 if any.

In the table "rule, unit test, transcript" the words in backticks have to be
tests: `login` a file of tests/unit, what follows it functions there, and the
last column files of tests/protocol."""

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


def check_rules(text, has_unit, has_transcript):
    """What is wrong in the table of rules, as check() has it.  HAS_UNIT(file,
    function or None) and HAS_TRANSCRIPT(name) tell which tests there are."""
    inside, n_rules = False, 0
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells == ["rule", "unit test", "transcript"]:
            inside = True
            continue
        inside = inside and line.startswith("|")
        if not inside or cells[0] == "---":
            continue
        n_rules += 1
        units, transcripts = (re.findall(r"`([^`]+)`", c) for c in cells[1:])
        if not units and not transcripts:
            yield number, "a rule without a test"
        file = None
        for name in units:
            if has_unit(name, None):
                file = name
            elif file is None or not has_unit(file, name):
                yield number, f"there is no unit test {name}"
        for name in transcripts:
            if not has_transcript(name):
                yield number, f"there is no transcript {name}"
    if n_rules == 0:
        yield 1, "there are no rules of the PIN"


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


def tests(root):
    """Two functions for check_rules."""
    def has_unit(file, function):
        path = os.path.join(root, "tests/unit", f"test_{file}.c")
        if function is None or not os.path.exists(path):
            return os.path.exists(path)
        with open(path, encoding="utf-8") as stream:
            return f"\nstatic void {function}(" in stream.read()

    def has_transcript(name):
        return os.path.exists(os.path.join(root, "tests/protocol", name + ".t"))

    return has_unit, has_transcript


SAMPLE_FILES = {"main.c", "base/hex.c", "base/hex.h", "base/version.h.in"}
SAMPLE = """\
| file | job |
| --- | --- |
| `base/hex.{c,h}` | Numbers in text. |
| `base/version.h.in` | What the build knows. |
| `main.c` | The start, see `base/hex.h`. |
Text that speaks of `src/main.c` and `python.py`.

| rule | unit test | transcript |
| --- | --- | --- |
| One. | `login`: `a_rule`, `another` | `C01_one` |
| Two. | `pins` | |
"""
SAMPLE_UNITS = {("login", None), ("login", "a_rule"), ("login", "another"),
                ("pins", None)}

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
    ("`a_rule`", "`a_role`", "no unit test a_role"),
    ("`login`", "`logout`", "no unit test a_rule"),
    ("`C01_one`", "`C02_one`", "no transcript C02_one"),
    ("`pins`", "", "a rule without a test"),
    ("| rule |", "| rules |", "no rules"),
    ("Numbers in text.", "", "does not say what"),
)


def self_test():
    wrong = 0
    for old, new, expected in SAMPLES:
        text = SAMPLE.replace(old, new, 1)
        found = [what for _, what in check(text, SAMPLE_FILES)]
        found += [what for _, what in check_rules(
            text, lambda *test: test in SAMPLE_UNITS,
            lambda name: name == "C01_one")]
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
        text = stream.read()
    findings = list(check(text, existing))
    findings += check_rules(text, *tests(os.path.join(arguments[0], "..")))
    for number, what in findings:
        print(f"{path}:{number}: {what}")
    print(f"{len(existing)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
