#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Does the runner notice what it should, and only that?

  test_replay.py RUN.py KEYMAKER SHIM

Each case is a transcript for fake_daemon.py, and the message that it must
lead to (None: it is as expected)."""

import concurrent.futures
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

CASES = {
    'nothing': ('start', None),
    'a literal line': ('start\n> SAY OK\n< OK', None),
    'another line': ('start\n> SAY ERR 1 x\n< OK', r'got:      ERR 1 x'),
    'part of a line': ('start\n> SAY OK x\n< OK', 'got:      OK x'),
    'no answer': ('start\n<? ', 'nothing came within'),
    'an answer too many': ('start\n> SAY OK|OK\n< OK',
                           'was not expected to hear: OK'),
    'no assuan line': ('start\n> SAY hello|OK\n< OK',
                       "this is no Assuan line: 'hello'"),
    'a line too long': ('start\nlet x = repeat y 1000\n> SAY S {x}|OK\n<* OK',
                        'a line of 1002 bytes'),
    'a name is bound': ('start\n> SAY S A x|S B x|OK\n< S A {n}\n< S B {n}\n'
                        '< OK', None),
    'a bound name differs': ('start\n> SAY S A x|S B y|OK\n< S A {n}\n'
                             '< S B {n}\n< OK', 'got:      S B y'),
    'a name is typed': ('start\n> SAY S A x|OK\n< S A {n}\n< OK\n'
                        '> SAY S {n}|OK\n< S x\n< OK', None),
    'a name is not known': ('start\n> SAY {n}', '{n} is not known'),
    'a regex': ('start\n> SAY S AB12|OK\n< S {g:[0-9A-F]{4}}\n< OK', None),
    'a regex that fails': ('start\n> SAY S AB1|OK\n< S {g:[0-9A-F]{4}}',
                           'got:      S AB1'),
    'no blanks in names': ('start\n> SAY S a b|OK\n< S {n}',
                           'got:      S a b'),
    'blanks in long names': ('start\n> SAY S a b|OK\n< S {n...}\n< OK', None),
    'braces': ('start\n> SAY S {{a}}|OK\n< S {{a}}\n< OK', None),
    'lines before': ('start\n> SAY S 1|D x|S 2|OK\n<* S 2\n< OK', None),
    'lines before, none right': ('start\n> SAY S 1|OK\n<* S 2',
                                 'expected: S 2'),
    'status lines are skipped': (
        'start\n> SAY S 1|S 2|D x|OK\n<?\n< D x\n< OK', None),
    'status lines are skipped up to': ('start\n> SAY S 1|D x|OK\n<? D x\n< OK',
                                       None),
    'any order': ('start\n> SAY S 1|S 2|OK\n<~ S 2\n<~ S 1\n< OK', None),
    'any order, once each': ('start\n> SAY S 1|S 2|OK\n<~ S 2\n<~ S 2',
                             'expected: S 2'),
    'a line that must not be': ('start\n> SAY S 1|S 2|OK\n<! S 2',
                                'this should not come: S 2'),
    'a line that is not': ('start\n> SAY S 1|OK\n<! S 2\n<* OK', None),
    'data': ('start\n> SAY D a%0Ab|D c%25|OK\ndata-is 610A626325\n'
             'data-length 5\n< OK', None),
    'data as text': ('start\n> SAY D ab|OK\ndata-text a{x}\n< OK\n'
                     '> SAY S {x}|OK\n< S b\n< OK', None),
    'other data': ('start\n> SAY D a|OK\ndata-is 62', 'expected: 62'),
    'no data': ('start\n> SAY OK\ndata-is 62', 'expected data, got: OK'),
    'an inquiry': ('start\n> ASK INQUIRE NEEDPIN x\n< INQUIRE NEEDPIN {_...}\n'
                   '> D 9999\n> END\n< OK', None),
    'a wrong pin in the log': (
        'start\n> ASK INQUIRE NEEDPIN x\n< INQUIRE NEEDPIN x\n> D 9876%00\n'
        '> END\n< OK\n> LOG chan_0 <- D 9876\n< OK',
        "b'9876' is in the log as they are"),
    'hex in the log': ('start\n> LOG x 3A7b\n< OK\nlog-excludes :{{',
                       'in the log in hex'),
    'base64 in the log': (
        'start\n> LOG eHNlY3JldHg\n< OK\nlog-excludes secret',
        'in the log in base64'),
    'text in the log': ('start\n> LOG abc\n< OK\nlog-has abc', None),
    'later text in the log': ('start\nlog-excludes abc\n> LOG abc\n< OK',
                              "b'abc' is in the log"),
    'a secret in memory': (
        'let a = random 10\nlet b = run echo {a}x\nstart\n> KEEP {b}\n< OK\n'
        'memory-excludes {a}', 'is in memory'),
    'half a secret in memory': (
        'let a = random 6\nlet b = random 6\nstart\n> KEEP {a}\n< OK\n'
        'memory-excludes {a}{b}', 'is in memory'),
    'no secret in memory': (
        'let a = random 10\nstart\nmemory-excludes {a}', None),
    'nothing is locked': (
        'let a = random 10\nstart\nmemory-locks {a}', 'is not in memory'),
    'a short secret': ('start\nmemory-excludes 123456', 'by chance'),
    'a sanitizer': ('start\n> LOG x.c:1: runtime error: y\n< OK',
                    'there is "runtime error:" in the log'),
    'a second client': ('start\n2> SAY S 1|OK\n2< S 1\n2< OK\n> SAY OK\n< OK\n'
                        '3> SAY OK\n3< OK', None),
    'a second client, unread': ('start\n2> SAY OK|OK\n2< OK',
                                'client 2 was not expected to hear: OK'),
    'exit status': ('start\n> STATUS 3\n< OK\neof\nexit 3', None),
    'another exit status': ('start\n> STATUS 3\n< OK\neof\nexit 0',
                            'got:      3'),
    'exit status at the end': ('start\n> STATUS 3\n< OK',
                               'the daemon ended with status 3'),
    'a signal': ('start\nsignal TERM\nexit -15', None),
    'the end of the connection': ('start\n2eof\n2<eof\neof\n<eof', None),
    'not the end': ('start\n> SAY OK\n<eof', 'got:      OK'),
    'socket gone': ('start\neof\nexit 0\nsocket-gone', None),
    'socket folder left': ('start keep-folder --multi-server\neof\nexit 0\n'
                           'socket-gone', 'is still there'),
    'calls': ('start\n> CALL 2\n< OK\ncalls C_GetInfo 2\n> CALL 1\n< OK\n'
              'calls C_GetInfo 1\ncalls C_Login 0\ncalls-total C_GetInfo 3',
              None),
    'calls-any': ('start\n> CALL 2\n< OK\n> CALL 1\n< OK\ncalls-any 2', None),
    'too many calls': ('start\n> CALL 2\n< OK\ncalls C_GetInfo 1',
                       '2 calls, not 1'),
    'a rule of the shim': ('start\nshim print D x\n> CALL 1\n<* OK', None),
    'a bad rule of the shim': ('shim nonsense\nstart\n> CALL 1\n< OK',
                               'the daemon closed the connection'),
    'a command': ('token a\nrun "$KEYMAKER" "$MODULE" list a "$PIN"\n'
                  'run test {serial} = "${TOKEN#serial=}"', None),
    'a command that fails': ('run echo no; exit 3', 'exit status 3\nno'),
    'the configuration': ('config a b\nstart\nrun grep -x "a b" '
                          '{home}/gnupg-pkcs11-scd.conf\n'
                          'run grep -x "provider-p-library $SHIM" '
                          '{home}/gnupg-pkcs11-scd.conf', None),
    'environment': ('env A=b c\nrun test "$A" = "b c"', None),
    'a loop': ('start\neach a 1 2\neach b x y\n> SAY S {a}{b}|OK\n'
               '< S {_:[12][xy]}\n< OK\ndone\ndone\n> CALL 1\n< OK\n'
               'run test {a}{b} = 2y', None),
    'a loop that fails': ('start\neach a 1 2\n> SAY S {a}|OK\n< S 1\n< OK\n'
                          'done', ':4: < S 1\n  expected: S 1'),
    'a loop without end': ('start\neach a 1', 'an "each" has no "done"'),
    'an end without loop': ('start\ndone', 'there is no "each" before'),
    'a pin': ('start\n> ASK INQUIRE NEEDPIN x\npin 9876\n< OK', None),
    'no pin is asked for': ('start\n> SAY OK\npin 9876', 'got:      OK'),
    'an error by name': ('start\n> SAY ERR 100663318 x|OK\n'
                         '< ERR {BAD_PIN} x', 'got:      ERR 100663318 x'),
    'the right error': ('start\n> SAY ERR 100663383 x\n< ERR {BAD_PIN} x',
                        None),
    'a client that is gone': ('start\n2> SAY OK\n2gone\n> SAY OK\n< OK',
                              None),
    'what is this': ('start\nfrobnicate', ':2: what is this?'),
    'no function': ('let a = b c', 'there is no function b'),
    'keymaker fails': ('token a\nkey rsa7 01 x', "unknown key type 'rsa7'"),
    'a value of the shell': (
        'env A=b\nlet x = run echo "${A}{home}"\n'
        'run test "{x}" = "b$HOME"', None),
    'values': ('let a = hex ab\nlet b = hash sha1 {a}\n'
               'let c = digestinfo sha1 {b}\nlet d = text x y\n'
               'run test {a}{c} = 61623021300906052B0E03021A05000414{b}\n'
               'run test "{d}" = "x y"', None),
}


def run_case(name):
    runner, keymaker, shim = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix='test-replay-') as folder:
        file = os.path.join(folder, 'case.t')
        with open(file, 'w', encoding='ascii') as f:
            f.write(CASES[name][0] + '\n')
        # Only the case that waits in vain gets to its time-out.
        return subprocess.run(
            [sys.executable, runner, '--daemon',
             os.path.join(HERE, 'fake_daemon.py'), '--keymaker', keymaker,
             '--shim', shim, '--timeout', '1' if name == 'no answer' else '60',
             file],
            env=dict(os.environ, FAKE_SHIM=os.path.abspath(shim)),
            capture_output=True, text=True, check=False)


def main():
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip(CASES, pool.map(run_case, CASES)))
    if any(done.returncode == 77 for done in results.values()):
        return 77
    failed = 0
    for name, (_, message) in CASES.items():
        done = results[name]
        right = (done.returncode == 0 and not done.stderr if message is None
                 else done.returncode == 1 and message in done.stderr)
        print('%s %s' % ('ok    ' if right else 'NOT OK', name))
        if not right:
            failed += 1
            print('  expected: %s\n  status %d\n%s' % (
                message, done.returncode, done.stderr))
    return 1 if failed else 0


sys.exit(main())
