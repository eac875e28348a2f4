#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Checks that the manual has each variable, file, signal and option of Assuan.
"""usage: surroundings.py SRC          check the manual of the sources in SRC
       surroundings.py --self-test  prove that it finds what is wrong

Compares what the sources in SRC name, comments left out, with
man/gnupg-pkcs11-scd.1, in both directions:
  variables that are read, set or told (getenv("NAME"), setenv("NAME", ...),
    "SOME_NAME=...") with the items of ENVIRONMENT;
  signals (SIGTERM) with those that SIGNALS names; SIGKILL and SIGSTOP do not
    count, as no program can do anything about them;
  files (strings that look like the name of one, and SCD_SYSTEM_CONFIG) with
    the paths in FILES and ENVIRONMENT, and with FILES of
    man/gnupg-pkcs11-scd.conf.5; devices do not count;
  options that a client can set (option_handler) with "OPTION name" in COMMANDS
    there and in docs/protocol.md.
Prints a line for each finding; exit status 1 if any."""

import glob
import os
import re
import sys

PAGE_1 = "man/gnupg-pkcs11-scd.1"
PAGE_5 = "man/gnupg-pkcs11-scd.conf.5"
PROTOCOL = "docs/protocol.md"

# Files that somebody else reads for us, by what the sources do about it.
READ_BY_OTHERS = {
    "*.module": "p11_kit_modules_load",    # p11-kit's registry
    "gpg-agent.conf": "gpg-agent.conf",    # named in what --help says
}

# Where the names of variables are those of provider-NAME-env.
NAMED_BY_USERS = "environment.c"

# What no program can handle.
UNSTOPPABLE = {"SIGKILL", "SIGSTOP"}

STRING = r'"((?:\\.|[^"\\\n])*)"'
# A word that can be the name of a variable.
VARIABLE = r"[A-Z_][A-Z0-9_]*"


# --- What the sources have -------------------------------------------------

def without_comments(source):
    """Strings stay, a comment becomes a blank."""
    return re.sub(
        r'("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\')|/\*.*?\*/|//[^\n]*',
        lambda found: found.group(1) or " ", source, flags=re.DOTALL)


def with_constants(source):
    """Names that #define gives to strings are replaced by these, and strings
    behind each other are joined, as the compiler does it."""
    defined = r"^#define (\w+) \\?\s*" + STRING + "$"
    known = dict(re.findall(defined, source, re.MULTILINE))
    text = re.sub(defined, r';"\2";', source, flags=re.MULTILINE)
    text = re.sub(STRING + r"|\b(\w+)\b",
                  lambda word: f'"{known[word.group(2)]}"'
                  if word.group(2) in known else word.group(0), text)
    return re.sub(r'(?<!\\)"\s+"', "", text)


def plain(source):
    return with_constants(without_comments(source))


def readers(source):
    """Functions that read the variable that their first argument names."""
    return set(re.findall(
        r"\b(\w+)\(const char \*(\w+)[^)]*\)\n\{(?:(?!^\}).)*?"
        r"\bgetenv\(\2\)", source, re.DOTALL | re.MULTILINE))


def variables(source):
    functions = "|".join(["secure_getenv", "getenv", "setenv", "unsetenv"] +
                         [name for name, _ in sorted(readers(source))])
    return set(re.findall(r'"([A-Z]+_[A-Z0-9_]+)=', source)) | \
        set(re.findall(r"\b(?:" + functions + r')\(\s*"(' + VARIABLE + ')"',
                       source))


def hidden_variables(source):
    """Reads of a variable whose name this program cannot see."""
    arguments = {argument for _, argument in readers(source)}
    return {argument.strip() for argument in re.findall(
        r'\b(?:secure_)?getenv\(\s*([^"\s)][^)]*)', source)
            if argument.strip() not in arguments}


def signals(source):
    text = re.sub(STRING, "", source)
    return set(re.findall(r"\bSIG[A-Z]+[0-9]?\b", text)) - UNSTOPPABLE


def looks_like_a_file(string):
    return re.fullmatch(
        r"/[a-z][\w./%-]*"                      # an absolute path
        r"|\.[a-z][\w-]*"                       # a hidden one
        r"|[\w/.-]*gnupg-pkcs11-scd\.[\w.]+"    # with our name
        r"|S\.[\w.-]+"                          # as GnuPG calls sockets
        r"|[\w-]+\.(?:conf|S|sock|lock|pid|log)", string)


