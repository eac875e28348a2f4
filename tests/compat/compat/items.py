# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The list: files of items, each with steps and what is expected of them."""

import os
import re

from . import Broken

# Words of a line that are no steps.
NEEDS = ('root', 'namespace', 'gpg', 'gpgsm')


class Item:
    """One thing that is done with both programs."""

    def __init__(self, group, title, place):
        self.group = group
        self.title = title
        self.place = place
        self.steps = []        # (word, rest, place)
        self.reason = None     # why ours is better, if the two differ
        self.expected = {'old': [], 'ours': []}
        self.needs = []
        self.tries = 3

    def check(self):
        """Nothing can be better without what each of the two does."""
        if not self.steps:
            raise Broken('%s: "%s" does nothing' % (self.place, self.title))
        given = [name for name, lines in self.expected.items() if lines]
        if self.reason is None and given:
            raise Broken('%s: what is expected needs a line "better"'
                         % self.place)
        if self.reason is not None and len(given) != 2:
            raise Broken('%s: "better" needs lines "old" and "ours"'
                         % self.place)
        if self.reason is not None and self.expected == {
                'old': ['nothing'], 'ours': ['nothing']}:
            raise Broken('%s: nothing would be better' % self.place)
        self.check_help()

    def check_help(self):
        """What ours is told alone has to be seen in the table: users who
        change nothing but the program do not tell it that."""
        for word, rest, place in self.steps:
            if word == 'ours-conf' and rest not in self.group + self.title:
                raise Broken('%s: the title does not have "%s"'
                             % (place, rest))

    def patterns(self, program):
        return [text for text in self.expected[program] if text != 'nothing']


def split_line(line):
    """A line as its first word and the rest."""
    word, _, rest = line.partition(' ')
    return word, rest


class Reader:
    """Reads one file; its lines before the first item are steps of each."""

    def __init__(self, path):
        self.path = path
        self.group = None
        self.common = []
        self.items = []

    def read(self):
        with open(self.path, encoding='utf-8') as lines:
            for number, line in enumerate(lines, 1):
                line = line.rstrip('\n')
                if line and not line.startswith('#'):
                    self.take(line, '%s:%d' % (os.path.basename(self.path),
                                               number))
        for item in self.items:
            item.check()
        return self.items

    def take(self, line, place):
        word, rest = split_line(line)
        item = self.items[-1] if self.items else None
        if word == 'group':
            self.group, self.common = rest, []
        elif word == 'item':
            if self.group is None:
                raise Broken('%s: no "group" before' % place)
            self.items.append(Item(self.group, rest, place))
            self.items[-1].steps += self.common
        elif item is None or item.group != self.group:
            self.common.append((word, rest, place))
        elif word == 'better':
            item.reason = rest
        elif word in item.expected:
            item.expected[word].append(rest)
        elif word == 'needs':
            if rest not in NEEDS:
                raise Broken('%s: nobody knows how to need %s' % (place, rest))
            item.needs.append(rest)
        elif word == 'tries':
            item.tries = int(rest)
        else:
            item.steps.append((word, rest, place))


def read_list(folder):
    """All items, in the order of the files' names."""
    items = []
    for name in sorted(os.listdir(folder)):
        if name.endswith('.list'):
            items += Reader(os.path.join(folder, name)).read()
    seen = set()
    for item in items:
        if (item.group, item.title) in seen:
            raise Broken('%s: there is another "%s"' % (item.place, item.title))
        seen.add((item.group, item.title))
    return items


def select(items, words):
    """Those whose group or title has one of the words."""
    if not words:
        return items
    return [item for item in items
            if any(re.search(re.escape(word), item.group + ': ' + item.title,
                             re.I) for word in words)]
