# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The steps of an item, and what each does; README.md describes them."""

import os
import re
import signal
import stat

from replay import Failure
from replay.pattern import substitute_known
from replay.peer import Peer, is_last, unescape

from . import Broken
from .normal import answer, data
from .stage import PATIENCE, SHORT, exit_word

STEPS = {}


def step(name):
    def register(function):
        STEPS[name] = function
        return function
    return register


def unquote(text):
    r"""Text in which \r, \t and \xHH stand for these bytes."""
    def byte(found):
        word = found.group(1)
        return {'r': '\r', 't': '\t'}.get(word) or chr(int(word[1:], 16))
    return re.sub(r'\\(r|t|x[0-9A-F]{2})', byte, text)


# -- the setting

@step('tokens')
def tokens(_stage, _rest):
    """Which tokens there are: read before the stage is made."""


@step('conf')
def conf(stage, rest):
    """A line of the configuration, which takes the place of the usual one."""
    stage.config = (stage.config or []) + [unquote(stage.text(rest))]


@step('usual')
def usual(stage, _rest):
    """The lines of the usual configuration, with others around them."""
    stage.config = (stage.config or []) + stage.default_config()


@step('no-conf')
def no_conf(stage, _rest):
    stage.config = []


@step('ours-conf')
def ours_conf(stage, rest):
    stage.extra.append(stage.text(rest))


@step('system')
def system(stage, rest):
    stage.system.append(stage.text(rest))


@step('file')
def make_file(stage, rest):
    """A line of another file."""
    name, _, line = rest.partition(' ')
    name = stage.text(name)
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, 'ab') as f:
        f.write(unquote(stage.text(line)).encode('latin-1') + b'\n')


@step('folder')
def make_folder(stage, rest):
    os.makedirs(stage.text(rest), 0o700, exist_ok=True)


@step('env')
def env(stage, rest):
    name, _, value = rest.partition('=')
    stage.env[name] = stage.text(value)


@step('unset')
def unset(stage, rest):
    stage.env.pop(rest, None)


@step('umask')
def umask(_stage, rest):
    os.umask(int(rest, 8))


@step('stdin')
def stdin(stage, rest):
    """A line that the program of the next "run" reads."""
    stage.stdin = (stage.stdin or []) + ([stage.text(rest)] if rest else [])


@step('shim')
def shim(stage, rest):
    """A rule of the module that obeys (tests/shim)."""
    stage.write(stage.folder + '/shim', stage.text(rest) + '\n')


# -- what is recorded of an answer

@step('keep')
def keep(stage, rest):
    """Of the next answer or output, only these lines."""
    stage.view['keep'] = re.compile(stage.text(rest))


@step('drop')
def drop(stage, rest):
    stage.view['drop'] = re.compile(stage.text(rest))


@step('words')
def words(stage, rest):
    """Of status lines, so many words."""
    stage.view['words'] = int(rest)


@step('sorted')
def in_order(stage, _rest):
    stage.view['sorted'] = True


@step('by-word')
def by_word(stage, rest):
    """Status lines in the order of this word."""
    stage.view['by-word'] = int(rest)


@step('only')
def only(stage, rest):
    """Of each line, only what matches."""
    stage.view['only'] = re.compile(stage.text(rest))


@step('text')
def as_text(stage, _rest):
    """Data as lines of text, a D before each."""
    stage.view['text'] = True


@step('raw')
def raw(stage, _rest):
    """Errors and questions as they are, with all their words."""
    stage.view['raw'] = True


def show(stage, lines, prefix, shown=lambda line: True):
    """Record the lines that the view lets through."""
    view, stage.view = stage.view, {}
    if 'keep' in view:
        lines = [line for line in lines
                 if view['keep'].search(line) or not shown(line)]
    if 'drop' in view:
        lines = [line for line in lines if not view['drop'].search(line)]
    if 'words' in view:
        lines = [' '.join(line.split(' ')[:view['words']])
                 if line.startswith('S ') else line for line in lines]
    if 'only' in view:
        lines = [' '.join(view['only'].findall(line)) for line in lines]
    if 'by-word' in view:
        number = view['by-word']
        lines = sorted(
            (line for line in lines if shown(line)),
            key=lambda line: (line.split(' ') + [''] * number)[number - 1]) + [
            line for line in lines if not shown(line)]
    if 'sorted' in view:
        lines = sorted(line for line in lines if shown(line)) + [
            line for line in lines if not shown(line)]
    for line in lines:
        stage.say(prefix + (line if view.get('raw') else answer(line)))


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
    words_ = stage.arguments(rest or '--multi-server')
    line = stage.start([stage.setting.path.encode(), *words_])
    if line is None:
        stage.say('no greeting')
    elif stage.view.pop('raw', False) or not line.startswith('OK'):
        stage.say('1< ' + line)
    else:
        stage.say('1< ' + line.split(' ')[0])
    if line is not None and '--server' not in rest:
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
    other.peek()
    other.drop()


