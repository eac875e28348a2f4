# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The steps of a conversation with a daemon, and how answers are shown."""

import re

from replay import Failure
from replay.peer import Peer, is_last, unescape

from .normal import answer, data
from .stage import PATIENCE
from .step import step


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


@step('come-and-go')
def come_and_go(stage, rest):
    """So many clients of the socket, one after the other without a pause; how
    many are not served."""
    lost = 0
    for _ in range(int(rest)):
        try:
            peer = Peer.connect(stage.socket, PATIENCE)
            greeting = peer.peek()
            if greeting is not None:
                peer.take()
                peer.type_line('NOP')
            lost += peer.peek() is None
            peer.drop()
        except (Failure, OSError):
            lost += 1
    stage.say('%s clients: %s' % (rest, 'some are cut off' if lost
                                  else 'all are served'))
    stage.client_has_left()


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
    if line == 'BYE' and peer.sock and peer.peek() is None:
        stage.client_has_left()


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
