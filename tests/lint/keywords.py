#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Checks that the manual has each keyword, option and command, and no other.
"""usage: keywords.py SRC          check the manual of the sources in SRC
       keywords.py --self-test  prove that it finds what is wrong

Compares
  the table in SRC/base/config_keyword.c with man/gnupg-pkcs11-scd.conf.5,
    and its keywords without effect with what that page says of them, and
    with docs/gnupg-pkcs11-scd.conf.example,
  the table in SRC/options_table.c with the options in
    man/gnupg-pkcs11-scd.1: those that --help shows have a paragraph each,
    the others are mentioned,
  the commands in SRC/commands/ with those in man/gnupg-pkcs11-scd.1 and the
    headings of docs/protocol.md.
Prints a line for each finding; exit status 1 if any."""

import glob
import os
import re
import sys

PAGE_1 = "man/gnupg-pkcs11-scd.1"
PAGE_5 = "man/gnupg-pkcs11-scd.conf.5"
PROTOCOL = "docs/protocol.md"
EXAMPLE = "docs/gnupg-pkcs11-scd.conf.example"

# Keywords that are another one's second name: not for a file to begin with.
ALIASES = {"debug"}

# A letter that the option parser of libgpg-error adds by itself.
BUILT_IN_SHORT = {"-h"}

# The words with which the page says that a keyword has no effect.
WITHOUT_EFFECT = "No effect in this version"


