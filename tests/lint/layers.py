#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Checks the shape of the sources: who may include whom, and how long they are.
"""usage: layers.py SRC          check the sources in the folder SRC
       layers.py --self-test  prove that each rule catches what it forbids

Prints "FILE:LINE: what is wrong" for each finding; exit status 1 if any."""

import os
import re
import sys
import tempfile

LAYERS = {
    "base": 0, "pkcs11": 1, "token": 2, "keyring": 3, "commands": 4,
    "server": 5, "": 6,
}
# The other program: uses the library layers, and nothing uses it.
TOOL, TOOL_MAY_USE = "tool", 3

MAX_FILE_LINES = 450
MAX_FUNCTION_LINES = 70

# In two parts, so that this file is not taken for one with two licences.
SPDX = (
    "/* SPDX-" "FileCopyrightText: The gnupg-pkcs11-scd 3 authors",
    " * SPDX-" "License-Identifier: BSD-3-Clause */",
)

# A word that may be used only where the second item says so.
WORDS = (
    (re.compile(r"\bCK_[A-Z]\w*"), "a PKCS#11 type",
     lambda folder, path: folder in ("pkcs11", "token")
     and path != "token/token.h"),
    (re.compile(r"\bassuan_context_t\b"), "an Assuan type",
     lambda folder, path: folder in ("server", "commands")),
    (re.compile(r"\bgoto\b"), "goto", lambda folder, path: False),
    (re.compile(r"\b(?:exit|_exit|_Exit|quick_exit|abort)\s*\("),
     "a call that ends the process",
     lambda folder, path: os.path.basename(path) == "main.c"
     and folder in ("", TOOL)),
)

