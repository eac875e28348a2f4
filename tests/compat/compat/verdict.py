# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""What the records of both programs come to: same, better or different.

Nobody says that an item is "same" or "better": two records are compared line
by line, and what differs has to be what the item's patterns say of each."""

import difflib

from replay.pattern import match


class Verdict:
    def __init__(self, name, why=''):
        self.name = name  # same, better, different
        self.why = why


def take_away(record, patterns, names):
    """The record without the lines that the patterns match, in their order;
    and the first pattern for which there was no line, or None."""
    rest = []
    wanted = list(patterns)
    for line in record:
        if wanted and match(wanted[0], line, dict(names)):
            wanted.pop(0)
        else:
            rest.append(line)
    return rest, (wanted[0] if wanted else None)


def take_from_end(record, patterns, names):
    """The same, with the last lines that match."""
    rest, lacking = take_away(record[::-1], patterns[::-1], names)
    return rest[::-1], lacking


def difference(old, ours):
    """Lines for people: what only one of the two has."""
    lines = difflib.unified_diff(old, ours, '0.10', 'ours', lineterm='', n=1)
    return '\n'.join(line for line in lines if not line.startswith('@@'))


def judge(item, records, names):
    """records and names are by program; a record is a list of lines."""
    old, ours = records['old'], records['ours']
    if old == ours:
        if item.reason is None:
            return Verdict('same')
        return Verdict('different', 'the item says that ours is better, but '
                       'both do the same:\n' + '\n'.join(old))
    if item.reason is None:
        return Verdict('different', difference(old, ours))
    for take in (take_away, take_from_end):
        rests = {}
        for program, record in records.items():
            rests[program], lacking = take(record, item.patterns(program),
                                           names[program])
            if lacking is not None:
                return Verdict('different', '%s was expected to have "%s":\n%s'
                               % (program, lacking, difference(old, ours)))
        if rests['old'] == rests['ours']:
            return Verdict('better', item.reason)
    return Verdict('different', 'the two differ in more than is expected:\n'
                   + difference(old, ours))


def shows_defect(item, record, names):
    """Does 0.10's record have what is expected of it?  Some of its mistakes
    are made most of the time only."""
    return take_away(record, item.patterns('old'), names)[1] is None