def table_rows(source):
    """The rows of keywords[] as text, by their keyword."""
    table = re.search(r"keywords\[\] = \{\n(.*?)\n\};", source, re.DOTALL)
    text = table.group(1) if table else ""
    parts = re.split(r'^    \{"([^"]+)"', text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def has_effect(row):
    """Does a row of the table do something?"""
    return "CONFIG_SCOPE_REMOVED" not in row


def built_in(source):
    """What the parser adds by itself, as the sources list it."""
    table = re.search(r"built_in\[\] = \{(.*?)\};", source, re.DOTALL)
    return re.findall(r'"([^"]+)"', table.group(1)) if table else []


OPTION = r'ARGPARSE_[a-z]_\w+\((\w+),\s*"([^"]+)",\s*"'


def options(source):
    """Long options, and short ones, as they are typed; but not those whose
    help text "@" keeps them out of --help."""
    short = dict(re.findall(r"(OPT_\w+) = '(\w)'", source))
    found = BUILT_IN_SHORT | {"--" + name for name in built_in(source)}
    for name, option in re.findall(OPTION + '(?!@")', source):
        found.add("--" + option)
        if name in short:
            found.add("-" + short[name])
    return found


def hidden_options(source):
    """The others."""
    return {"--" + option
            for name, option in re.findall(OPTION + '@"', source)}


def commands(sources):
    """Names in definitions like command_lock = {"LOCK", ...}."""
    return {name for source in sources for name in re.findall(
        r'(?:\bcommand command_\w+ = \{|UNSUPPORTED\(command_\w+,)\s*'
        r'"([A-Z]+)"', source)}


def items(page, macro):
    """The paragraphs of a page whose .It line begins with MACRO, by what that
    line says when it is shown, in lines; an argument .Ar is in capitals."""
    found = {}
    parts = re.split(r"^\.It (.*)$", page, flags=re.MULTILINE)
    for line, text in zip(parts[1::2], parts[2::2]):
        if line.split()[0] != macro:
            continue
        shown, joined, argument = "", True, False
        for word in line.split():
            if word in ("Ic", "Fl", "Ar", "Ns"):
                if word == "Fl":
                    shown += ("" if joined else " ") + "-"
                joined = joined or word in ("Fl", "Ns")
                argument = word == "Ar" or argument and word == "Ns"
                continue
            shown += ("" if joined else " ") + \
                (word.upper() if argument else word)
            joined = False
        found[shown] = re.split(r"^\.(?:El|Sh|Ss)\b", text,
                                flags=re.MULTILINE)[0]
    return found


def compare(where, what, wanted, found):
    for name in sorted(wanted - found):
        yield f"{where}: the {what} {name} is missing"
    for name in sorted(found - wanted):
        yield f"{where}: there is no {what} {name}"


def check_keywords(table, page):
    rows = table_rows(table)
    # The first word of an item is its keyword: no keyword has a blank.
    paragraphs = {item.split()[0]: text
                  for item, text in items(page, "Ic").items()}
    yield from compare(PAGE_5, "keyword", set(rows), set(paragraphs))
    for name in sorted(set(rows) & set(paragraphs)):
        text = " ".join(paragraphs[name].split())
        says_none = WITHOUT_EFFECT in text
        if says_none == has_effect(rows[name]):
            yield f"{PAGE_5}: {name} has {'an' if says_none else 'no'} effect"


def check_example(table, example):
    """In the example "#keyword" is a setting, and "# text" is text."""
    wanted = {name for name, row in table_rows(table).items()
              if has_effect(row)} - ALIASES
    found = {re.sub(r"^(provider)-[a-z0-9]+-", r"\1-NAME-", name)
             for name in re.findall(r"^#?([a-z][^\s]*)", example, re.MULTILINE)}
    yield from compare(EXAMPLE, "keyword", wanted, found)


def section(page, title):
    found = re.search(r"^\.Sh " + title + r"\n(.*?)(?=^\.Sh |\Z)", page,
                      re.DOTALL | re.MULTILINE)
    return found.group(1) if found else ""


def check_options(source, page):
    found = set()
    for item in items(section(page, "OPTIONS"), "Fl"):
        found.update(re.findall(r"(?<!\S)--?[\w-]+", item))
    yield from compare(PAGE_1, "option", options(source), found)
    mentioned = {"--" + name for name in
                 re.findall(r"^\.Fl Fl ([\w-]+)", page, re.MULTILINE)}
    for name in sorted(hidden_options(source) - mentioned):
        yield f"{PAGE_1}: the option {name} is not mentioned"
    for name in sorted(mentioned - hidden_options(source) - options(source)):
        yield f"{PAGE_1}: there is no option {name}, which is mentioned"


def check_commands(sources, page, protocol):
    wanted = commands(sources)
    words = set(re.findall(r"^\.Ic ([A-Z]+)\b", section(page, "COMMANDS"),
                           re.MULTILINE))
    yield from compare(PAGE_1, "command", wanted, words)
    headings = " ".join(re.findall(r"^### (.*)$", protocol, re.MULTILINE))
    yield from compare(PROTOCOL, "command", wanted,
                       set(re.findall(r"`([A-Z]+)`", headings)))


SAMPLE = {
    "table": '''keywords[] = {
    {"log-file", GLOBAL(log_file),
     "a file, 'so'", parse_text},
    {"pin-cache", GLOBAL(pin_cache), "a "
     "number", parse_seconds},
    {"provider-NAME-library", PROVIDER(library), NULL,
     parse_flag},
    {"old*", CONFIG_SCOPE_REMOVED, 0, NULL, NULL},
};
''',
    "options": '''enum { OPT_VERBOSE = 'v', OPT_FILE = 500 };
ARGPARSE_s_n(OPT_VERBOSE, "verbose", "say more"),
ARGPARSE_s_s(OPT_FILE,
             "file", "|FILE|read it"),
ARGPARSE_o_s(OPT_OLD, "old", "@"),
static const char *const built_in[] = {"help", "version",
                                       "warranty"};
''',
    "commands": '''const struct command command_lock = {
    "LOCK", cmd_lock, "LOCK"};
UNSUPPORTED(command_apdu, "APDU", "no");
''',
    "page 5": '''.It Ic log-file Ar file
The log.
.It Ic pin-cache Ar seconds
Ask again
after that.
.It Ic provider- Ns Ar name Ns Ic -library
The library.
.It Ic old Ns *
No effect in this version.
.El
''',
    "page 1": '''.Sh OPTIONS
.It Fl v , Fl Fl verbose
More.
.It Fl Fl file Ar file
As
.Fl Fl old .
.It Fl h , Fl Fl help
.It Fl Fl version
.It Fl Fl warranty
.El
.Sh COMMANDS
.Ic LOCK ,
.Ic APDU .
.Sh DIFFERENCES
.It Fl Fl file
.It Fl Fl old
''',
    "protocol": "### `LOCK`\n### `APDU` and others\n",
    "example": "# Of old, a\n#log-file /log\n#pin-cache 1\n"
               "#provider-vendor-library /lib\n",
}

# Which text, what in it is replaced by what, and what has to be found then.
SAMPLES = (
    ("table", "", "", None),
    ("table", '"log-file"', '"logfile"', "keyword logfile is missing"),
    ("table", '"log-file"', '"logfile"', "there is no keyword log-file"),
    ("table", "CONFIG_SCOPE_REMOVED", "CONFIG_SCOPE_GLOBAL",
     "old* has an effect"),
    ("table", "GLOBAL(log_file)", "CONFIG_SCOPE_REMOVED, 0",
     "log-file has no effect"),
    ("table", "provider-NAME-library", "provider-NAME-mask",
     "provider-NAME-library"),
    ("options", '"file", "|', '"files", "|', "option --files is missing"),
    ("options", "'v'", "'V'", "option -V is missing"),
    ("options", '"warranty"', '"thanks"', "option --thanks is missing"),
    ("options", '"old"', '"older"', "option --older is not mentioned"),
    ("options", '"old"', '"older"', "no option --old, which is mentioned"),
    ("options", '"@"', '"once"', "option --old is missing"),
    ("commands", '"LOCK", cmd', '"LOCKS", cmd', "command LOCKS is missing"),
    ("commands", '"APDU"', '"SEND"', "command SEND is missing"),
    ("page 5", "Ic log-file", "Ic log-files", "keyword log-file is missing"),
    ("page 5", "Ask again\nafter that", "No effect\nin this version",
     "pin-cache has an effect"),
    ("page 1", "Fl Fl help", "Fl Fl helm", "option --help is missing"),
    ("page 1", "Fl h ,", "", "option -h is missing"),
    ("page 1", ".It Fl Fl file Ar file\n", "", "option --file is missing"),
    ("page 1", ".Ic APDU", ".Ic APDUS", "no command APDUS"),
    ("protocol", "`LOCK`", "LOCK", "docs/protocol.md: the command LOCK"),
    ("example", "#log-file", "# log-file", "keyword log-file is missing"),
    ("example", "pin-cache", "pin-catch", "no keyword pin-catch"),
    ("example", "-vendor-library", "-vendor-lib",
     "keyword provider-NAME-library is missing"),
)


def check(text):
    yield from check_keywords(text["table"], text["page 5"])
    yield from check_example(text["table"], text["example"])
    yield from check_options(text["options"], text["page 1"])
    yield from check_commands([text["commands"]], text["page 1"],
                              text["protocol"])


def self_test():
    wrong = 0
    for name, old, new, expected in SAMPLES:
        text = dict(SAMPLE)
        text[name] = text[name].replace(old, new, 1)
        found = list(check(text))
        if bool(found) != (expected is not None) or \
                (expected and not any(expected in what for what in found)):
            print(f"{name}: '{old}' -> '{new}': expected {expected}, "
                  f"found {found}")
            wrong += 1
    print(f"{len(SAMPLES)} samples, {wrong} judged wrongly")
    return wrong


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as stream:
        return stream.read()


def main(arguments):
    if arguments == ["--self-test"]:
        return 1 if self_test() else 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    src, root = arguments[0], os.path.join(arguments[0], "..")
    text = {
        "table": read(src, "base", "config_keyword.c"),
        "options": read(src, "options_table.h") +
                   read(src, "options_table.c"),
        "commands": "\n".join(
            read(path) for path in
            sorted(glob.glob(os.path.join(src, "commands", "*.c")))),
        "page 5": read(root, PAGE_5),
        "page 1": read(root, PAGE_1),
        "protocol": read(root, PROTOCOL),
        "example": read(root, EXAMPLE),
    }
    numbers = (len(table_rows(text["table"])), len(options(text["options"])),
               len(commands([text["commands"]])))
    if 0 in numbers:
        print(f"{src}: a table was not found")
        return 2
    findings = list(check(text))
    for what in findings:
        print(what)
    print("%d keywords, %d options, %d commands, " % numbers +
          f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