INCLUDE = re.compile(r'\s*#\s*include\s*"([^"]+)"')
TOKEN = re.compile(
    r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""",
    re.DOTALL | re.VERBOSE)


def without_text(source):
    """SOURCE with comments and literals blanked, line numbers kept."""
    return TOKEN.sub(
        lambda m: re.sub(r"[^\n]", " ", m.group()), source)


def folder_of(path):
    return path.split("/", 1)[0] if "/" in path else ""


def check_header(lines):
    if tuple(lines[:2]) != SPDX:
        yield 1, "the two SPDX lines are missing"
        return
    if len(lines) < 3 or not lines[2].startswith("/* "):
        yield 3, "the sentence saying what the file is for is missing"
        return
    text = "\n".join(lines[2:]).split("*/")[0][3:]
    first = re.split(r"\n \*\s*\n", text)[0]
    if not first[:1].isupper() or not first.rstrip().endswith("."):
        yield 3, "the first comment is not a sentence"


def check_includes(path, source, known):
    folder = folder_of(path)
    for number, line in enumerate(source.split("\n"), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        target = match.group(1)
        to = folder_of(target)
        if to == folder:
            continue
        if to not in LAYERS and to != TOOL:
            yield number, f'"{target}" belongs to no layer'
        elif to == TOOL:
            yield number, f'"{target}" is not for other folders'
        elif folder == TOOL and LAYERS[to] > TOOL_MAY_USE:
            yield number, f'"{target}" is not for the tool'
        elif folder != TOOL and LAYERS[to] > LAYERS[folder]:
            yield number, f'"{target}" is in a higher layer'
        elif target not in known and to:
            yield number, f'"{target}" does not exist'


def check_words(path, code):
    folder = folder_of(path)
    for number, line in enumerate(code.split("\n"), 1):
        if INCLUDE.match(line):
            continue
        for pattern, name, allowed in WORDS:
            match = pattern.search(line)
            if match and not allowed(folder, path):
                yield number, f"{name} ({match.group().strip()}) " \
                    "is not for this file"


def check_lengths(lines, code):
    if len(lines) > MAX_FILE_LINES:
        yield len(lines), f"the file is longer than {MAX_FILE_LINES} lines"
    start = None
    for number, line in enumerate(code.split("\n"), 1):
        if line.rstrip() == "{":
            start = number
        elif line.startswith("}") and start is not None:
            length = number - start + 1
            if length > MAX_FUNCTION_LINES:
                yield start, f"the function has {length} lines, more than " \
                    f"{MAX_FUNCTION_LINES}"
            start = None


def check_file(src, path, known):
    with open(os.path.join(src, path), encoding="utf-8") as stream:
        source = stream.read()
    lines = source.splitlines()
    code = without_text(source)
    folder = folder_of(path)
    if folder not in LAYERS and folder != TOOL:
        yield 1, f'the folder "{folder}" belongs to no layer'
        return
    yield from check_header(lines)
    yield from check_includes(path, source, known)
    yield from check_words(path, code)
    yield from check_lengths(lines, code)


def check(src):
    """All findings in the folder SRC as (path, line, text), and the files."""
    names = sorted(
        os.path.relpath(os.path.join(where, name), src).replace(os.sep, "/")
        for where, _, names in os.walk(src) for name in names)
    files = [name for name in names if name.endswith((".c", ".h"))]
    # What the build makes of a template can be included too.
    known = set(files) | {name[:-3] for name in names
                          if name.endswith(".h.in")}
    findings = [(path, line, text) for path in files
                for line, text in check_file(src, path, known)]
    return findings, files


GOOD = "\n".join(SPDX) + "\n/* A sample. */\n"

# Path, content, and what has to be found in it (None: nothing).
SAMPLES = (
    ("base/good.h", GOOD + "int good(void);\n", None),
    ("base/words.c", GOOD + '/* goto exit( */\nchar *s = "CK_RV abort(";\n',
     None),
    ("pkcs11/good.c", GOOD + '#include "base/good.h"\nCK_RV rv;\n', None),
    ("token/good.h", GOOD + "CK_RV token(void);\n", None),
    ("server/good.c", GOOD + '#include "commands/good.h"\n', None),
    ("commands/good.h", GOOD + "assuan_context_t ctx;\n", None),
    ("main.c", GOOD + '#include "server/good.h"\n'
     "int main(void)\n{\n    exit(0);\n}\n", '"server/good.h" does not exist'),
    ("options.c", GOOD + '#include "base/good.h"\n#include "options.h"\n',
     None),
    ("tool/good.c", GOOD + '#include "base/good.h"\n', None),
    ("base/up.c", GOOD + '#include "pkcs11/good.h"\n', "higher layer"),
    ("token/up.c", GOOD + '#  include "keyring/key.h"\n', "higher layer"),
    ("keyring/up.c", GOOD + '#include "commands/good.h"\n', "higher layer"),
    ("commands/up.c", GOOD + '#include "server/server.h"\n', "higher layer"),
    ("server/up.c", GOOD + '#include "options.h"\n', "higher layer"),
    ("tool/up.c", GOOD + '#include "commands/good.h"\n', "not for the tool"),
    ("keyring/tool.c", GOOD + '#include "tool/t.h"\n', "not for other"),
    ("keyring/strange.c", GOOD + '#include "odd/t.h"\n', "no layer"),
    ("odd/odd.c", GOOD, "no layer"),
    ("keyring/ck.c", GOOD + "static CK_RV rv;\n", "a PKCS#11 type"),
    ("token/token.h", GOOD + "CK_SLOT_ID slot;\n", "a PKCS#11 type"),
    ("keyring/assuan.h", GOOD + "void f(assuan_context_t ctx);\n",
     "an Assuan type"),
    ("base/spdx.c", "/* No licence. */\n", "SPDX"),
    ("base/silent.c", "\n".join(SPDX) + "\nint x;\n", "is missing"),
    ("base/phrase.c", "\n".join(SPDX) + "\n/* bits and pieces */\n",
     "not a sentence"),
    ("base/long.c", GOOD + "\n" * MAX_FILE_LINES, "longer than"),
    ("base/function.c", GOOD + "int f(void)\n{\n"
     + "    f();\n" * (MAX_FUNCTION_LINES - 1) + "}\n", "the function has"),
    ("base/fits.c", GOOD + "int f(void)\n{\n"
     + "    f();\n" * (MAX_FUNCTION_LINES - 2) + "}\n", None),
    ("base/goto.c", GOOD + "void f(void)\n{\n    goto out;\nout:;\n}\n",
     "goto"),
    ("base/exit.c", GOOD + "void f(void)\n{\n    exit (1);\n}\n",
     "ends the process"),
    ("process.c", GOOD + "void f(void)\n{\n    abort();\n}\n",
     "ends the process"),
)


def self_test():
    wrong = 0
    with tempfile.TemporaryDirectory() as src:
        for path, content, _ in SAMPLES:
            os.makedirs(os.path.dirname(os.path.join(src, path)),
                        exist_ok=True)
            with open(os.path.join(src, path), "w", encoding="utf-8") as out:
                out.write(content)
        findings, _ = check(src)
    for path, _, expected in SAMPLES:
        found = [text for where, _, text in findings if where == path]
        if len(found) != (expected is not None) or \
                (expected and expected not in found[0]):
            print(f"{path}: expected {expected}, found {found}")
            wrong += 1
    print(f"{len(SAMPLES)} samples, {wrong} judged wrongly")
    return wrong


def main(arguments):
    if arguments == ["--self-test"]:
        return 1 if self_test() else 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    findings, files = check(arguments[0])
    for path, line, text in findings:
        print(f"{arguments[0]}/{path}:{line}: {text}")
    if not files:
        print(f"{arguments[0]}: no C file there")
        return 2
    print(f"{len(files)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
