#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Checks that docs/protocol.md and the transcripts have the whole protocol.
"""usage: protocol_doc.py SRC          check the protocol of the sources in SRC
       protocol_doc.py --self-test  prove that it finds what is missing

What SRC/commands has must be described and tested, and nothing else described:
  a command of table.c: one heading, and a transcript that sends it;
  its options: those in the first lines of its HELP text in the form of the
    command below its heading, and the other way round; each is one that the
    command takes (struct args_option), and each that it takes is named there;
  an attribute of attribute.c: a row of the table under "Attributes", with the
    right word on LEARN, and a transcript that asks for it (GETATTR) or expects
    it of LEARN;
  a subject of GETINFO: a row of the table there, and a transcript that asks;
  a status line: the document names it, and a transcript expects it;
  an error: a row of the table under "Errors", with the right number.
Only transcripts that tests/protocol/meson.build runs count.
Prints a line for each finding; exit status 1 if any."""

import glob
import os
import re
import sys

DOCUMENT = "docs/protocol.md"
TRANSCRIPTS = "tests/protocol"
SOURCE_SCD = 6 << 24


# --- What the sources have -------------------------------------------------

def commands(table, source):
    """The names of the commands in table.c, None for one without a name."""
    names = dict(re.findall(
        r'(?:\bcommand (command_\w+) = \{|UNSUPPORTED\((?=command_))\s*'
        r'"([A-Z]+)"', source))
    names.update(re.findall(r'UNSUPPORTED\((command_\w+),\s*"([A-Z]+)"',
                            source))
    rows = re.search(r"\bcommands\[\] = \{(.*?)\};", table, re.DOTALL)
    wanted = re.findall(r"&(command_\w+)", rows.group(1) if rows else "")
    return [names.get(variable, variable) for variable in wanted]


def table_of(source, name):
    rows = re.search(r"\b" + name + r"\[\] = \{\n(.*?)\n\};", source,
                     re.DOTALL)
    return rows.group(1) if rows else ""


OPTION = r"(?<![\w-])--[a-z][a-z-]*"


def help_options(source):
    """The options in the first paragraph of each command's HELP text."""
    found = {}
    for name, text in re.findall(
            r'\bcommand command_\w+ = \{\s*"([A-Z]+)",\s*\w+,\s*'
            r'((?:"(?:\\.|[^"\\])*"\s*)+)\}', source):
        joined = re.sub(r'"\s*"', "", text)
        found[name] = set(re.findall(OPTION, joined.split("\\n\\n")[0]))
    return found


def taken_options(source):
    """The options that the commands of one source file take."""
    return {option for table in re.findall(
        r"\bargs_option options\[\] = \{(.*?)\};", source, re.DOTALL)
            for option in re.findall(r'\{"(--[a-z-]+)"', table)}


def attributes(source):
    """The attributes, and whether LEARN sends each."""
    return {name: learn == "true" for name, learn in re.findall(
        r'\{"([^"]+)", (true|false), \w+\}', table_of(source, "attributes"))}


def subjects(source):
    """What GETINFO can be asked for; cmd_has_option is not in its table."""
    return set(re.findall(r'\{"(\w+)", \w+\}', table_of(source, "infos"))) | \
        set(re.findall(r'args_first\(&args\), "(\w+)"\)\)', source))


def status_lines(source):
    return set(re.findall(r'\bstatus_(?:raw|text)\(\w+, "([A-Z_-]+)"', source))


def errors(source):
    """The errors of commands, and those that a module's answers become."""
    names = set(re.findall(r"(?:client_error\([\w>-]+,|gpg_error\()\s*"
                           r"GPG_ERR_(\w+)", source))
    names |= set(re.findall(r"\bROW\(CKR_\w+, GPG_ERR_(\w+)\)", source))
    return names - {"NO_ERROR"}


# --- What the document has --------------------------------------------------

def section(document, title, level="##"):
    """The text below a heading, up to the next one of its level or above."""
    found = re.search(
        r"^" + level + " " + re.escape(title) + r"$(.*?)(?=^#{2," +
        str(len(level)) + r"} |\Z)", document, re.DOTALL | re.MULTILINE)
    return found.group(1) if found else ""


