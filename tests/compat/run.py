#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Does the list of things with gnupg-pkcs11-scd 0.10 and with ours, and says of
each whether both do the same, ours does better, or it differs.

  run.py --old DIR --daemon BIN --keymaker BIN --shim LIB [WORD...]
  run.py --document FILE | --check-document FILE

With WORDs, only the things whose group or title has one of them.  The last
line is "N passed, N failed"; exit status 1 if something differs.  README.md
describes the list."""

import argparse
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time

sys.dont_write_bytecode = True

from compat import PROGRAMS, Broken, items, job, report  # noqa: E402
from compat import verdict  # noqa: E402
from compat.stage import Stage  # noqa: E402
from compat.steps import perform  # noqa: E402
from compat.tokens import Tokens, read_tokens  # noqa: E402
from replay import Failure, Missing  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
# Longer than all waiting within an item.
LIMIT = 300


class Setting:
    """A program, and what it needs to run."""

    def __init__(self, path, env):
        self.path = path
        self.env = env
        done = subprocess.run([path, '--version'], capture_output=True,
                              text=True, env={**os.environ, **env},
                              check=False)
        found = re.match(r'gnupg-pkcs11-scd (\S+)', done.stdout)
        if not found:
            raise Missing('%s does not run here: %s'
                          % (path, done.stderr.strip()))
        self.version = found.group(1)


def old_setting(folder):
    """0.10 from the folder in which its packages are unpacked."""
    path = os.path.join(folder, 'usr/bin/gnupg-pkcs11-scd')
    library = glob.glob(os.path.join(
        folder, 'usr/lib/**/libpkcs11-helper.so.1'), recursive=True)
    if not os.path.exists(path) or not library:
        raise Missing('no gnupg-pkcs11-scd 0.10 in ' + folder)
    setting = Setting(path, {'LD_LIBRARY_PATH': os.path.dirname(library[0])})
    if not setting.version.startswith('0.10'):
        raise Missing('%s is version %s, not 0.10' % (path, setting.version))
    return setting


class Run:
    """One run of the list, in a folder that is gone afterwards."""

    def __init__(self, options, folder, chosen):
        self.options = options
        self.folder = folder
        self.chosen = chosen
        self.settings = {'old': old_setting(options.old),
                         'ours': Setting(options.daemon, {})}
        self.tokens = {}
        self.running = {}   # process id: (item, program, result, folder)
        self.records = {}   # (place of item, program): what came of it
        self.left = {}      # tries of 0.10 that an item has left

    def make_tokens(self):
        lines = read_tokens(os.path.join(HERE, 'tokens'))
        wanted = {tokens_of(item) for item in self.chosen}
        for name in wanted:
            if name not in lines:
                raise Broken('there are no tokens "%s"' % name)
            self.tokens[name] = Tokens(
                self.options, os.path.join(self.folder, 'tokens-' + name),
                lines[name])

    def begin(self, item, program, number):
        folder = os.path.join(self.folder, '%s%d' % (program[1], number))
        result = folder + '.json'
        stage = Stage(program, self.settings[program], make_folder(folder),
                      self.tokens[tokens_of(item)])

        def work():
            try:
                return {'record': perform(stage, item), 'names': stage.names}
            except (Broken, Failure) as broken:
                return {'broken': '%s\n%s' % (broken, stage.errors())}
            finally:
                stage.remove()
        pid = job.start(work, result)
        self.running[pid] = (item, program, result, folder, time.monotonic())

    def collect(self):
        """Wait for one of those that are under way."""
        pid, _ = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            for late, what in self.running.items():
                if time.monotonic() - what[4] > LIMIT:
                    os.kill(late, signal.SIGTERM)
            time.sleep(0.02)
            return
        if pid not in self.running:
            return
        item, program, result, folder, _ = self.running.pop(pid)
        try:
            with open(result, encoding='utf-8') as f:
                found = json.load(f)
        except (OSError, ValueError):
            found = {'broken': 'it took longer than %d seconds' % LIMIT}
        if not self.options.keep:
            shutil.rmtree(folder, ignore_errors=True)
        self.records[item.place, program] = found
        self.left.setdefault(item.place, item.tries)
        if self.could_do_better(item, program):
            self.left[item.place] -= 1
            if self.left[item.place] > 0:
                self.again.append(item)

    def could_do_better(self, item, program):
        """Should 0.10 have another try, which does some things, good ones and
        bad ones, most of the time only?  Ours never has one."""
        old, ours = (self.records.get((item.place, name), {})
                     for name in PROGRAMS)
        if 'broken' in old:
            return program == 'old'
        if item.reason is None:
            return 'record' in old and 'record' in ours and \
                old['record'] != ours['record']
        return program == 'old' and 'record' in old and \
            not verdict.shows_defect(item, old['record'], old['names'])

    def perform(self):
        todo = [(item, program) for item in self.chosen
                for program in PROGRAMS]
        self.again = []
        number = 0
        while todo or self.running or self.again:
            todo[:0] = [(item, 'old') for item in self.again]
            self.again = []
            while todo and len(self.running) < self.options.jobs:
                number += 1
                self.begin(*todo.pop(0), number)
            if self.running:
                self.collect()

    def verdict(self, item):
        both = {program: self.records[item.place, program]
                for program in PROGRAMS}
        for program, found in both.items():
            if 'broken' in found:
                return verdict.Verdict('broken', '%s: %s' % (
                    program, found['broken']))
        return verdict.judge(
            item, {p: found['record'] for p, found in both.items()},
            {p: found['names'] for p, found in both.items()})

    def report(self):
        """Print the table; how many passed and failed."""
        counts = {}
        for group in report.groups_of(self.chosen):
            print('\n' + group)
            for item in self.chosen:
                if item.group != group:
                    continue
                result = self.verdict(item)
                counts[result.name] = counts.get(result.name, 0) + 1
                why = result.why
                if result.name in ('different', 'broken'):
                    why = '(%s)\n%s' % (item.place, why)
                print(report.row(item.title, result.name, why))
                if self.options.records:
                    for program in PROGRAMS:
                        found = self.records[item.place, program]
                        print('      %s:' % program)
                        for line in found.get('record', []):
                            print('        ' + line)
        return counts


def make_folder(folder):
    os.mkdir(folder, 0o700)
    return folder


def tokens_of(item):
    for word, rest, _ in item.steps:
        if word == 'tokens':
            return rest
    return 'one'


def possible(chosen):
    """The items that can be done here, and why others cannot."""
    has = {'root': os.getuid() == 0,
           'namespace': job.can_have_private_folders(),
           'gpg': shutil.which('gpg') and shutil.which('gpg-agent'),
           'gpgsm': shutil.which('gpgsm')}
    doable, skipped = [], []
    for item in chosen:
        lacking = [need for need in item.needs if not has[need]]
        if lacking:
            skipped.append((item, lacking[0]))
        else:
            doable.append(item)
    return doable, skipped


def compare(options, chosen):
    chosen, skipped = possible(chosen)
    folder = os.path.realpath(tempfile.mkdtemp(prefix='compat.'))
    # Removed below also when somebody ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(1))
    job.become_reaper()
    os.umask(0o022)
    begun = time.monotonic()
    try:
        run = Run(options, folder, chosen)
        run.make_tokens()
        run.perform()
        counts = run.report()
    finally:
        for pid in job.children():
            os.kill(pid, signal.SIGTERM)
        job.end_children()
        if options.keep:
            print('see ' + folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print()
    for item, need in skipped:
        print('skipped, as it needs %s: %s' % (need, item.title))
    for item in chosen:
        result = run.verdict(item)
        if result.name in ('different', 'broken'):
            print('failed: %s (%s)\n%s' % (
                item.title, item.place, textwrap.indent(result.why, '    ')))
    failed = counts.get('different', 0) + counts.get('broken', 0)
    passed = counts.get('same', 0) + counts.get('better', 0)
    print('%d same, %d better, %d different, %d broken, %d skipped; '
          '%d seconds' % (*(counts.get(name, 0) for name in (
              'same', 'better', 'different', 'broken')), len(skipped),
              time.monotonic() - begun))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed or not passed else 0


def main():
    parser = argparse.ArgumentParser(
        description='Compare gnupg-pkcs11-scd 0.10 with ours.')
    parser.add_argument('--old', help='where 0.10 is unpacked')
    parser.add_argument('--daemon')
    parser.add_argument('--keymaker')
    parser.add_argument('--shim')
    parser.add_argument('--jobs', type=int, default=4)
    parser.add_argument('--keep', action='store_true',
                        help='do not remove the scratch folder')
    parser.add_argument('--records', action='store_true',
                        help='print what came of each item')
    parser.add_argument('--document', help='write this page')
    parser.add_argument('--check-document', help='is this page up to date?')
    parser.add_argument('words', nargs='*', metavar='WORD')
    options = parser.parse_args()
    everything = items.read_list(os.path.join(HERE, 'list'))
    if options.document:
        with open(options.document, 'w', encoding='utf-8') as f:
            f.write(report.document(everything))
        return 0
    if options.check_document:
        with open(options.check_document, encoding='utf-8') as f:
            if f.read() == report.document(everything):
                return 0
        print('%s is older than the list: run ./dev compat --document'
              % options.check_document)
        return 1
    for name in ('old', 'daemon', 'keymaker', 'shim'):
        if getattr(options, name) is None:
            parser.error('--%s is missing' % name)
        setattr(options, name, os.path.abspath(getattr(options, name)))
    chosen = items.select(everything, options.words)
    if not chosen:
        parser.error('nothing in the list has these words')
    return compare(options, chosen)


if __name__ == '__main__':
    # Names of tokens are any bytes.
    sys.stdout.reconfigure(errors='backslashreplace')
    try:
        sys.exit(main())
    except (Broken, Failure, Missing) as error:
        sys.exit('compat: %s' % error)
