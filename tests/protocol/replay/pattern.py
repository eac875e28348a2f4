# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Names in braces: patterns for what comes, substitution in what is typed."""

import re

from . import Failure

NAME = re.compile(r'[A-Za-z_][A-Za-z0-9_]*')


def split(text):
    """Text as a list of (literal, None) and (None, inside of braces)."""
    parts = []
    literal = ''
    i = 0
    while i < len(text):
        c = text[i]
        if text[i:i + 2] in ('{{', '}}'):
            literal += c
            i += 2
        elif c == '{':
            end = closing(text, i)
            parts += [(literal, None), (None, text[i + 1:end])]
            literal = ''
            i = end + 1
        else:
            literal += c
            i += 1
    return parts + [(literal, None)]


def closing(text, start):
    """The index of the brace that closes the one at start."""
    depth = 0
    i = start
    while i < len(text):
        if text[i] == '\\':
            i += 1
        elif text[i] == '{':
            depth += 1
        elif text[i] == '}':
            depth -= 1
            if depth == 0:
                return i
        i += 1
    raise Failure('a brace is not closed: ' + text)


def substitute(text, names):
    """Text with {name} replaced; every name must be known."""
    result = ''
    for literal, inside in split(text):
        if inside is None:
            result += literal
        elif inside in names:
            result += names[inside]
        else:
            raise Failure('{%s} is not known here' % inside)
    return result


def substitute_known(text, names):
    """For shell commands: only {name} with a known name is replaced."""
    def replace(match):
        return names.get(match.group(1), match.group(0))
    return re.sub(r'(?<!\$)\{(%s)\}' % NAME.pattern, replace, text)


def compile_pattern(text, names):
    """A regular expression for the whole line.

    {name}        no blanks; the value must be the one known, if there is one
    {name...}     anything, blanks too
    {name:regex}  what the expression matches
    {_}           like these, but the value is not kept
    """
    expression = ''
    new = set()
    for literal, inside in split(text):
        if inside is None:
            expression += re.escape(literal)
            continue
        name, colon, regex = inside.partition(':')
        if not colon:
            regex = r'.*' if name.endswith('...') else r'\S+'
            name = name[:-3] if name.endswith('...') else name
        if not NAME.fullmatch(name):
            raise Failure('{%s} has no proper name' % inside)
        if name == '_':
            expression += '(?:%s)' % regex
        elif name in names:
            expression += re.escape(names[name])
        elif name in new:
            expression += '(?P=%s)' % name
        else:
            new.add(name)
            expression += '(?P<%s>%s)' % (name, regex)
    return re.compile(expression, re.DOTALL)


def match(text, line, names):
    """Does the line match?  If so, names learns the new values."""
    found = compile_pattern(text, names).fullmatch(line)
    if found is None:
        return False
    names.update(found.groupdict())
    return True