def files(source, system_config):
    """Names of files, each without the folder that %s stands for."""
    found = {system_config} if "SCD_SYSTEM_CONFIG" in source else set()
    text = re.sub(r"^#include .*$", "", source, flags=re.MULTILINE)
    for string in re.findall(STRING, text):
        name = re.sub(r"^(?:%s/)+", "", string)
        if looks_like_a_file(name) and not name.startswith("/dev/"):
            found.add(name)
    return found


def assuan_options(source):
    handler = re.search(r"\boption_handler\(.*?\n\}", source, re.DOTALL)
    return set(re.findall(r'str_equal(?:_nocase)?\(name, "([\w-]+)"\)',
                          handler.group(0) if handler else ""))


# --- What the manual has ----------------------------------------------------

def section(page, title):
    found = re.search(r"^\.Sh " + re.escape(title) + r"\n(.*?)(?=^\.Sh |\Z)",
                      page, re.DOTALL | re.MULTILINE)
    return found.group(1) if found else ""


def words_of(text, macro):
    """The arguments of a macro, as separate words, punctuation left out."""
    found = set()
    for line in re.findall(r"^\.(?:\w+ )*?" + macro + r" (.*)$", text,
                           re.MULTILINE):
        found.update(word for word in line.split()
                     if not re.fullmatch(r"[.,;:()]|[A-Z][a-z]", word))
    return found


def listed_variables(page):
    lines = re.findall(r"^\.It (Ev .*)$", section(page, "ENVIRONMENT"),
                       re.MULTILINE)
    return {word for line in lines
            for word in re.findall(r"(?<!\S)" + VARIABLE + r"(?!\S)", line)}


def listed_files(page):
    return {path for line in re.findall(
        r"^\.It Pa (.*)$", section(page, "FILES"), re.MULTILINE)
            for path in line.split() if path != ","}


def has_part(paths, name):
    """Is it one of the paths, or some folders of one, or its end?  What is
    filled in by a %s can be written in any way."""
    wanted = re.sub(r"%[a-z]+", "[^/]+", re.escape(name.strip("/")))
    return any(re.search(f"/{wanted}/", f"/{path.strip('/')}/")
               for path in paths)


# --- What differs -----------------------------------------------------------

def compare(where, what, wanted, found):
    for name in sorted(wanted - found):
        yield f"{where}: the {what} {name} is missing"
    for name in sorted(found - wanted):
        yield f"{where}: there is no {what} {name}"


def check_variables(source, judged, page):
    for name in sorted(hidden_variables(judged)):
        yield f"which variable is '{name}'? Say its name in the call"
    yield from compare(PAGE_1, "variable", variables(source),
                       listed_variables(page))


def check_signals(source, page):
    yield from compare(PAGE_1, "signal", signals(source),
                       set(re.findall(r"\bSIG[A-Z]+[0-9]?\b",
                                      section(page, "SIGNALS"))))


def check_files(text):
    source, page = text["source"], text["page 1"]
    known = files(source, text["system config"])
    named = listed_files(page) | words_of(section(page, "FILES") +
                                          section(page, "ENVIRONMENT"), "Pa")
    for name in sorted(known):
        if not has_part(named, name):
            yield f"{PAGE_1}: the file {name} is missing"
    for name, sign in READ_BY_OTHERS.items():
        if sign in source:
            known.add(name)
            if not has_part(named, name):
                yield f"{PAGE_1}: the file {name} is missing"
    installed = set(re.findall(r"^  '([\w.-]+)',$", text["installed"],
                               re.MULTILINE))
    for where, paths in ((PAGE_1, listed_files(page)),
                         (PAGE_5, listed_files(text["page 5"]))):
        if not paths:
            yield f"{where}: no file in FILES"
        for path in sorted(paths):
            last = path.rstrip("/").split("/")[-1]
            if path not in known and last not in known | installed:
                yield f"{where}: there is no file {path}"


def check_assuan_options(source, page, protocol):
    wanted = assuan_options(source)
    named = re.sub(r"^\.\w+ ", "", section(page, "COMMANDS"),
                   flags=re.MULTILINE)
    for where, words in ((PAGE_1, named), (PROTOCOL, protocol)):
        yield from compare(where, "option of Assuan", wanted,
                           set(re.findall(r"\bOPTION ([a-z-]+)=", words)))


