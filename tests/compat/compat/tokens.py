# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Throw-away tokens, made once and copied for each program and item, so that
keys, serial numbers and certificates are the same for both."""

import hashlib
import os
import re
import shutil

from replay.keys import digest_info, openssl
from replay.scene import PIN, SOPIN, Scene

from . import Broken

# What 0.10 writes as it is in the names of a token: no blank, and none of
# these.
ESCAPED = '\\/"\'%&#@!?$*<>{}[]()`|:;,.+-'
# How long digests are; whose digest it is does not matter to a token.
SIZES = {'md5': 16, 'rmd160': 20, 'sha1': 20, 'sha224': 28, 'sha256': 32,
         'sha384': 48, 'sha512': 64}


def escape(text):
    """Text as 0.10 has it in the id of a token."""
    return ''.join(
        chr(byte) if 0x21 <= byte <= 0x7e and chr(byte) not in ESCAPED
        else '\\x%02X' % byte for byte in text.rstrip(b' '))


def digest_names():
    """A digest for each algorithm, bare and in a DigestInfo."""
    names = {}
    for name, size in SIZES.items():
        digest = hashlib.sha512(b'abc').digest()[:size]
        names[name] = digest.hex().upper()
        names['di_' + name] = digest_info(name, digest).hex().upper()
    return names


class Tokens:
    """The tokens of one name, and what lines may call by its name."""

    def __init__(self, options, folder, lines):
        os.makedirs(folder)
        self.scene = Scene(options, folder, 60)
        self.folder = folder
        self.names = {'pin': PIN, 'module': self.scene.module,
                      'shim': options.shim,
                      'keymaker': options.keymaker, **digest_names()}
        self.grips = {}
        self.keys = {}
        for place, line in lines:
            word, _, rest = line.partition(' ')
            step = getattr(self, 'do_' + word, None)
            if step is None:
                raise Broken('%s: nobody knows "%s"' % (place, word))
            step(rest)

    def do_authority(self, _rest):
        """The certificates' authority has an RSA key."""
        openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days',
                '3650', '-keyout', self.path('ca.key'), '-out',
                self.path('ca.pem'), '-subj', '/O=Test/CN=Test CA')

    def path(self, name):
        return os.path.join(self.folder, name)

    def do_token(self, label):
        # As bytes, one character each: what Scene's encode() wants.
        raw = label.encode('utf-8')
        self.scene.add_token(raw.decode('latin-1'), PIN, SOPIN)
        serial = self.scene.names['serial']
        tokenid = '/'.join(map(escape, (
            b'SoftHSM project', b'SoftHSM v2', serial.encode(), raw)))
        number = len(self.scene.tokens)
        suffix = '' if number == 1 else str(number)
        self.names.update({
            'tokenid' + suffix: tokenid, 'serial' + suffix: serial,
            'label' + suffix: raw.decode('latin-1'),
            'sn' + suffix: serial_number(tokenid)})
        self.tokenid = tokenid

    def do_key(self, rest):
        kind, id_, label, *options = rest.split()
        self.scene.add_key(kind, id_, label, options)
        key = self.scene.key(label)
        self.name_key(label, id_, key)

    def name_key(self, label, id_, key):
        grip = key.keygrip()
        self.grips[grip] = label
        self.keys[label] = key
        self.names.update({'grip_' + label: grip,
                           'id_' + label: '%s/%s' % (self.tokenid, id_),
                           'lower_' + label: grip.lower()})
        if key.kind == 'rsa':
            cipher = key.encrypt(b'secret')
            # A number for any key of this length: with a larger one than the
            # key's, we say so before anybody is asked for the PIN.
            while not 0 < cipher[0] < 0x80:
                cipher = key.encrypt(b'secret')
            self.names['cipher_' + label] = cipher.hex().upper()
            self.names['short_' + label] = \
                key.encrypt_short(b'secret').hex().upper()
            self.names['n_' + label] = '%X' % key.n
        if key.cert:
            self.names['cert_' + label] = hashlib.sha256(
                key.cert).hexdigest()[:16]

    def do_issuer(self, id_):
        """The authority's certificate, on the token."""
        content = openssl('x509', '-in', self.path('ca.pem'),
                          '-outform', 'DER')
        with open(self.path('ca.der'), 'wb') as f:
            f.write(content)
        token = self.scene.token()
        self.scene.keymaker('cert', token.name, token.pin, id_, 'ca',
                            self.path('ca.der'))
        self.names['id_ca'] = '%s/%s' % (self.tokenid, id_)

    def do_again(self, label):
        """One more certificate for a key."""
        self.scene.add_cert(self.scene.key(label), label + ' again', [])

    def do_subject(self, rest):
        """A key whose certificate has this subject."""
        label, _, subject = rest.partition(' ')
        self.scene.add_key('rsa2048', '05', label, [])
        key = self.scene.key(label)
        openssl('pkey', '-pubin', '-inform', 'DER', '-out',
                self.path('key.pem'), stdin=key.spki)
        openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout',
                self.path('other.key'), '-out', self.path('other.pem'),
                '-subj', '/CN=other')
        openssl('req', '-new', '-key', self.path('other.key'), '-out',
                self.path('other.csr'), '-utf8', '-subj', subject)
        key.cert = openssl(
            'x509', '-req', '-in', self.path('other.csr'), '-force_pubkey',
            self.path('key.pem'), '-days', '3650', '-CA',
            self.path('other.pem'), '-CAkey', self.path('other.key'),
            '-set_serial', '1', '-outform', 'DER')
        with open(self.path('cert.der'), 'wb') as f:
            f.write(key.cert)
        token = self.scene.token()
        self.scene.keymaker('cert', token.name, token.pin, '05', label,
                            self.path('cert.der'))
        self.name_key(label, '05', key)

    def copy(self, folder):
        """A copy in a folder of its own; the configuration of SoftHSM."""
        shutil.copytree(self.path('tokens'), os.path.join(folder, 'tokens'))
        with open(self.path('softhsm2.conf'), encoding='utf-8') as f:
            text = re.sub('(?m)^directories.tokendir = .*$',
                          'directories.tokendir = %s/tokens' % folder,
                          f.read())
        name = os.path.join(folder, 'softhsm2.conf')
        with open(name, 'w', encoding='utf-8') as f:
            f.write(text)
        return name


def serial_number(tokenid):
    """0.10's serial number of a token."""
    return 'D2760001240111503131%s1111' % hashlib.sha1(
        tokenid.encode('ascii')).hexdigest()[:8].upper()


def read_tokens(path):
    """The file of tokens: its lines by the name of the tokens."""
    found = {}
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            word, _, rest = line.partition(' ')
            if word == 'tokens':
                current = found.setdefault(rest, [])
            else:
                current.append(('tokens:%d' % number, line))
    return found
