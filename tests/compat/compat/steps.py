# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The steps that start and end programs, and an item as a whole; README.md
describes them."""

import os
import re
import signal
import stat

from replay import Failure
from replay.pattern import substitute_known
from replay.peer import Peer

from . import Broken, job
from . import setting  # noqa: F401  (its steps)
from .normal import answer
from .stage import PATIENCE, exit_word
from .step import STEPS, step
from .talk import read_answer, show


# -- programs

def tell_output(stage, status, output):
    stage.say('exit %s' % ('none' if status is None else exit_word(status)))
    version = stage.setting.version
    show(stage, [line.replace(version, 'VERSION')
                 for line in output.splitlines()], 'out: ')


@step('run')
def run(stage, rest):
    """The program with these arguments, to its end."""
    status, output = stage.run([stage.setting.path.encode(),
                                *stage.arguments(rest)])
    tell_output(stage, status, output)
    if status != 0:
        stage.say('err: ' + ('text' if stage.errors() else 'nothing'))
    stage.stdin = None


@step('sh')
def shell(stage, rest):
    """A shell command; $PROGRAM is the program."""
    stage.env['PROGRAM'] = stage.setting.path
    command = substitute_known(rest, stage.names)
    status, output = stage.run(['/bin/sh', '-c', command])
    tell_output(stage, status, output)
    stage.stdin = None


@step('start')
def start(stage, rest):
    """The program as a daemon with us as its first client."""
    arguments = rest or '--multi-server'
    line = stage.start([stage.setting.path.encode(),
                        *stage.arguments(arguments)])
    if line is None:
        stage.say('no greeting')
    elif stage.view.pop('raw', False) or not line.startswith('OK'):
        stage.say('1< ' + line)
    else:
        stage.say('1< ' + line.split(' ')[0])
    modes_given = re.findall(r'--(m|se)', arguments)
    if line is not None and modes_given[-1:] == ['m']:
        ask_socket(stage)


def ask_socket(stage):
    """As gpg-agent does it first of all."""
    peer = stage.peers[1]
    peer.type_line('GETINFO socket_name')
    lines, content = read_answer(peer)
    if lines and lines[-1] == 'OK' and content:
        stage.socket = content.decode('latin-1')
        try_socket(stage)


def try_socket(stage):
    """From then on somebody accepts: 0.10 ends badly if it is told to end
    before."""
    try:
        other = Peer.connect(stage.socket, PATIENCE)
    except Failure:
        return
    if other.peek() is not None:
        stage.threads_alone = stage.serving()[1] - 1
    other.drop()
    stage.client_has_left()


INFO = re.compile(r'(?:SCDAEMON_INFO=|setenv SCDAEMON_INFO )'
                  r'(.*):(\d+):1(?:; export SCDAEMON_INFO)?')


def is_ready(stage):
    """A daemon has a thread that accepts clients as soon as it is; and
    nothing is to be waited for if it is gone."""
    return len(job.threads(stage.daemon)) != 1


@step('daemon')
def daemon(stage, rest):
    """--daemon and more: what the parent prints is where the child is."""
    status, output = stage.run([stage.setting.path.encode(), b'--daemon',
                                *stage.arguments(rest)])
    found = INFO.search(output)
    if found:
        stage.socket, stage.daemon = found.group(1), int(found.group(2))
        stage.normal.pids.add(stage.daemon)
        # 0.10 says where its socket is before it is there.
        stage.wait_until(lambda: is_ready(stage))
        try_socket(stage)
    tell_output(stage, status, output)


@step('signal-only')
def signal_only(stage, rest):
    """A signal that ends nothing."""
    stage.process.send_signal(signal.Signals['SIG' + rest])


@step('modes')
def modes(stage, _rest):
    """Where the socket is, and who may use it."""
    stage.say(stage.look_at_socket() if stage.socket else 'no socket')


@step('signal')
def send_signal(stage, rest):
    """A signal, and whether the daemon ends of it."""
    number = signal.Signals['SIG' + rest]
    if stage.process is None and stage.daemon is None:
        stage.say('after %s: it did not run' % rest)
        return
    if stage.process is None:
        os.kill(stage.daemon, number)
        ended = stage.daemon_ends()
        word = stage.daemon_exit() if ended else 'it goes on'
        stage.say('after %s: %s' % (rest, word))
        if ended:
            stage.daemon = None
        return
    stage.process.send_signal(number)
    # The pipe is closed by both at once; how long the rest takes differs.
    while stage.peers[1].peek() is not None:
        stage.peers[1].take()
    if not stage.process_ends():
        stage.say('after %s: it goes on' % rest)
        return
    stage.say('after %s: exit %s' % (rest, exit_word(stage.process.wait())))
    stage.process = None


@step('eof')
def eof(stage, _rest):
    """The first client goes, and the daemon ends."""
    stage.end_process(PATIENCE)


@step('eof-short')
def eof_short(stage, _rest):
    """The first client goes, others stay: does the daemon end?"""
    stage.peers[1].close()
    while stage.peers[1].peek() is not None:
        stage.peers[1].take()
    if stage.process_ends():
        stage.say('exit ' + exit_word(stage.process.wait()))
    else:
        stage.say('exit none')
        stage.process.kill()
        stage.process.wait()
    stage.process = None


@step('kill')
def kill(stage, _rest):
    """As the system does it to a program that needs too much memory."""
    stage.process.kill()
    stage.process.wait()
    stage.process = None
    stage.peers = {}


# -- short forms

@step('list')
def list_keys(stage, rest):
    """Which keys a daemon with these arguments shows; its end."""
    line = stage.start([stage.setting.path.encode(),
                        *stage.arguments(rest or '--server')])
    if line is None or not line.startswith('OK'):
        stage.say('no greeting')
    else:
        stage.peers[1].type_line('LEARN --force')
        lines, _ = read_answer(stage.peers[1])
        while lines[-1].startswith('INQUIRE '):
            stage.say('asks ' + answer(lines.pop()))
            stage.peers[1].type_line('CAN')
            lines += read_answer(stage.peers[1])[0]
        grips = {line.split(' ')[2] for line in lines
                 if line.startswith('S KEYPAIRINFO ')}
        for label in sorted(stage.tokens.grips.get(g, g) for g in grips):
            stage.say('key ' + label)
        if not grips:
            stage.say('no keys')
    stage.end_process(PATIENCE)


# -- what was left

@step('log')
def log(stage, rest):
    """Does this appear in standard error or in the file "log"?"""
    wanted = stage.text(rest)
    content = stage.errors()
    name = stage.folder + '/log'
    if os.path.exists(name):
        with open(name, encoding='latin-1') as f:
            content += f.read()
    stage.say('log: %s "%s"' % ('has' if wanted in content else 'lacks',
                                rest))


@step('errors')
def errors(stage, _rest):
    stage.say('err: ' + ('text' if stage.errors() else 'nothing'))


@step('stat')
def look_at_file(stage, rest):
    """The mode of a file, if it is there, and whether it is empty."""
    name = stage.text(rest)
    try:
        status = os.lstat(name)
    except FileNotFoundError:
        stage.say('%s: is not there' % name)
        return
    stage.say('%s: mode %o, %s' % (name, stat.S_IMODE(status.st_mode),
                                   'text' if status.st_size else 'empty'))


def perform(stage, item):
    """All steps of an item; the record."""
    for word, rest, place in item.steps:
        if word not in STEPS:
            raise Broken('%s: nobody knows the step "%s"' % (place, word))
        try:
            STEPS[word](stage, rest)
        except Broken as broken:
            raise Broken('%s: %s' % (place, broken))
    stage.finish()
    return stage.record