def check(text):
    text = dict(text, source=plain(text["source"]))
    yield from check_variables(text["source"], plain(text["judged"]),
                               text["page 1"])
    yield from check_signals(text["source"], text["page 1"])
    yield from check_files(text)
    yield from check_assuan_options(text["source"], text["page 1"],
                                    text["protocol"])


# --- Its own test -----------------------------------------------------------

SAMPLE = {
    "source": r'''#include "base/log.h"
/* getenv("COMMENTED"), SIGHUP and "gnupg-pkcs11-scd.old" do not count. */
#define CONFIG_NAME "gnupg-pkcs11-scd.conf"
#define FROM_ENV "GNUPGHOME"
#define PREFIX "gnupg-pkcs11-scd."
static const char *variable(const char *name)
{
    return getenv(name);
}
    home = variable("HOME");
    home = getenv(FROM_ENV);
    parent = secure_getenv("TMPDIR"), "/tmp";
    printf("SCDAEMON_INFO=%s:%ld:1; \"more\"", name, pid); // SIGUSR2
    strbuf_printf(&name, "%s/" PREFIX "XXXXXX", parent);
    strbuf_printf(&name, "/run/user/%lu/gnupg", uid);
    strbuf_printf(&name, "%s/agent.S", directory);
    strbuf_printf(&home, "%s/.gnupg", user_home);
    config_read(SCD_SYSTEM_CONFIG);
    puts("SIGINT is text; put it into gpg-agent.conf (see the manual)");
    open("/dev/null", O_RDWR);
    setenv(variable, value, 1);
    sigaddset(&ending, SIGTERM);
    kill(pid, SIGKILL);
    p11_kit_modules_load(NULL, 0);
static gpg_error_t option_handler(assuan_context_t ctx, const char *name)
{
    return str_equal(name, "event-signal") ? 1 : 0;
}
    if (str_equal(name, "other")) return;
''',
    "page 1": r'''.Sh COMMANDS
.Pq Ql OPTION event-signal= Ns Ar number
.Sh ENVIRONMENT
.Bl -tag -width Ds
.It Ev GNUPGHOME
The folder.
.It Ev TMPDIR , SCDAEMON_INFO , HOME
And then
.Pa /run/user/1000/gnupg
or
.Pa /tmp .
.El
Not ours:
.Ev SOFTHSM2_CONF .
.Sh FILES
.It Pa ~/.gnupg/gnupg-pkcs11-scd.conf
.It Pa /etc/x.conf
.It Pa ~/.gnupg/gpg-agent.conf
.It Pa /usr/share/p11-kit/modules/*.module , /etc/pkcs11/modules/*.module
.It Pa gnupg-pkcs11-scd.XXXXXX/agent.S
The socket.
.Sh SIGNALS
.Dv SIGTERM
ends it.
''',
    "page 5": ".Sh FILES\n.It Pa ~/.gnupg/gnupg-pkcs11-scd.conf\n"
              ".It Pa /usr/share/doc/example\n",
    "protocol": "| `OPTION event-signal=N` | yes |\n",
    "installed": "install_data(\n  'example',\n)\n",
    "system config": "/etc/x.conf",
}

