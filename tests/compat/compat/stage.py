# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Where one item is done with one program: a folder with homes and a token,
the program's processes, and the record of what came of it."""

import os
import re
import shutil
import signal
import stat
import subprocess
import time

from replay import Failure
from replay.pattern import substitute
from replay.peer import Peer
from replay.scene import FOREIGN

from . import Broken, job
from .normal import Normal

CONF = 'gnupg-pkcs11-scd.conf'
# A guard against waiting for ever.
PATIENCE = 60
# How long nothing of a process may have run to be sure that it stays.
SHORT = 3


def exit_word(status):
    """An exit status for people."""
    if status < 0:
        return signal.Signals(-status).name
    return str(status)


class Stage:
    def __init__(self, program, setting, folder, tokens):
        self.setting = setting          # what there is for this program
        self.program = program
        self.folder = folder
        self.tokens = tokens
        self.record = []
        self.config = None
        self.written = []
        self.has_places = False
        self.gnupg_folder = None        # the mode of GnuPG's own for sockets
        self.extra = []                 # more lines of ours' configuration
        self.system = []
        self.stdin = None
        self.process = None
        self.daemon = None              # of --daemon
        self.socket = None
        self.threads_alone = None       # how many 0.10 has without clients
        self.peers = {}
        self.view = {}                  # how the next answer is shown
        self.home = folder + '/h'
        self.tmp = folder + '/t'
        for name in (self.home, self.home + '/.gnupg', self.tmp):
            os.mkdir(name, 0o700)
        softhsm = tokens.copy(folder)
        self.env = {name: value for name, value in os.environ.items()
                    if not FOREIGN.match(name) and name != 'CREDENTIALS_DIRECTORY'}
        self.env.update(
            HOME=self.home, TMPDIR=self.tmp, LC_ALL='C', SOFTHSM2_CONF=softhsm,
            P11SHIM_MODULE=tokens.names['module'],
            P11SHIM_LOG=folder + '/calls', P11SHIM_SCRIPT=folder + '/shim',
            TPM2_PKCS11_STORE=folder + '/no-store',
            TPM2_PKCS11_TCTI='device:/nonexistent', **setting.env)
        self.names = dict(tokens.names, dir=folder, home=self.home,
                          gnupg=self.home + '/.gnupg', tmp=self.tmp,
                          program=setting.path, uid=str(os.getuid()),
                          libraries=setting.env.get('LD_LIBRARY_PATH', ''))
        self.normal = Normal({folder: 'DIR', setting.path: 'PROGRAM'})

    def say(self, line):
        self.record.append(self.normal.text(line))

    def text(self, rest):
        """A step's words, with {name} replaced."""
        try:
            return substitute(rest, self.names)
        except Failure as failure:
            raise Broken(str(failure))

    def arguments(self, rest):
        return [word.encode('latin-1') for word in
                re.findall(r'\S+', self.text(rest))]

    # -- before a program is started

    def default_config(self):
        return ['providers p', 'provider-p-library ' + self.names['module']]

    def prepare(self):
        """Write the configuration as it is by now."""
        lines = self.default_config() if self.config is None else self.config
        if self.program == 'ours' and lines:
            lines = lines + self.extra
        if lines and lines != self.written:
            self.write(self.home + '/.gnupg/' + CONF, '\n'.join(lines) + '\n')
            self.written = list(lines)
        if not self.has_places:
            self.make_places()

    def make_places(self):
        """/etc and /run of our own, if those of the machine would matter."""
        self.has_places = True
        places = {}
        if self.system or 'HOME' not in self.env or \
                os.path.exists('/etc/' + CONF):
            places['/etc'] = self.folder + '/etc'
            job.make_etc(places['/etc'], self.home)
        if self.system:
            self.write(self.folder + '/etc/' + CONF,
                       '\n'.join(self.system) + '\n')
        if self.gnupg_folder or 'TMPDIR' not in self.env and \
                os.path.exists('/run/user'):
            places['/run'] = self.folder + '/run'
            os.makedirs(places['/run'] + '/user/%d' % os.getuid())
        if self.gnupg_folder:
            os.mkdir(places['/run'] + '/user/%d/gnupg' % os.getuid(),
                     self.gnupg_folder)
        if places and not job.private_folders(places):
            raise Broken('this needs a mount namespace')

    @staticmethod
    def write(name, text):
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, 'wb') as f:
            f.write(text.encode('latin-1'))

    # -- processes

    def spawn(self, argv, stdin, stdout):
        self.prepare()
        with open(self.folder + '/stderr', 'ab') as err:
            return subprocess.Popen(argv, stdin=stdin, stdout=stdout,
                                    stderr=err, env=self.env,
                                    cwd=self.folder)

    def run(self, argv):
        """Run a program to its end: exit status and output."""
        self.prepare()
        source = subprocess.DEVNULL
        if self.stdin is not None:
            self.write(self.folder + '/stdin', ''.join(
                line + '\n' for line in self.stdin))
            source = open(self.folder + '/stdin', 'rb')
        with open(self.folder + '/out', 'wb') as out:
            process = self.spawn(argv, source, out)
        if self.stdin is not None:
            source.close()
        status = self.wait(process, PATIENCE)
        with open(self.folder + '/out', 'rb') as f:
            return status, f.read().decode('latin-1')

    @staticmethod
    def wait(process, seconds):
        """Its exit status, or None if it does not end."""
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def errors(self):
        """What was written to standard error."""
        try:
            with open(self.folder + '/stderr', 'rb') as f:
                return f.read().decode('latin-1')
        except FileNotFoundError:
            return ''

    def start(self, argv):
        """Start a daemon that we talk to, and note how it greets."""
        self.process = self.spawn(argv, subprocess.PIPE, subprocess.PIPE)
        self.normal.pids.add(self.process.pid)
        self.peers[1] = Peer(os.dup(self.process.stdout.fileno()),
                             os.dup(self.process.stdin.fileno()), PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()
        return self.greet(1)

    def greet(self, number):
        """The first line a client sees; None if there is none."""
        try:
            line = self.peers[number].peek()
            if line is not None:
                self.peers[number].take()
            return line
        except Failure:
            return 'no line of Assuan'

    @staticmethod
    def alive(pid):
        return pid in job.children()

    def wait_until(self, condition, seconds=PATIENCE):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def serving(self):
        """The process that serves, and how many threads it has."""
        pid = self.process.pid if self.process else self.daemon
        return pid, len(job.threads(pid)) if pid else 0

    def client_has_left(self):
        """0.10 closes the descriptor of a client that leaves twice; in
        between it can be the next client's.  Who is not to see that comes
        when the thread is gone."""
        if self.program == 'old' and self.threads_alone:
            others = sum(number > 1 and not peer.ended
                         for number, peer in self.peers.items())
            self.wait_until(lambda: self.serving()[1]
                            <= self.threads_alone + others)

    def ends(self, pids):
        """Do these processes end?  They do not if for SHORT seconds all of
        their threads wait for something, however busy the machine is.  PIDS
        is a function: which there are yet."""
        asleep_since = before = None
        deadline = time.monotonic() + PATIENCE
        while pids() and time.monotonic() < deadline:
            now = [thread for pid in pids() for thread in job.threads(pid)]
            if now != before or any(thread[1] != 'S' for thread in now):
                asleep_since, before = time.monotonic(), now
            elif time.monotonic() - asleep_since > SHORT:
                return False
            time.sleep(0.01)
        return not pids()

    def process_ends(self):
        return self.ends(lambda: [self.process.pid]
                         if self.process.poll() is None else [])

    def daemon_ends(self):
        return self.ends(lambda: [self.daemon]
                         if self.alive(self.daemon) else [])

    # -- what is there afterwards

    def look_at_socket(self):
        """Modes of the socket and its folder."""
        folder = os.path.dirname(self.socket)
        try:
            return 'socket %s mode %o, folder mode %o' % (
                self.socket, stat.S_IMODE(os.stat(self.socket).st_mode),
                stat.S_IMODE(os.stat(folder).st_mode))
        except OSError as error:
            return 'socket %s: %s' % (self.socket, error.strerror)

    def leavings(self):
        """Sockets, folders and processes that nobody needs any more."""
        self.ends(self.strangers)
        left = []
        for name in (self.tmp, self.folder + '/sockets'):
            if os.path.isdir(name):
                left += ['left: ' + os.path.join(name, entry)
                         for entry in os.listdir(name)
                         if entry.startswith('gnupg-pkcs11-scd')]
        return sorted(left) + ['left: a process'] * len(self.strangers())

    def strangers(self):
        """Processes that nobody knows of."""
        known = (self.daemon, self.process and self.process.pid)
        return [pid for pid in job.children() if pid not in known]

    def finish(self):
        """The end of every item: the client goes, the daemon ends."""
        if os.path.exists(self.home + '/.gnupg/gpg-agent.conf'):
            subprocess.run(['gpgconf', '--kill', 'all'], env=self.env,
                           stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)
        if self.process is not None:
            self.end_process(PATIENCE)
        if self.daemon is not None:
            self.end_daemon()
        for line in self.leavings():
            self.say(line)

    def end_process(self, seconds):
        for number in sorted(self.peers, reverse=True):
            self.peers[number].close()
        status = self.wait(self.process, seconds)
        self.say('exit %s' % ('none' if status is None
                              else exit_word(status)))
        self.process = None

    def end_daemon(self):
        for number in sorted(self.peers, reverse=True):
            self.peers[number].drop()
        self.peers = {}
        # 0.10 can miss the first one; ours ends at once on a second one.
        for _ in range(10):
            if self.alive(self.daemon):
                os.kill(self.daemon, signal.SIGTERM)
                if self.daemon_ends():
                    break
        self.say('daemon: ' + self.daemon_exit())
        self.daemon = None

    def daemon_exit(self):
        """How the daemon that is our child by now ends, or has ended."""
        if not self.daemon_ends():
            return 'does not end'
        try:
            status = os.waitpid(self.daemon, os.WNOHANG)[1]
        except ChildProcessError:
            return 'was not there'
        return 'exit ' + exit_word(os.waitstatus_to_exitcode(status))

    def remove(self):
        """/tmp has what was put there without TMPDIR."""
        if self.socket and not self.socket.startswith(self.folder):
            shutil.rmtree(os.path.dirname(self.socket), ignore_errors=True)
