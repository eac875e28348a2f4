# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The lines of a transcript, and what each does.

Every function takes the scene, the number of the client, and the rest of the
line; README.md describes them."""

import os
import re
import signal
import time

from . import Failure
from .pattern import match, substitute
from .peer import is_last
from .rsa import verify_pss
from .values import evaluate, shell, unhex, words

DIRECTIVES = {}


def directive(name, raw=False):
    """Raw ones see their braces themselves."""
    def register(function):
        DIRECTIVES[name] = (function, raw)
        return function
    return register


def expect(value, what, expected):
    if value != expected:
        raise Failure('%s is not as expected\n  expected: %s\n  got:      %s'
                      % (what, expected, value))


# -- the setting

@directive('token')
def token(scene, _client, rest):
    label, *options = words(rest, 1, 3)
    values = {'pin': '123456', 'sopin': '87654321'}
    for option in options:
        name, _, value = option.partition('=')
        if name not in values:
            raise Failure('unknown option ' + option)
        values[name] = value
    scene.add_token(label, values['pin'], values['sopin'])


@directive('key')
def key(scene, _client, rest):
    kind, id_, label, *options = words(rest, 3, 12)
    scene.add_key(kind, id_, label, options)


@directive('cert')
def cert(scene, _client, rest):
    id_, label, *options = words(rest, 2, 4)
    scene.add_cert(scene.key(id_), label, options)


@directive('delete')
def delete(scene, _client, rest):
    id_, what = words(rest, 2)
    scene.keymaker('delete', scene.token().name, scene.token().pin, id_, what)


@directive('config')
def config(scene, _client, rest):
    scene.config.append(rest)
    if scene.process:
        scene.write_config()


@directive('unconfig')
def unconfig(scene, _client, rest):
    if rest not in scene.config:
        raise Failure('there is no such line: ' + rest)
    scene.config.remove(rest)
    if scene.process:
        scene.write_config()


@directive('no-provider')
def no_provider(scene, _client, rest):
    words(rest, 0)
    scene.provider = None


@directive('direct')
def direct(scene, _client, rest):
    words(rest, 0)
    scene.provider = 'direct'


@directive('env')
def env(scene, _client, rest):
    name, _, value = rest.partition('=')
    scene.env[name] = value


@directive('shim')
def shim(scene, _client, rest):
    scene.rules.append(rest)
    scene.write_rules()


@directive('unshim')
def unshim(scene, _client, rest):
    """A rule without effect takes its place: the others keep their counts,
    which the shim finds by their place."""
    if rest not in scene.rules:
        raise Failure('there is no such rule: ' + rest)
    nothing = 'delay C_CancelFunction 0'
    scene.rules[scene.rules.index(rest)] = nothing
    while scene.rules and scene.rules[-1] == nothing:
        scene.rules.pop()
    scene.write_rules()


# -- the daemon

@directive('start')
def start(scene, _client, rest):
    scene.start(words(rest, 0, 20), scene.wants_socket)


@directive('eof')
def eof(scene, client, rest):
    words(rest, 0)
    scene.peer(client).close()


@directive('gone')
def gone(scene, client, rest):
    """The client's process has ended."""
    words(rest, 0)
    scene.peer(client).drop()
    del scene.peers[client]


@directive('signal')
def send_signal(scene, _client, rest):
    scene.process.send_signal(signal.Signals['SIG' + rest])


@directive('exit')
def exit_status(scene, _client, rest):
    expect(scene.wait_exit(), 'the exit status', int(rest))


@directive('socket-gone')
def socket_gone(scene, _client, rest):
    words(rest, 0)
    for name in (scene.socket, os.path.dirname(scene.socket)):
        if os.path.lexists(name):
            raise Failure('%s is still there' % name)


@directive('sleep')
def sleep(_scene, _client, rest):
    time.sleep(int(rest) / 1000)


@directive('run', raw=True)
def run(scene, _client, rest):
    done = shell(scene, rest)
    if done.returncode != 0:
        raise Failure('exit status %d\n%s' % (
            done.returncode, (done.stdout + done.stderr).decode('latin-1')))


# -- the conversation

@directive('>')
def type_line(scene, client, rest):
    peer = scene.peer(client)
    if not re.match(r'(D|END|CAN)( |$)', rest):
        scene.set_mark()
    elif rest.startswith('D ') and peer.inquiry.startswith('NEEDPIN'):
        pin = rest[2:].split('%00')[0]
        if len(pin) >= 4:
            scene.secrets.add(pin)
    peer.type_line(rest)


@directive('pin')
def pin(scene, client, rest):
    """The next line asks for the PIN: give it."""
    next_line(scene, client, 'INQUIRE NEEDPIN {_...}')
    type_line(scene, client, 'D ' + rest)
    type_line(scene, client, 'END')


@directive('>x')
def type_bytes(scene, client, rest):
    scene.set_mark()
    scene.peer(client).send(unhex(rest))


@directive('setdata')
def setdata(scene, client, rest):
    digits = unhex(rest).hex().upper()
    peer = scene.peer(client)
    scene.set_mark()
    for i in range(0, len(digits), 900):
        peer.type_line('SETDATA %s%s' % ('--append ' if i else '',
                                         digits[i:i + 900]))
        expect(peer.take(), 'the answer to SETDATA', 'OK')


def mismatch(expected, got):
    raise Failure('  expected: %s\n  got:      %s'
                  % (expected, '\n            '.join(got)))