# Which text, what in it is replaced by what, and what has to be found then.
SAMPLES = (
    ("source", "", "", None),
    ("source", 'secure_getenv("TMPDIR")', 'getenv("TEMP")',
     "variable TEMP is missing"),
    ("source", 'secure_getenv("TMPDIR")', 'getenv("TEMP")',
     "there is no variable TMPDIR"),
    ("source", 'FROM_ENV "GNUPGHOME"', 'FROM_ENV "OTHERHOME"',
     "variable OTHERHOME is missing"),
    ("source", "getenv(FROM_ENV)", "getenv(names[i])",
     "which variable is 'names[i]'"),
    ("source", 'variable("HOME")', 'variable("HOUSE")',
     "variable HOUSE is missing"),
    ("source", "return getenv(name)", "return getenv(other)",
     "which variable is 'other'"),
    ("source", '"SCDAEMON_INFO=', '"SCDAEMON_FACTS=',
     "variable SCDAEMON_FACTS is missing"),
    ("source", "SIGTERM", "SIGUSR1", "signal SIGUSR1 is missing"),
    ("source", "SIGTERM", "SIGUSR1", "no signal SIGTERM"),
    ("source", '"/tmp"', '"/var/tmp"', "file /var/tmp is missing"),
    ("source", "/agent.S", "/S.scd", "file S.scd is missing"),
    ("source", "/agent.S", "/S.scd", "no file gnupg-pkcs11-scd.XXXXXX/agent.S"),
    ("source", 'CONFIG_NAME "gnupg-pkcs11-scd.conf"',
     'CONFIG_NAME "gnupg-pkcs11-scd.conf.d"', "gnupg-pkcs11-scd.conf.d is"),
    ("source", "XXXXXX", "YYYYYY", "file gnupg-pkcs11-scd.YYYYYY is missing"),
    ("source", "%lu/gnupg", "%lu/gpg", "file /run/user/%lu/gpg is missing"),
    ("source", "/.gnupg", "/.gpg", "file .gpg is missing"),
    ("source", "p11_kit_modules_load", "load", "there is no file /usr/share"),
    ("source", "SCD_SYSTEM_CONFIG", "NULL", "no file /etc/x.conf"),
    ("source", '"event-signal"', '"event-fd"', PAGE_1 + ": the option of"),
    ("source", '"event-signal"', '"event-fd"', PROTOCOL + ": the option of"),
    ("system config", "x.conf", "y.conf", "file /etc/y.conf is missing"),
    ("page 1", ".It Ev GNUPGHOME", ".Ev GNUPGHOME",
     "variable GNUPGHOME is missing"),
    ("page 1", "TMPDIR , SCDAEMON_INFO", "TMPDIR",
     "variable SCDAEMON_INFO is missing"),
    ("page 1", "SIGTERM", "SIGTRAP", "no signal SIGTRAP"),
    ("page 1", ".Pa /tmp", "that folder", "file /tmp is missing"),
    ("page 1", "gpg-agent.conf", "gpg.conf", "file gpg-agent.conf is missing"),
    ("page 1", "gpg-agent.conf", "gpg.conf", "no file ~/.gnupg/gpg.conf"),
    ("page 1", "event-signal", "event", "no option of Assuan event"),
    ("page 5", "/gnupg-pkcs11-scd.conf", "/scd.conf", PAGE_5 + ": there is no"),
    ("page 5", "FILES", "FOLDERS", PAGE_5 + ": no file in FILES"),
    ("protocol", "event-signal", "event", PROTOCOL + ": there is no option"),
    ("installed", "'example'", "'sample'", "no file /usr/share/doc/example"),
)


def self_test():
    wrong = 0
    for name, old, new, expected in SAMPLES:
        text = dict(SAMPLE)
        text[name] = text[name].replace(old, new, 1)
        text["judged"] = text["source"]
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
    with open(os.path.join(*path), encoding="utf-8") as stream:
        return stream.read()


def main(arguments):
    if arguments == ["--self-test"]:
        return 1 if self_test() else 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    src, root = arguments[0], os.path.join(arguments[0], "..")
    default = re.search(r"option\('system-config',.*?value: '([^']*)'",
                        read(root, "meson_options.txt"))
    sources = {os.path.relpath(path, src): read(path) for path in sorted(
        glob.glob(os.path.join(src, "**", "*.[ch]"), recursive=True))}
    text = {
        "source": "\n".join(sources.values()),
        "judged": "\n".join(source for path, source in sources.items()
                            if path != NAMED_BY_USERS),
        "page 1": read(root, PAGE_1),
        "page 5": read(root, PAGE_5),
        "protocol": read(root, PROTOCOL),
        "installed": read(root, "docs", "meson.build"),
        "system config": default.group(1) if default else "",
    }
    source = plain(text["source"])
    numbers = (len(variables(source)), len(files(source, "/etc")),
               len(signals(source)), len(assuan_options(source)))
    if 0 in numbers or not text["system config"]:
        print(f"{src}: something was not found: {numbers}")
        return 2
    findings = list(check(text))
    for what in findings:
        print(what)
    print("%d variables, %d files, %d signals, %d options of Assuan, " %
          numbers + f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
