#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Says which promises of docs/promises.md tests show.
"""usage: promises.py BUILD              check the document and the tests' names
       promises.py --names BUILD      the tests that show promises
       promises.py --list BUILD       which promises have a test
       promises.py --count BUILD LOG  which hold, by meson's testlog.json
       promises.py --self-test        prove that it finds what is wrong

BUILD is a build folder: it knows the names of all tests.  A name that begins
with ids, C01_C02_wrong_pin, shows these promises; the ids are in their order,
and docs/promises.md has them.  Its tables have every id of a group, from 01 on.

A promise holds if a test has its id and all tests that have it passed.
Exit status 1 for findings and for tests that failed."""

import collections
import json
import os
import re
import sys
import textwrap

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        "..", "..", "docs", "promises.md")
THEIRS = re.compile(r"[PF]( [sb])?|none|\?|ref")
# How 0.10's letters are called where the document counts them.
KINDS = ("P", "F", "none", "?", "ref")
WIDTH = 79

Promise = collections.namedtuple("Promise", "id text theirs")


# --- The document -----------------------------------------------------------

def read_groups(document):
    """The headings of groups, "A. Modules", and their promises in order."""
    groups = []
    for line in document.splitlines():
        if re.match(r"## [A-Z]\. ", line):
            groups.append((line[3:], []))
        elif line.startswith("## "):
            groups.append((None, []))
        elif groups and groups[-1][0] and re.match(r"\| [A-Z]\d", line):
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            groups[-1][1].append(Promise(*(cells + ["", ""])[:3]))
    return [group for group in groups if group[0]]


def all_promises(groups):
    return [promise for _, promises in groups for promise in promises]


def check_document(document):
    groups = read_groups(document)
    letters = [title[0] for title, _ in groups]
    if letters != sorted(set(letters)) or not letters:
        yield f"the groups are {' '.join(letters) or 'not there'}"
    for title, promises in groups:
        for number, promise in enumerate(promises, 1):
            expected = f"{title[0]}{number:02}"
            if promise.id != expected:
                yield f"{promise.id} is where {expected} should be"
            if not promise.text or not THEIRS.fullmatch(promise.theirs):
                yield (f"{promise.id}: a text and then P, F, none, ? or ref, "
                       f"not '{promise.theirs}'")
    promises = all_promises(groups)
    if f" {len(promises)} promises" not in document:
        yield f"it does not say that it has {len(promises)} promises"
    for kind in KINDS:
        n = sum(promise.theirs.split()[:1] == [kind] for promise in promises)
        if not re.search(rf"^\| {re.escape(kind)} \| .*: {n} \|$", document,
                         re.MULTILINE):
            yield f"it does not say that {n} rows have {kind}"


# --- The tests' names -------------------------------------------------------

def ids_of(name):
    """The ids that a name begins with."""
    found = re.match(r"(?:[A-Z]\d+_)+", name)
    return found.group(0)[:-1].split("_") if found else []


def check_names(names, known):
    for name in sorted(names):
        ids = ids_of(name)
        for promise in ids:
            if promise not in known:
                yield f"{name}: there is no promise {promise}"
        if ids != sorted(set(ids)):
            yield f"{name}: its ids are not in their order, each once"
        rest = name[len("_".join(ids)):]
        if not ids and re.match(r"[A-Z]\d|[a-z]\d\d[_-]", name) or \
                ids and not re.match(r"_[a-z]", rest):
            yield f"{name}: ids like A01_ and then a name in lower case"


def tests_by_promise(names):
    shown = collections.defaultdict(set)
    for name in names:
        for promise in ids_of(name):
            shown[promise].add(name)
    return shown


# --- What holds -------------------------------------------------------------

def what_keeps(tests, results):
    """Why a promise with these tests does not hold; "" if it does.  Without
    results it is enough that there is a test."""
    if not tests:
        return "no test"
    if results is None:
        return ""
    wrong = []
    for name in sorted(tests):
        found = results.get(name, ["did not run"])
        wrong += [f"{name}: {result}" for result in found if result != "OK"]
    return ", ".join(wrong)


def wrapped(promise, reason):
    """A promise for a terminal."""
    text = promise.text.replace("`", "")
    if reason != "no test":
        text += f" ({reason})"
    return textwrap.fill(text, WIDTH, initial_indent=f"  {promise.id}  ",
                         subsequent_indent=" " * 7, break_long_words=False,
                         break_on_hyphens=False)


def report(groups, names, results):
    """What there is to say, line by line."""
    shown = tests_by_promise(names)
    verb = "hold" if results is not None else "have a test"
    table, totals = [], [0, 0, 0]
    for title, promises in groups:
        reasons = [(promise, what_keeps(shown[promise.id], results))
                   for promise in promises]
        missing = [(promise, reason) for promise, reason in reasons if reason]
        numbers = [len(promises) - len(missing),
                   sum(promise.theirs[0] == "P" for promise in promises),
                   len(promises)]
        if missing:
            yield f"{title}: not yet"
            yield from (wrapped(*pair) for pair in missing)
            yield ""
        table.append((title, *numbers))
        totals = [a + b for a, b in zip(totals, numbers)]
    width = max(len(title) for title, _ in groups)
    yield f"{'':{width}}  ours  0.10  of"
    for title, ours, theirs, of in table:
        yield f"{title:{width}}  {ours:4}  {theirs:4}  {of:2}"
    yield ""
    yield (f"{totals[0]} of {totals[2]} {verb}; of gnupg-pkcs11-scd 0.10: "
           f"{totals[1]}")


# --- Its own test -----------------------------------------------------------