INFO = re.compile(r'(?:SCDAEMON_INFO=|setenv SCDAEMON_INFO )'
                  r'(.*):(\d+):1(?:; export SCDAEMON_INFO)?')


def threads_of(pid):
    """A daemon has one that accepts clients as soon as it is ready."""
    try:
        return len(os.listdir('/proc/%d/task' % pid))
    except OSError:
        return 2


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
        stage.wait_until(lambda: threads_of(stage.daemon) > 1, 10)
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
        stage.wait_until(lambda: not stage.alive(stage.daemon), SHORT)
        ended = not stage.alive(stage.daemon)
        word = stage.daemon_exit() if ended else 'it goes on'
        stage.say('after %s: %s' % (rest, word))
        if ended:
            stage.daemon = None
        return
    stage.process.send_signal(number)
    # The pipe is closed by both at once; how long the rest takes differs.
    while stage.peers[1].peek() is not None:
        stage.peers[1].take()
    status = stage.wait(stage.process, SHORT)
    stage.say('after %s: %s' % (rest, 'it goes on' if status is None
                                else 'exit ' + exit_word(status)))
    if status is not None:
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
    status = stage.wait(stage.process, SHORT)
    stage.say('exit %s' % ('none' if status is None else exit_word(status)))
    if status is None:
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


# -- conversation

def read_answer(peer):
    """Lines up to the end of an answer, and what its D lines said."""
    lines, content = [], None
    while True:
        line = peer.peek()
        if line is None:
            return lines + ['connection closed'], content
        peer.take()
        if line.startswith('D '):
            content = (content or b'') + unescape(line[2:])
            continue
        lines.append(line)
        if is_last(line):
            return lines, content


def data_lines(stage, content):
    if not stage.view.get('text'):
        return [data(content, stage.tokens.keys)]
    return ['D ' + line for line in
            content.decode('latin-1').rstrip('\n').split('\n')]


def tell_answer(stage, number):
    try:
        lines, content = read_answer(stage.peers[number])
    except Failure as failure:
        stage.say('%d< nothing: %s' % (number, failure))
        return
    if content is not None:
        lines[-1:-1] = data_lines(stage, content)
    show(stage, lines, '%d< ' % number,
         lambda line: not is_last(line) and line != 'connection closed')


def peer_of(stage, number):
    if number not in stage.peers:
        connect(stage, number)
    return stage.peers.get(number)


def connect(stage, number):
    """A client of the socket, and how it is greeted."""
    if not stage.socket:
        stage.say('%d< no socket' % number)
        return
    try:
        stage.peers[number] = Peer.connect(stage.socket, PATIENCE)
    except Failure as failure:
        stage.say('%d< %s' % (number, str(failure).rpartition('] ')[2]))
        return
    line = stage.greet(number)
    if line is None:
        stage.say('%d< connection closed' % number)
        del stage.peers[number]
    else:
        stage.say('%d< %s' % (number, answer(line) if line.startswith('ERR')
                              else line.split(' ')[0]))


@step('connect')
def connect_only(stage, rest):
    connect(stage, int(rest or 2))


def type_line(stage, number, line):
    """A client's line; D is no end of anything, so nothing comes of it."""
    peer = peer_of(stage, number)
    if peer is None:
        return
    try:
        peer.type_line(line)
    except (Failure, OSError):
        stage.say('%d< connection closed' % number)
        return
    if not line.startswith('D '):
        tell_answer(stage, number)


@step('>')
def first_types(stage, rest):
    type_line(stage, 1, stage.text(rest))


@step('typed')
def typed(stage, rest):
    """A line that nothing comes of."""
    stage.peers[1].type_line(stage.text(rest))


@step('2>')
def second_types(stage, rest):
    type_line(stage, 2, stage.text(rest))


@step('3>')
def third_types(stage, rest):
    type_line(stage, 3, stage.text(rest))


@step('pin')
def pin(stage, rest):
    """Answer the question for a PIN."""
    view = stage.view
    stage.view = {}
    stage.peers[1].type_line('D ' + stage.text(rest))
    stage.view = view
    type_line(stage, 1, 'END')


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