@directive('<', raw=True)
def next_line(scene, client, rest):
    line = scene.peer(client).take()
    if not match(rest, line, scene.names):
        mismatch(rest, [line])


@directive('<*', raw=True)
def some_lines_then(scene, client, rest):
    seen = []
    while True:
        line = scene.peer(client).take()
        seen.append(line)
        if match(rest, line, scene.names):
            return
        if is_last(line):
            mismatch(rest, seen)


@directive('<?', raw=True)
def skip_status(scene, client, rest):
    peer = scene.peer(client)
    while (peer.peek() or '').startswith(('S ', '# ')):
        peer.take()
    if rest:
        next_line(scene, client, rest)


def rest_of_answer(peer):
    """The lines up to the one that ends the answer; they stay unread."""
    lines = []
    while True:
        line = peer.peek(len(lines))
        if line is None or is_last(line):
            return lines
        lines.append(line)


@directive('<~', raw=True)
def any_order(scene, client, rest):
    peer = scene.peer(client)
    lines = rest_of_answer(peer)
    for i, line in enumerate(lines):
        if match(rest, line, scene.names):
            peer.take(i)
            return
    mismatch(rest, lines or ['(no more lines)'])


@directive('<!', raw=True)
def no_line(scene, client, rest):
    for line in rest_of_answer(scene.peer(client)):
        if match(rest, line, dict(scene.names)):
            raise Failure('this should not come: ' + line)


@directive('<eof')
def connection_ends(scene, client, rest):
    words(rest, 0)
    line = scene.peer(client).peek()
    if line is not None:
        mismatch('the end of the connection', [line])


# -- what was done

def count(scene, since, function, expected):
    def matches():
        return [name for name in scene.calls(since)
                if function in (name, None)]
    scene.wait_until(lambda: len(matches()) >= expected)
    found = matches()
    if len(found) != expected:
        raise Failure('%d calls, not %d; all calls: %s' % (
            len(found), expected, ' '.join(scene.calls(since)) or 'none'))


@directive('calls')
def calls(scene, _client, rest):
    function, number = words(rest, 2)
    count(scene, scene.mark, function, int(number))


@directive('calls-total')
def calls_total(scene, _client, rest):
    function, number = words(rest, 2)
    count(scene, scene.start_mark, function, int(number))


@directive('calls-any')
def calls_any(scene, _client, rest):
    count(scene, scene.mark, None, int(rest))


@directive('signals')
def signals(scene, _client, rest):
    name, number = words(rest, 2)

    def received():
        return [s for s, _ in scene.signals if s.name == 'SIG' + name]
    scene.wait_until(lambda: len(received()) >= int(number))
    expect(len(received()), 'the number of signals', int(number))


@directive('fastest-signal')
def fastest_signal(scene, _client, rest):
    fastest = min((delay for _, delay in scene.signals), default=None)
    if fastest is None or fastest > int(rest) / 1000:
        raise Failure('the fastest signal took %s seconds' % fastest)


@directive('log-has')
def log_has(scene, _client, rest):
    if not scene.wait_until(lambda: rest.encode('latin-1') in scene.log()):
        raise Failure('the log has no "%s":\n%s'
                      % (rest, scene.log().decode('latin-1')))


@directive('log-excludes')
def log_excludes(scene, _client, rest):
    """Now, and at the end of the transcript."""
    scene.secrets.add(rest)
    scene.check_log_excludes(rest.encode('latin-1'))


# -- the data

@directive('data-verify')
def data_verify(scene, client, rest):
    id_, name, digest = words(rest, 3)
    scene.key(id_).verify(name, unhex(digest), scene.peer(client).take_data())


@directive('data-verify-eddsa')
def data_verify_eddsa(scene, client, rest):
    id_, message = words(rest, 2)
    scene.key(id_).verify_eddsa(unhex(message),
                                scene.peer(client).take_data())


@directive('data-verify-pss')
def data_verify_pss(scene, client, rest):
    id_, name, digest = words(rest, 3)
    verify_pss(scene.key(id_), name, unhex(digest),
               scene.peer(client).take_data())


@directive('data-is')
def data_is(scene, client, rest):
    expect(scene.peer(client).take_data().hex(), 'the data', rest.lower())


@directive('data-text', raw=True)
def data_text(scene, client, rest):
    text = scene.peer(client).take_data().decode('latin-1')
    if not match(rest, text, scene.names):
        mismatch(rest, [text])


@directive('data-length')
def data_length(scene, client, rest):
    expect(len(scene.peer(client).take_data()), 'the length', int(rest))


@directive('data-is-key')
def data_is_key(scene, client, rest):
    expect(scene.peer(client).take_data(), 'the key', scene.key(rest).sexp())


@directive('data-is-cert')
def data_is_cert(scene, client, rest):
    expect(scene.peer(client).take_data(), 'the certificate',
           scene.key(rest).cert)


# -- values

@directive('let', raw=True)
def bind(scene, client, rest):
    left, equals, right = rest.partition(' = ')
    names = left.split()
    if not equals:
        raise Failure('let NAME... = FUNCTION ARGUMENT...')
    values = evaluate(scene, client, right)
    if len(names) != len(values):
        raise Failure('this gives %d values' % len(values))
    scene.names.update(zip(names, values))


def perform(scene, name, client, rest):
    """Do what one line says."""
    function, raw = DIRECTIVES[name]
    function(scene, client, rest if raw else substitute(rest, scene.names))