SAMPLE = """There are 4 promises.
| P | it does: 2 |
| F | it does not: 1 |
| none | nothing: 0 |
| ? | unknown: 1 |
| ref | itself: 0 |
## A. Modules
| id | promise | 0.10 |
| A01 | It `works`. | P |
| A02 | It is fast. | F s |
## C. PINs
| C01 | It is kept. | P |
| C02 | It goes. | ? |
## Notes
| A1 | no promise | |
"""
NAMES = ["A01_C01_both", "C01_once", "line_lengths", "A-b", "p256"]

# What in the document or the names is replaced by what, and what is found.
SAMPLES = (
    ("", "", None),
    ("4 promises", "5 promises", "does not say that it has 4"),
    ("does: 2", "does: 3", "that 2 rows have P"),
    ("| P |\n| A02", "| Q |\n| A02", "A01: a text and then"),
    ("It `works`.", "", "A01: a text and then"),
    ("| A02 |", "| A03 |", "A03 is where A02 should be"),
    ("| A02 |", "| A01 |", "A01 is where A02 should be"),
    ("## C.", "## A.", "the groups are A A"),
    ("A01_C01_both", "A01_C03_both", "there is no promise C03"),
    ("A01_C01_both", "C01_A01_both", "not in their order"),
    ("A01_C01_both", "A01_A01_both", "not in their order"),
    ("A01_C01_both", "A1_both", "there is no promise A1"),
    ("A01_C01_both", "A01_Both", "ids like A01_"),
    ("A01_C01_both", "A01both", "ids like A01_"),
    ("A01_C01_both", "a01_both", "ids like A01_"),
    ("A01_C01_both", "A01-both", "ids like A01_"),
)

# Results, and the last line and some other one of the report.
COUNTS = (
    (None, "2 of 4 have a test; of gnupg-pkcs11-scd 0.10: 2",
     "A. Modules     1     1   2"),
    ({"A01_C01_both": ["OK"], "C01_once": ["OK"]},
     "2 of 4 hold; of gnupg-pkcs11-scd 0.10: 2", "  A02  It is fast."),
    ({"A01_C01_both": ["OK"], "C01_once": ["FAIL"]},
     "1 of 4 hold; of gnupg-pkcs11-scd 0.10: 2",
     "  C01  It is kept. (C01_once: FAIL)"),
    ({"A01_C01_both": ["OK", "SKIP"], "C01_once": ["OK"]},
     "0 of 4 hold; of gnupg-pkcs11-scd 0.10: 2",
     "  A01  It works. (A01_C01_both: SKIP)"),
    ({"C01_once": ["OK"]}, "0 of 4 hold; of gnupg-pkcs11-scd 0.10: 2",
     "  A01  It works. (A01_C01_both: did not run)"),
)


def self_test():
    wrong = 0
    for old, new, expected in SAMPLES:
        document = SAMPLE.replace(old, new, 1)
        names = [name.replace(old, new, 1) for name in NAMES]
        known = {promise.id for promise in all_promises(read_groups(document))}
        found = list(check_document(document)) + list(check_names(names, known))
        if old and (document, names) == (SAMPLE, NAMES):
            found, expected = ["nothing was replaced"], ""
        if bool(found) != bool(expected) or \
                not any((expected or "") in what for what in found or [""]):
            print(f"'{old}' -> '{new}': expected {expected}, found {found}")
            wrong += 1
    for results, last, other in COUNTS:
        lines = list(report(read_groups(SAMPLE), NAMES, results))
        if lines[-1] != last or other not in lines:
            print(f"{results}: expected '{other}' and '{last}' in {lines}")
            wrong += 1
    print(f"{len(SAMPLES) + len(COUNTS)} samples, {wrong} judged wrongly")
    return wrong


# --- The program ------------------------------------------------------------

def read(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def read_names(build):
    tests = json.loads(read(os.path.join(build, "meson-info",
                                         "intro-tests.json")))
    return {test["name"] for test in tests}


def read_results(log):
    """The results of each test; meson puts "project:suite / " before its
    name."""
    results = collections.defaultdict(list)
    for line in read(log).splitlines():
        test = json.loads(line)
        results[test["name"].split(" / ")[-1]].append(test["result"])
    return results


def check(names, groups, document):
    known = {promise.id for promise in all_promises(groups)}
    findings = list(check_document(document)) + list(check_names(names, known))
    for what in findings:
        print(what)
    shown = [name for name in names if ids_of(name)]
    print(f"{len(known)} promises, {len(shown)} tests that show some, "
          f"{len(findings)} findings")
    return 1 if findings or not shown else 0


def count(names, groups, results):
    print("\n".join(report(groups, names, results)))
    failed = [name for name in names if ids_of(name) and
              not {"OK", "SKIP"}.issuperset((results or {}).get(name, []))]
    return 1 if failed else 0


def main(arguments):
    word = arguments[0] if arguments[:1] and arguments[0].startswith("--") \
        else None
    rest = arguments[1:] if word else arguments
    if word == "--self-test" and not rest:
        return 1 if self_test() else 0
    wanted = {None: 1, "--names": 1, "--list": 1, "--count": 2}
    if word not in wanted or len(rest) != wanted[word]:
        print(__doc__, file=sys.stderr)
        return 2
    names, document = read_names(rest[0]), read(DOCUMENT)
    groups = read_groups(document)
    if word is None:
        return check(names, groups, document)
    if word == "--names":
        print("\n".join(sorted(name for name in names if ids_of(name))))
        return 0
    return count(names, groups,
                 read_results(rest[1]) if word == "--count" else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
