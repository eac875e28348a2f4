#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Gives the daemon names of files in every place where a client can put one,
and looks whether any of them is opened.

  names.py DAEMON HOME BAIT LIBRARY SERIAL

SERIAL is that of the SoftHSM token with the label Names.  HOME is GnuPG's home with a configuration.  BAIT is an empty folder, which is
filled with what should not be opened, LIBRARY being a PKCS#11 module to copy.
Exit status: 0 nothing was opened, 1 something was, or the daemon fell over."""

import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys

IN_ACCESS, IN_MODIFY, IN_OPEN, IN_CREATE = 1, 2, 0x20, 0x100
EVENT = struct.Struct('iIII')
# They end the daemon or the client's time with it.
ENDS = {'BYE', 'KILLSCD', 'CANCEL'}
# What GnuPG's clients send, and what sounds as if it could do harm.
OPTIONS = ('display ttyname ttytype lc-ctype lc-messages xauthority '
           'pinentry-user-data putenv event-signal homedir options config '
           'config-file load library module pkcs11-module provider-add '
           'socket-name').split()


class Watch:
    """What happens in a folder."""

    def __init__(self, folder):
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.fd < 0 or libc.inotify_add_watch(
                self.fd, os.fsencode(folder),
                IN_ACCESS | IN_MODIFY | IN_OPEN | IN_CREATE) < 0:
            sys.exit('no inotify: errno %d' % ctypes.get_errno())

    def seen(self):
        """The names of what was touched since the last call."""
        names = set()
        while True:
            try:
                events = os.read(self.fd, 65536)
            except BlockingIOError:
                return names
            while events:
                length = EVENT.unpack_from(events)[3]
                name = events[EVENT.size:EVENT.size + length]
                names.add(name.rstrip(b'\0').decode())
                events = events[EVENT.size + length:]


class Daemon:
    def __init__(self, binary, home, *args):
        self.process = subprocess.Popen(
            [binary, '--server', '--homedir', home, *args], cwd=home,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.read()

    def read(self):
        line = self.process.stdout.readline().decode('latin-1')
        if not line:
            sys.exit('the daemon is gone: status %s' % self.process.wait())
        return line.rstrip('\n')

    def ask(self, line, answer=None):
        """All lines of the answer; each inquiry gets ANSWER, or CAN."""
        lines = []
        self.type(line)
        while not lines or not re.match('(OK|ERR)( |$)', lines[-1]):
            lines.append(self.read())
            if lines[-1].startswith('INQUIRE '):
                self.type('D %s\nEND' % answer if answer else 'CAN')
        return lines

    def type(self, text):
        self.process.stdin.write(text.encode() + b'\n')
        self.process.stdin.flush()

    def end(self):
        self.process.stdin.close()
        if self.process.wait(60) != 0:
            sys.exit('the daemon ends with %d' % self.process.returncode)


def fill(bait, library, serial):
    """What must not be opened, and names that mean it."""
    module, pin, program, log = (
        os.path.join(bait, name)
        for name in ('module.so', 'pin', 'program', 'log'))
    shutil.copy(library, module)
    for name, text in ((pin, 'x\n'), (program, '#!/bin/sh\necho x\n'),
                       (log, '')):
        with open(name, 'w', encoding='ascii') as f:
            f.write(text)
        os.chmod(name, 0o700)
    token = ('pkcs11:model=SoftHSM%20v2;manufacturer=SoftHSM%20project;'
             'token=Names;serial=' + serial)
    key = token + ';id=%01'
    return [
        module, os.path.join('..', 'bait', 'module.so'), 'file://' + module,
        'pkcs11:?module-path=' + module,
        'pkcs11:module-path=' + module, key, token,
        key + '?module-path=' + module,
        key + '?module-name=module&module-path=' + bait,
        key + '?pin-source=file:' + pin, key + '?pin-source=' + pin,
        key + ';type=private?pin-source=%7C' + program,
        key + '?pin-source=command:' + program,
        'file:' + pin, 'command:' + program, program, log,
        'socket://' + log, 'Names/' + module, 'P15.01 ' + module,
    ]


def option_lines(daemon_binary, home, name):
    """OPTION with every word that may be one: of clients, of the command line
    and of the configuration."""
    words = set(OPTIONS)
    for argument in ('--dump-options', '--dump-config'):
        done = subprocess.run([daemon_binary, argument, '--homedir', home],
                              capture_output=True, text=True, check=True)
        words |= set(re.findall(r'^[#-]*([a-z][a-z0-9-]+)', done.stdout, re.M))
        words |= set(re.findall(r'^#?(provider-\S+)', done.stdout, re.M))
    for word in sorted(words):
        yield 'OPTION %s=%s' % (word, name)
        yield 'OPTION %s %s' % (word, name)
        yield 'OPTION --%s=%s' % (word, name)
    yield 'OPTION putenv=LD_PRELOAD=' + name
    yield 'OPTION putenv=P11_KIT_MODULE_PATH=' + name


def command_lines(daemon, name):
    """Each command with NAME as its operand, and as the value of its
    options."""
    commands = [line[2:].split()[0] for line in daemon.ask('HELP')
                if re.match('# [A-Z]', line)]
    if len(commands) < 20:
        sys.exit('HELP has only %s' % commands)
    for command in commands:
        if command in ENDS:
            continue
        text = '\n'.join(daemon.ask('HELP ' + command))
        options = sorted(set(re.findall('--[a-z][a-z0-9-]*', text)))
        yield '%s %s' % (command, name)
        yield '%s -- %s' % (command, name)
        for option in options:
            # It waits for tokens.
            if (command, option) == ('DEVINFO', '--watch'):
                continue
            yield '%s %s %s' % (command, option, name)
            yield '%s %s=%s' % (command, option, name)
            yield '%s %s=%s P15.01' % (command, option, name)
        yield '%s P15.01 %s' % (command, name)
        if command in ('GETATTR', 'SETATTR', 'PASSWD', 'CHECKPIN'):
            yield '%s CHV-STATUS %s' % (command, name)


def bait_is_noticed(binary, home, watch, bait):
    """The same names in a configuration are opened, and that is seen."""
    config = os.path.join(home, 'bait.conf')
    with open(config, 'w', encoding='ascii') as f:
        f.write('providers b\nprovider-b-library %s/module.so\n' % bait)
    daemon = Daemon(binary, home, '--options', config)
    daemon.ask('SERIALNO')
    daemon.end()
    os.unlink(config)
    if 'module.so' not in watch.seen():
        sys.exit('that a library is opened is not noticed')


def main(binary, home, bait, library, serial):
    names = fill(bait, library, serial)
    watch = Watch(bait)
    bait_is_noticed(binary, home, watch, bait)
    daemon = Daemon(binary, home)
    count = answered = 0
    for name in names:
        lines = [*option_lines(binary, home, name),
                 *command_lines(daemon, name)]
        for line in lines:
            if line.startswith('PK'):
                daemon.ask('SETDATA ' + 32 * '61')
            answer = daemon.ask(line, name.replace('%', '%25'))
            answered += any(a.startswith('INQUIRE') for a in answer)
            count += 1
            seen = watch.seen()
            if seen:
                print('%s: %s was opened' % (line, ', '.join(sorted(seen))))
                return 1
    daemon.end()
    print('%d lines, %d with an inquiry' % (count, answered))
    return 0 if answered else 1


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
