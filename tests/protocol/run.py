#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Replays transcripts: what a client types and what must come back.

  run.py --daemon BIN --keymaker BIN --shim LIB [--work DIR] FILE.t...

Each file gets a scratch directory, a token directory and a home directory of
its own.  README.md describes the format.  Exit status: 0 all as expected,
1 something differs (printed as FILE:LINE: and the reason), 77 there is no
SoftHSM here."""

import argparse
import os
import re
import shutil
import signal
import sys
import tempfile

sys.dont_write_bytecode = True

from replay import Failure, Missing, log_server, memory  # noqa: E402,F401
from replay.directives import DIRECTIVES, perform  # noqa: E402
from replay.scene import Scene  # noqa: E402

# Only a protection against waiting for ever.
TIMEOUT = 60
LINE = re.compile(r'([2-9]?)(%s)(?: (.*))?' % '|'.join(
    re.escape(name) for name in sorted([*DIRECTIVES, 'each', 'done'], key=len,
                                       reverse=True)),
    re.DOTALL)


def parse(file):
    """The lines of a transcript as (number, text, directive, client,
    rest)."""
    with open(file, encoding='latin-1', newline='\n') as f:
        lines = f.read().split('\n')
    for number, text in enumerate(lines, 1):
        if not text.strip() or text.startswith('#'):
            continue
        found = LINE.fullmatch(text)
        if not found:
            raise Failure('%s:%d: what is this?\n%s' % (file, number, text))
        yield (number, text, found.group(2), int(found.group(1) or 1),
               found.group(3) or '')


def unroll(file, lines):
    """The lines between "each NAME WORD..." and "done" once for each word, to
    which the name is bound before."""
    loops = [(None, [])]
    for line in lines:
        number, text, name, _, rest = line
        if name == 'each':
            loops.append(((number, text, rest.split()), []))
        elif name == 'done' and len(loops) > 1:
            (number, text, (bound, *words)), body = loops.pop()
            for word in words:
                loops[-1][1].append(
                    (number, text, 'let', 1, '%s = text %s' % (bound, word)))
                loops[-1][1].extend(body)
        elif name == 'done':
            raise Failure('%s:%d: there is no "each" before' % (file, number))
        else:
            loops[-1][1].append(line)
    if len(loops) > 1:
        raise Failure('%s: an "each" has no "done"' % file)
    return loops[0][1]


def replay(file, options, folder):
    """Raise Failure with a message for people unless all is as expected."""
    lines = unroll(file, parse(file))
    scene = Scene(options, folder, options.timeout)
    scene.wants_socket = any(client > 1 or name == 'socket-gone'
                             for _, _, name, client, _ in lines)
    where, text = 0, ''
    try:
        try:
            for where, text, name, client, rest in lines:
                perform(scene, name, client, rest)
            text = '(the end)'
            scene.finish()
        except Failure as failure:
            raise Failure('%s:%d: %s\n%s%s' % (
                file, where, text, failure, log_tail(scene)))
    finally:
        scene.kill()


def log_tail(scene):
    """The last lines of the daemon's log, to go with a failure."""
    lines = scene.log().decode('latin-1').splitlines()[-30:]
    return ''.join('\n  log: ' + line for line in lines)


def main():
    parser = argparse.ArgumentParser(
        description='Replay transcripts of conversations with the daemon.')
    parser.add_argument('--daemon', required=True)
    parser.add_argument('--keymaker', required=True)
    parser.add_argument('--shim', required=True)
    parser.add_argument('--work', help='keep the scratch directories here')
    parser.add_argument('--timeout', type=int, default=TIMEOUT)
    parser.add_argument('files', nargs='+', metavar='FILE.t')
    options = parser.parse_args()
    for name in ('daemon', 'keymaker', 'shim'):
        setattr(options, name, os.path.abspath(getattr(options, name)))
    # Ended by a test harness, too, nothing may stay behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

    failed = False
    for file in options.files:
        if options.work:
            os.makedirs(options.work, exist_ok=True)
        folder = os.path.realpath(
            tempfile.mkdtemp(prefix='replay-', dir=options.work))
        try:
            replay(file, options, folder)
        except Missing as missing:
            print('skipped: %s' % missing, file=sys.stderr)
            return 77
        except Failure as failure:
            sys.stderr.buffer.write(
                ('%s\n' % failure).encode('latin-1', 'replace'))
            failed = True
        finally:
            if not options.work:
                shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