def rows(text):
    """The cells of the rows of tables, without their backticks, by what is
    named in backticks in the first one."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|"):
            for name in re.findall(r"`([^` ]+)[^`]*`", cells[0]):
                found[name] = [cell.replace("`", "") for cell in cells]
    return found


# --- What the transcripts have ----------------------------------------------

class Spoken:
    """What clients type in transcripts, and what they are told then."""

    def __init__(self, transcripts):
        self.commands, self.attributes = set(), set()
        self.subjects, self.status_lines = set(), set()
        for text in transcripts:
            self.read(text)

    def read(self, text):
        last = {}
        for line in text.splitlines():
            client, sign, rest = re.match(
                r"([2-9]?)(>|<[*~?]?|setdata)? ?(.*)", line).groups()
            words = rest.split()
            if sign == "setdata":
                self.commands.add("SETDATA")
            if sign is None or not words:
                continue
            if sign == ">" and words[0] not in ("D", "END", "CAN"):
                last[client] = words[0].upper()
                self.commands.add(last[client])
                if len(words) > 1 and last[client] == "GETATTR":
                    self.attributes.add(words[1])
                if len(words) > 1 and last[client] == "GETINFO":
                    self.subjects.add(words[1])
            elif sign[0] == "<" and words[0] == "S" and len(words) > 1:
                self.status_lines.add(words[1])
                if last.get(client) == "LEARN":
                    self.attributes.add(words[1])


# --- What is missing --------------------------------------------------------

def lacking(what, wanted, found, where):
    for name in sorted(wanted - found):
        yield f"{where}: the {what} {name} is missing"


def check_commands(names, document, spoken):
    headings = re.findall(r"^### (.*)$", section(document, "Commands"),
                          re.MULTILINE)
    described = [name for heading in headings
                 for name in re.findall(r"`([^`]+)`", heading)]
    for heading in headings:
        if "`" not in heading:
            yield f"{DOCUMENT}: '{heading}' names no command"
    for name in sorted(set(described) - set(names)):
        yield f"{DOCUMENT}: there is no command {name}"
    for name in sorted(set(described)):
        if described.count(name) > 1:
            yield f"{DOCUMENT}: the command {name} has two headings"
    yield from lacking("command", set(names), set(described), DOCUMENT)
    yield from lacking("command", set(names), spoken.commands, TRANSCRIPTS)


def check_options(sources, document):
    text = section(document, "Commands")
    for source in sources:
        described = set()
        for name, options in help_options(source).items():
            body = re.search(r"^### [^\n]*`" + name + r"`.*?$(.*?)(?=^### |\Z)",
                             text, re.DOTALL | re.MULTILINE)
            body = body.group(1) if body else ""
            described |= set(re.findall(OPTION, body))
            shown = {option for form in re.findall(
                "`(" + name + r"\b[^`]*)`", body.strip().split("\n\n")[0])
                     for option in re.findall(OPTION, form)}
            for option in sorted(options ^ shown):
                yield (f"{DOCUMENT}: {option} of {name} is only in " +
                       ("its HELP text" if option in options else "its form"))
            for option in sorted(options - taken_options(source)):
                yield f"HELP {name}: the command does not take {option}"
        for option in sorted(taken_options(source) - described):
            yield (f"{DOCUMENT}: {option} is not there, which one of "
                   f"{', '.join(sorted(help_options(source)))} takes")


def check_attributes(known, document, spoken):
    table = rows(section(document, "Attributes"))
    yield from lacking("attribute", set(known), set(table), DOCUMENT)
    yield from lacking("attribute", set(known), spoken.attributes, TRANSCRIPTS)
    for name in sorted(set(table) - set(known)):
        yield f"{DOCUMENT}: there is no attribute {name}"
    for name in sorted(set(table) & set(known)):
        says = table[name][1] if len(table[name]) > 1 else ""
        if says != ("yes" if known[name] else "no"):
            yield (f"{DOCUMENT}: is {name} sent by LEARN? Its second column "
                   f"says '{says}'")


def check_subjects(known, document, spoken):
    table = rows(section(document, "`GETINFO`", "###"))
    yield from lacking("subject of GETINFO", known, set(table), DOCUMENT)
    yield from lacking("subject of GETINFO", known, spoken.subjects,
                       TRANSCRIPTS)
    for name in sorted(set(table) - known):
        yield f"{DOCUMENT}: there is no subject {name} of GETINFO"


def check_status_lines(known, document, spoken):
    named = set(re.findall(r"[A-Z_-]{4,}", document))
    yield from lacking("status line", known, named, DOCUMENT)
    yield from lacking("status line", known, spoken.status_lines, TRANSCRIPTS)


def check_errors(known, document, numbers):
    table = rows(section(document, "Errors"))
    yield from lacking("error", known, set(table), DOCUMENT)
    for name in sorted(table):
        cells = table[name] + ["", ""]
        if not cells[1].isdigit() or \
                cells[2] != str(SOURCE_SCD + int(cells[1])):
            yield f"{DOCUMENT}: {name} is code {cells[1]}, not ERR {cells[2]}"
        elif name in numbers and int(cells[1]) != numbers[name]:
            yield f"{DOCUMENT}: {name} is {numbers[name]}, not {cells[1]}"


def check(text):
    spoken = Spoken(text["transcripts"])
    source, document = "\n".join(text["commands"]), text["document"]
    names = commands(text["table"], source)
    yield from check_commands(names, document, spoken)
    yield from check_options(text["commands"], document)
    yield from check_attributes(attributes(source), document, spoken)
    yield from check_subjects(subjects(source), document, spoken)
    yield from check_status_lines(status_lines(source), document, spoken)
    yield from check_errors(errors(source + text["answers"]), document,
                            text["numbers"])


# --- Its own test -----------------------------------------------------------

SAMPLE = {
    "table": "commands[] = {\n    &command_lock,  &command_getattr,\n"
             "    &command_apdu, &command_getinfo,\n};\n",
    "commands": ['''
    const struct args_option options[] = {{"--wait", &wait, NULL},
                                          {"--old", NULL, &old}};
const struct command command_lock = {
    "LOCK", cmd_lock,
    "LOCK [--wait]\\n"
    "\\n"
    "See --help."};
''', '''const struct command command_getattr = {"GETATTR", cmd_getattr, "GETATTR"};
UNSUPPORTED(command_apdu, "APDU", "no");
const struct command command_getinfo = {"GETINFO", cmd_getinfo, "GETINFO"};
attributes[] = {
    {"READER", true, write_reader},
    {"$SIGNKEYID", false, write_sign_ref},
};
    if (str_equal(args_first(&args), "has_option"))
infos[] = {
    {"pid", info_pid},
};
    err = status_raw(client, "PROGRESS", "1");
    return client_error(client, GPG_ERR_LOCKED, "no");
'''],
    "answers": "ROW(CKR_OK, GPG_ERR_NO_ERROR),\n"
               "ROW(CKR_CANCEL, GPG_ERR_CANCELED),\n",
    "numbers": {"LOCKED": 173},
    "document": '''## Commands
### `LOCK` and `APDU`

`LOCK [--wait]`: wait.

`LOCK --old` does, too.

### `GETATTR`
### `GETINFO`
| `pid` | a number |
| `has_option X` | OK |
## Attributes
| `READER` | yes | text |
| `$SIGNKEYID` | no | text |
## Errors
| `LOCKED` | 173 | 100663469 | PROGRESS |
| `CANCELED` | 99 | 100663395 |
''',
    "transcripts": ["> LOCK\n< S PROGRESS 1\n< OK\n> APDU\n",
                    "2> LEARN\n2<* S READER\n> GETATTR $SIGNKEYID\n< OK\n"
                    "> GETINFO pid\n> getinfo has_option\n"],
}

# Which text, what in it is replaced by what, and what has to be found then.
SAMPLES = (
    ("table", "", "", None),
    ("table", "&command_lock,", "", "there is no command LOCK"),
    ("commands", '"APDU"', '"SEND"', DOCUMENT + ": the command SEND"),
    ("commands", "LOCK [--wait]", "LOCK [--stay]", "--stay of LOCK is only in"),
    ("commands", "LOCK [--wait]", "LOCK [--stay]", "does not take --stay"),
    ("commands", "LOCK [--wait]", "LOCK", "--wait of LOCK is only in its form"),
    ("commands", '{"--old"', '{"--new"', "--new is not there, which one of"),
    ("commands", '"APDU"', '"SEND"', TRANSCRIPTS + ": the command SEND"),
    ("commands", '"READER"', '"RADAR"', DOCUMENT + ": the attribute RADAR"),
    ("commands", '"READER"', '"RADAR"', TRANSCRIPTS + ": the attribute RADAR"),
    ("commands", '"READER"', '"RADAR"', "there is no attribute READER"),
    ("commands", '"READER", true', '"READER", false', "is READER sent"),
    ("commands", '"pid"', '"uid"', DOCUMENT + ": the subject of GETINFO uid"),
    ("commands", '"pid"', '"uid"', "there is no subject pid"),
    ("commands", '"PROGRESS"', '"WAITING"', DOCUMENT + ": the status line"),
    ("commands", '"PROGRESS"', '"WAITING"', TRANSCRIPTS + ": the status line"),
    ("commands", "ERR_LOCKED", "ERR_BUSY", "the error BUSY is missing"),
    ("answers", "ERR_CANCELED", "ERR_CARD", "the error CARD is missing"),
    ("document", "`LOCK` and ", "", DOCUMENT + ": the command LOCK"),
    ("document", "LOCK [--wait]", "LOCK", "--wait of LOCK is only in its HELP"),
    ("document", "LOCK --old", "LOCK", "--old is not there, which one of LOCK"),
    ("document", "### `LOCK`", "### Locks", "the command LOCK is missing"),
    ("document", "### `GETATTR`", "### Attribute", "'Attribute' names no"),
    ("document", "### `GETATTR`", "### `GETATTR`\n### `LOCK`",
     "LOCK has two headings"),
    ("document", "| `$SIGNKEYID` | no", "| `$SIGNKEYID` | yes",
     "is $SIGNKEYID sent"),
    ("document", "| `READER` |", "| READER |", "the attribute READER is miss"),
    ("document", "| `pid` |", "| pid |", "the subject of GETINFO pid is miss"),
    ("document", "| 99 |", "| 100 |", "CANCELED is code 100"),
    ("document", "| 173 | 100663469", "| 174 | 100663470", "LOCKED is 173"),
    ("transcripts", "> LOCK\n", "# LOCK\n", TRANSCRIPTS + ": the command LOCK"),
    ("transcripts", "> LOCK\n", "log-has LOCK\n", "the command LOCK is miss"),
    ("transcripts", "2> LEARN", "> LEARN", "the attribute READER is missing"),
    ("transcripts", "2<* S READER", "2<! S READER", "the attribute READER"),
    ("transcripts", "GETATTR $SIGN", "GETATTR $ENCR", "$SIGNKEYID is missing"),
    ("transcripts", "INFO pid", "INFO uid", "the subject of GETINFO pid"),
    ("transcripts", "S PROGRESS", "S WAITING", "the status line PROGRESS"),
)


def self_test():
    wrong = 0
    for name, old, new, expected in SAMPLES:
        text = dict(SAMPLE)
        if isinstance(text[name], list):
            text[name] = [part.replace(old, new, 1) for part in text[name]]
        else:
            text[name] = text[name].replace(old, new, 1)
        found = list(check(text))
        if old and text[name] == SAMPLE[name]:
            found, expected = ["nothing was replaced"], ""
        if bool(found) != bool(expected) or \
                not any((expected or "") in what for what in found or [""]):
            print(f"{name}: '{old}' -> '{new}': expected {expected}, "
                  f"found {found}")
            wrong += 1
    print(f"{len(SAMPLES)} samples, {wrong} judged wrongly")
    return wrong


# --- The program ------------------------------------------------------------

def read(*path):
    with open(os.path.join(*path), encoding="utf-8",
              errors="surrogateescape") as stream:
        return stream.read()


def run_transcripts(folder):
    """The transcripts that meson.build names."""
    listed = re.search(r"^transcripts = \[\n(.*?)^\]",
                       read(folder, "meson.build"), re.DOTALL | re.MULTILINE)
    names = re.findall(r"^  '(\w+)',$", listed.group(1), re.MULTILINE)
    return [read(folder, name + ".t") for name in names]


def main(arguments):
    if arguments == ["--self-test"]:
        return 1 if self_test() else 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    src, root = arguments[0], os.path.join(arguments[0], "..")
    sys.path.insert(0, os.path.join(root, TRANSCRIPTS))
    sys.dont_write_bytecode = True
    from replay import errors as known_errors
    text = {
        "table": read(src, "commands", "table.c"),
        "commands": [read(path) for path in sorted(
            glob.glob(os.path.join(src, "commands", "*.c")))],
        "answers": read(src, "pkcs11", "rv.c"),
        "numbers": known_errors.CODES,
        "document": read(root, DOCUMENT),
        "transcripts": run_transcripts(os.path.join(root, TRANSCRIPTS)),
    }
    source = "\n".join(text["commands"])
    numbers = (len(commands(text["table"], source)),
               len(set().union(*help_options(source).values())),
               len(attributes(source)),
               len(subjects(source)), len(status_lines(source)),
               len(errors(source)), len(text["transcripts"]))
    if 0 in numbers:
        print(f"{src}: something was not found: {numbers}")
        return 2
    findings = list(check(text))
    for what in findings:
        print(what)
    print("%d commands, %d options, %d attributes, %d subjects, %d status lines, "
          "%d errors, %d transcripts, " % numbers + f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
