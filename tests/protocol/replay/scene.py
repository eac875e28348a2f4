# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a transcript plays in: a scratch directory with tokens, a
configuration, the shim, and the daemon."""

import base64
import os
import re
import signal
import subprocess
import time

from . import Failure, Missing
from .errors import NAMES
from .keys import PublicKey, openssl
from .peer import Peer
from .rsa import make_rsa8192

HERE = os.path.dirname(os.path.abspath(__file__))
TOKEN_TOOLS = os.path.join(HERE, '..', '..', 'token')
MAKE_TOKEN = os.path.join(TOKEN_TOOLS, 'make-token.sh')
LSAN_OPTIONS = 'print_suppressions=0:suppressions=' + os.path.join(
    TOKEN_TOOLS, 'lsan.supp')
PIN = '123456'
SOPIN = '87654321'
# The caller's settings that would reach the daemon or its modules.
FOREIGN = re.compile(r'GNUPG|GPG_|XDG_|P11|PKCS11|SOFTHSM|_assuan|SSH_|LC_|'
                     r'LANG|TMPDIR|DISPLAY|DBUS')
# What sanitizers and the shim say before or instead of ending a program.
COMPLAINTS = ('runtime error:', 'AddressSanitizer', 'ThreadSanitizer',
              'LeakSanitizer', 'p11shim: ')


class Token:
    def __init__(self, label, pin, sopin, name):
        self.label = label
        self.pin = pin
        self.sopin = sopin
        self.name = name  # what keymaker knows it by


class Scene:
    """Everything around one transcript."""

    def __init__(self, options, folder, timeout):
        self.options = options
        self.folder = folder
        self.timeout = timeout
        self.home = os.path.join(folder, 'home')
        self.stderr = os.path.join(folder, 'stderr')
        self.call_log = os.path.join(folder, 'calls')
        self.script = os.path.join(folder, 'script')
        for name in (self.home, os.path.join(folder, 'tmp')):
            os.mkdir(name, 0o700)
        self.tokens = []
        self.keys = {}
        self.secrets = set()
        self.config = []
        self.provider = 'shim'
        self.rules = []
        self.process = None
        self.peers = {}
        self.socket = None
        self.mark = self.start_mark = 0
        self.shells = []
        self.signals = []
        self.log_servers = []
        self.deaf = []
        self.rules_written = 0
        for number in (signal.SIGUSR1, signal.SIGUSR2):
            signal.signal(number, self.note_signal)
        self.module = self.make_softhsm()
        self.env = self.base_env()
        self.names = {**NAMES, 'home': self.home, 'dir': folder, 'pin': PIN,
                      'module': self.module, 'shim': options.shim}
        self.write_rules()

    # -- tokens

    def make_softhsm(self):
        """An empty SoftHSM store; the library's path."""
        done = subprocess.run(
            [MAKE_TOKEN, self.folder], capture_output=True, text=True,
            check=False)
        if done.returncode == 77:
            raise Missing(done.stderr.strip())
        if done.returncode != 0:
            raise Failure('make-token.sh: ' + done.stderr.strip())
        return re.search("^MODULE='(.*)'$", done.stdout, re.M).group(1)

    def base_env(self):
        env = {name: value for name, value in os.environ.items()
               if not FOREIGN.match(name)}
        env.update(HOME=self.home, GNUPGHOME=self.home, LC_ALL='C',
                   TMPDIR=os.path.join(self.folder, 'tmp'),
                   SOFTHSM2_CONF=os.path.join(self.folder, 'softhsm2.conf'),
                   P11SHIM_MODULE=self.module, P11SHIM_LOG=self.call_log,
                   P11SHIM_SCRIPT=self.script, LSAN_OPTIONS=LSAN_OPTIONS,
                   # The registry may have a module for this machine's TPM.
                   TPM2_PKCS11_STORE=os.path.join(self.folder, 'no-store'),
                   TPM2_PKCS11_TCTI='device:/nonexistent',
                   # libassuan's clients tell their servers this.
                   _assuan_pipe_connect_pid=str(os.getpid()))
        return env

    def keymaker(self, *args):
        done = subprocess.run(
            [self.options.keymaker, self.module, *map(encode, args)],
            env=self.env, capture_output=True, check=False)
        if done.returncode != 0:
            raise Failure(done.stderr.decode('latin-1').strip())
        return done.stdout

    def add_token(self, label, pin, sopin):
        serial = self.keymaker('init', label, sopin, pin).decode().strip()
        self.tokens.append(Token(label, pin, sopin, 'serial=' + serial))
        self.secrets.update((pin, sopin))
        self.names['serial'] = serial

    def token(self):
        if not self.tokens:
            raise Failure('there is no token yet')
        return self.tokens[-1]

    def add_key(self, kind, id_, label, options):
        token = self.token()
        spki = os.path.join(self.folder, 'spki')
        plain = [option for option in options if option != 'cert']
        if kind == 'rsa8192':  # a token would need minutes
            private = os.path.join(self.folder, 'rsa8192')
            make_rsa8192(private, spki)
            self.keymaker('import', token.name, token.pin, id_, label, private)
        else:
            self.keymaker('gen', token.name, token.pin, kind, id_, label,
                          *plain, 'spki=' + spki)
        with open(spki, 'rb') as f:
            key = PublicKey(f.read())
        key.id = '' if 'noid' in options else id_
        key.cert = None
        self.keys[id_.lower()] = self.keys[label] = key
        if 'cert' in options:
            self.add_cert(key, label, [option for option in options
                                       if option == 'private'])

    def key(self, name):
        found = self.keys.get(name) or self.keys.get(name.lower())
        if found is None:
            raise Failure('there is no key %s' % name)
        return found

    def add_cert(self, key, label, options):
        """Options: foreign (for a key that is not on the token), private
        (seen after a login only), usage=LIST (keyUsage)."""
        usage = 'digitalSignature,nonRepudiation,keyEncipherment'
        if key.kind != 'rsa':
            usage = 'digitalSignature,nonRepudiation,keyAgreement'
        names = {n: os.path.join(self.folder, n)
                 for n in ('ca.key', 'ca.pem', 'ext', 'key.pem', 'cert.der')}
        spki = key.spki
        seen = []
        for option in options:
            if option == 'foreign':
                spki = openssl('pkey', '-pubout', '-outform', 'DER',
                               stdin=openssl('genpkey', '-algorithm', 'RSA'))
            elif option.startswith('usage='):
                usage = option[6:]
            elif option == 'private':
                seen = [option]
            else:
                raise Failure('unknown option %s' % option)
        if not os.path.exists(names['ca.pem']):
            openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt',
                    'ec_paramgen_curve:P-256', '-nodes', '-days', '3650',
                    '-keyout', names['ca.key'], '-out', names['ca.pem'],
                    '-subj', '/O=Test/CN=Test CA')
        with open(names['ext'], 'w', encoding='ascii') as f:
            f.write('keyUsage=critical,%s\n' % usage)
        openssl('pkey', '-pubin', '-inform', 'DER', '-out', names['key.pem'],
                stdin=spki)
        key.cert = openssl(
            'x509', '-new', '-force_pubkey', names['key.pem'], '-subj',
            '/O=Test/CN=%s' % re.sub('[^A-Za-z0-9 ._-]', '-', label),
            '-days', '3650', '-CA', names['ca.pem'], '-CAkey',
            names['ca.key'], '-set_serial', '1', '-extfile', names['ext'],
            '-outform', 'DER')
        with open(names['cert.der'], 'wb') as f:
            f.write(key.cert)
        token = self.token()
        self.keymaker('cert', token.name, token.pin, key.id, label,
                      names['cert.der'], *seen)

    # -- the shim

    def write_rules(self):
        fresh = self.script + '.new'
        with open(fresh, 'wb') as f:
            f.write(''.join(rule + '\n' for rule in self.rules)
                    .encode('latin-1'))
        os.rename(fresh, self.script)
        self.rules_written = time.monotonic()

    def calls(self, since):
        """The functions called since that place in the log."""
        try:
            with open(self.call_log, encoding='ascii') as f:
                f.seek(since)
                return [line.split()[0] for line in f]
        except FileNotFoundError:
            return []

    def set_mark(self):
        self.mark = (os.path.getsize(self.call_log)
                     if os.path.exists(self.call_log) else 0)

    # -- signals

    def note_signal(self, number, _frame):
        """We are the client that is sent one."""
        delay = time.monotonic() - self.rules_written
        self.signals.append((signal.Signals(number), delay))

    # -- the daemon

    def write_config(self):
        lines = list(self.config)
        if self.provider:
            library = (self.module if self.provider == 'direct'
                       else self.options.shim)
            lines[:0] = ['providers p', 'provider-p-library ' + library]
        lines[:0] = ['verbose', 'debug-all']
        name = os.path.join(self.home, 'gnupg-pkcs11-scd.conf')
        with open(name, 'wb') as f:
            f.write(''.join(line + '\n' for line in lines).encode('latin-1'))

    def start(self, args, wants_socket):
        if self.process:
            raise Failure('the daemon runs already')
        self.write_config()
        if not args:
            args = ['--multi-server', '--homedir', self.home]
        self.set_mark()
        self.start_mark = self.mark
        self.signals.clear()
        with open(self.stderr, 'ab') as log:
            self.process = subprocess.Popen(
                [self.options.daemon, *map(encode, args)], bufsize=0,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env=self.env, cwd=self.folder)
        self.peers = {1: Peer(os.dup(self.process.stdout.fileno()),
                              os.dup(self.process.stdin.fileno()),
                              self.timeout)}
        self.process.stdin.close()
        self.process.stdout.close()
        self.expect_greeting(self.peers[1])
        self.names['pid'] = str(self.process.pid)
        if wants_socket:
            self.ask_socket()

    @staticmethod
    def expect_greeting(peer):
        line = peer.take()
        if not line.startswith('OK'):
            raise Failure('the greeting is: ' + line)

    def ask_socket(self):
        """As gpg-agent does it first of all."""
        peer = self.peers[1]
        peer.type_line('GETINFO socket_name')
        self.socket = peer.take_data().decode('latin-1')
        self.names['socket'] = self.socket
        if peer.take() != 'OK':
            raise Failure('GETINFO socket_name fails')
        peer.data = None
        self.set_mark()

    def peer(self, number):
        if not self.process:
            raise Failure('the daemon was not started')
        if number not in self.peers:
            self.peers[number] = Peer.connect(self.socket, self.timeout)
            self.expect_greeting(self.peers[number])
        return self.peers[number]

    def wait_exit(self):
        """The daemon's exit status; what it still said must have been read."""
        try:
            status = self.process.wait(self.timeout)
        except subprocess.TimeoutExpired:
            raise Failure('the daemon did not end within %d seconds'
                          % self.timeout)
        self.process = None
        for number, peer in self.peers.items():
            line = peer.peek()
            peer.drop()
            if line is not None:
                raise Failure('client %d was not expected to hear: %s'
                              % (number, line))
        self.peers = {}
        return status

    def finish(self):
        """The end of every transcript."""
        if self.process:
            for number in sorted(self.peers, reverse=True):
                self.peers[number].close()
            status = self.wait_exit()
            if status != 0:
                raise Failure('the daemon ended with status %d' % status)
        for secret in self.secrets:
            self.check_log_excludes(secret.encode('latin-1'))
        for complaint in COMPLAINTS:
            if complaint.encode() in self.log():
                raise Failure('there is "%s" in the log' % complaint)

    def kill(self):
        """Whatever happened, nothing of ours stays."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    # -- the log

    def log(self):
        """Standard error, every log file that was configured, and what
        sockets received."""
        names = [self.stderr]
        for line in self.config:
            found = re.match(r'\s*log-file\s+(/\S*)', line)
            names += [found.group(1)] if found else []
        content = b''.join(server.content() for server in self.log_servers)
        for name in names:
            if os.path.exists(name):
                with open(name, 'rb') as f:
                    content += f.read()
        return content

    def log_has(self, secret):
        """In which form the bytes are in the log, or None."""
        log = self.log()
        folded = log.lower()
        if secret in log:
            return 'as they are'
        if secret.hex().encode() in folded:
            return 'in hex'
        if secret.hex(' ').encode() in folded:
            return 'in hex with blanks'
        for skip in range(3):
            # Only the digits that do not depend on what surrounds them.
            text = base64.b64encode(b'\0' * skip + secret)
            text = text.rstrip(b'=')[(0, 2, 3)[skip]:]
            if (skip + len(secret)) % 3:
                text = text[:-1]
            if len(text) > 3 and text in log:
                return 'in base64'
        return None

    def check_log_excludes(self, secret):
        form = self.log_has(secret)
        if form:
            raise Failure('%r is in the log %s' % (secret, form))

    def wait_until(self, condition):
        """Give what happens after an answer some time; the last value."""
        deadline = time.monotonic() + min(self.timeout, 10)
        value = condition()
        while not value and time.monotonic() < deadline:
            time.sleep(0.01)
            value = condition()
        return value


def encode(text):
    """A command's argument, byte for byte as in the transcript."""
    return text.encode('latin-1') if isinstance(text, str) else text
