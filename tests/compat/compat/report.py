# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The table, for a terminal and as a document."""

import textwrap

WIDTH = 92

HEAD = '''<!--
SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
SPDX-License-Identifier: BSD-3-Clause
-->
# What is the same as in 0.10, and what is better

`./dev compat` does each of these things with gnupg-pkcs11-scd 0.10.0, as Debian has it, and with
ours, on copies of the same throw-away tokens, and compares what came of it: exit status, output,
answers, files and processes that stay. **Same**: they are equal, but for names of temporary files,
process ids, the version's number, the source within an error's number, and the words in which a PIN
is asked for. **Better**: they are not, and what each of the two does was confirmed; the reason is in
the table. A thing that is neither ends the command with an error.

This page is written by `./dev compat --document` from [tests/compat/list](../tests/compat/README.md);
a test fails if it is older than the list.

%s
'''


def groups_of(items):
    """The groups in the order in which they come."""
    names = []
    for item in items:
        if item.group not in names:
            names.append(item.group)
    return names


def declared(item):
    return 'same' if item.reason is None else 'better'


def counts_of(items):
    same = sum(item.reason is None for item in items)
    return '%d things: %d the same, %d better, none different.' % (
        len(items), same, len(items) - same)


def cell(text):
    return text.replace('|', '\\|').replace('<', '&lt;')


def document(items):
    """The page; what it says is what a run confirms or fails."""
    text = HEAD % counts_of(items)
    for group in groups_of(items):
        text += '\n## %s\n\n| | | |\n| --- | --- | --- |\n' % group
        for item in items:
            if item.group == group:
                text += '| %s | %s | %s |\n' % (
                    cell(item.title), declared(item),
                    cell(item.reason or ''))
    return text


def row(title, name, why=''):
    """One thing; its reason below it."""
    lines = textwrap.wrap(title, WIDTH - 12) or ['']
    text = '  %-*s %s' % (WIDTH - 12, lines[0], name)
    for line in lines[1:]:
        text += '\n    ' + line
    if name == 'better':
        text += '\n' + textwrap.fill(why, WIDTH - 4, initial_indent='      ',
                                     subsequent_indent='      ')
    elif why:
        text += '\n' + textwrap.indent(why, '      ')
    return text
