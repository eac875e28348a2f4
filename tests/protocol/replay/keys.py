# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Public keys of the token, and what can be done with them without it.

Nothing here shares code with the daemon: numbers are Python's, elliptic
curves are openssl(1)'s."""

import base64
import hashlib
import os
import secrets
import subprocess
import tempfile

from . import Failure

# By the contents of the object identifier: openssl's name, libgcrypt's.
CURVES = {
    '2a8648ce3d030107': ('prime256v1', 'NIST P-256'),
    '2b81040022': ('secp384r1', 'NIST P-384'),
    '2b81040023': ('secp521r1', 'NIST P-521'),
    '2b2403030208010107': ('brainpoolP256r1', 'brainpoolP256r1'),
    '2b240303020801010b': ('brainpoolP384r1', 'brainpoolP384r1'),
    '2b240303020801010d': ('brainpoolP512r1', 'brainpoolP512r1'),
    '2b8104000a': ('secp256k1', 'secp256k1'),
    '2b6570': ('ed25519', 'Ed25519'),
    '2b656e': ('x25519', 'Curve25519'),
}
RSA = '2a864886f70d010101'

# Contents of the object identifiers of hashes.
HASHES = {
    'md5': '2a864886f70d0205', 'sha1': '2b0e03021a', 'rmd160': '2b24030201',
    'sha224': '608648016503040204', 'sha256': '608648016503040201',
    'sha384': '608648016503040202', 'sha512': '608648016503040203',
}

P25519 = 2 ** 255 - 19
# p, a, b, base point, order, as libgcrypt hashes them (signs are dropped).
DOMAIN_25519 = {
    'ed25519': (P25519, 1, P25519 - (
        -121665 * pow(121666, -1, P25519)) % P25519,
        '04216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A'
        '6666666666666666666666666666666666666666666666666666666666666658'),
    'x25519': (P25519, 0x01DB41, 1,
               '04' + '0' * 62 + '09'
               '20AE19A1B8A086B4E01EDD2C7748D14C923D4D7E6D7C61B229E9C5A27ECED3'
               'D9'),
}
ORDER_25519 = 2 ** 252 + 27742317777372353535851937790883648493


def openssl(*args, stdin=b''):
    """What openssl(1) answers."""
    done = subprocess.run(['openssl', *args], input=stdin,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise Failure('openssl %s: %s' % (
            args[0], done.stderr.decode('latin-1').strip()))
    return done.stdout


def der_elements(der):
    """The elements of DER as a list of (tag, contents)."""
    elements = []
    i = 0
    while i < len(der):
        tag, length = der[i], der[i + 1]
        i += 2
        if length & 0x80:
            size = length & 0x7f
            length = int.from_bytes(der[i:i + size], 'big')
            i += size
        elements.append((tag, der[i:i + length]))
        i += length
    return elements


def der(tag, contents):
    """One DER element."""
    size = len(contents)
    if size < 0x80:
        return bytes([tag, size]) + contents
    length = size.to_bytes((size.bit_length() + 7) // 8, 'big')
    return bytes([tag, 0x80 | len(length)]) + length + contents


def der_integer(number):
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, 'big'))


def number_bytes(number):
    return number.to_bytes((number.bit_length() + 7) // 8, 'big')


def digest_info(name, digest):
    """The DigestInfo of RFC 8017."""
    if name not in HASHES:
        raise Failure('unknown hash %s' % name)
    algorithm = der(0x30, der(6, bytes.fromhex(HASHES[name])) + der(5, b''))
    return der(0x30, algorithm + der(4, digest))


def field(name, value):
    """One parameter of a canonical S-expression."""
    return b'(%d:%s%d:%s)' % (len(name), name, len(value), value)


class PublicKey:
    """A key from its SubjectPublicKeyInfo."""

    def __init__(self, spki):
        self.spki = spki
        (_, algorithm), (_, bits) = der_elements(der_elements(spki)[0][1])
        oids = [c.hex() for tag, c in der_elements(algorithm) if tag == 6]
        self.point = bits[1:]
        if oids[0] == RSA:
            self.kind = 'rsa'
            numbers = der_elements(der_elements(self.point)[0][1])
            self.n, self.e = (int.from_bytes(c, 'big') for _, c in numbers)
            self.size = (self.n.bit_length() + 7) // 8
            return
        self.openssl_name, self.curve = CURVES[oids[-1]]
        self.kind = self.openssl_name if len(oids) == 1 else 'ec'
        self.size = len(self.point) // 2 if self.kind == 'ec' else 32

    def keygrip(self):
        """libgcrypt's keygrip."""
        if self.kind == 'rsa':
            grip = hashlib.sha1(der_elements(der_integer(self.n))[0][1])
            return grip.hexdigest().upper()
        if self.kind == 'ec':
            values = self.explicit_domain()
        else:
            p, a, b, base = DOMAIN_25519[self.kind]
            values = [number_bytes(p), number_bytes(a), number_bytes(b),
                      bytes.fromhex(base), number_bytes(ORDER_25519)]
        values.append(self.point)
        hashed = b''.join(b'(1:%c%d:%s)' % (name, len(value), value)
                          for name, value in zip(b'pabgnq', values))
        return hashlib.sha1(hashed).hexdigest().upper()

    def explicit_domain(self):
        """p, a, b, base point and order of the curve."""
        params = openssl('ecparam', '-name', self.openssl_name, '-param_enc',
                         'explicit', '-outform', 'DER')
        _, prime, curve, base, order = der_elements(
            der_elements(params)[0][1])[:5]
        p = der_elements(prime[1])[1][1]
        a, b = (c for _, c in der_elements(curve[1])[:2])
        return [p.lstrip(b'\0'), a.lstrip(b'\0'), b.lstrip(b'\0'), base[1],
                order[1].lstrip(b'\0')]

    def sexp(self):
        """The canonical S-expression that READKEY should answer."""
        if self.kind == 'rsa':
            inside = b'3:rsa' + b''.join(
                field(name, der_elements(der_integer(number))[0][1])
                for name, number in ((b'n', self.n), (b'e', self.e)))
            return b'(10:public-key(' + inside + b'))'
        inside = b'3:ecc' + field(b'curve', self.curve.encode())
        if self.kind == 'ec':
            inside += field(b'q', self.point)
        else:
            flag = b'eddsa' if self.kind == 'ed25519' else b'djb-tweak'
            inside += field(b'flags', flag) + field(b'q', b'\x40' + self.point)
        return b'(10:public-key(' + inside + b'))'

    def ssh(self):
        """Type and base64, as a line of OpenSSH's begins (RFC 4253, 6.6;
        RFC 5656, 3.1; RFC 8709, 4)."""
        if self.kind == 'rsa':
            parts = [b'ssh-rsa'] + [der_elements(der_integer(number))[0][1]
                                    for number in (self.e, self.n)]
        elif self.kind == 'ec':
            curve = b'nistp' + self.curve[-3:].encode()
            parts = [b'ecdsa-sha2-' + curve, curve, self.point]
        else:
            parts = [b'ssh-ed25519', self.point]
        blob = b''.join(len(part).to_bytes(4, 'big') + part for part in parts)
        return (parts[0] + b' ' + base64.b64encode(blob)).decode()

    def verify(self, name, digest, signature):
        """Fail unless it is a PKCS#1 or ECDSA signature of the digest; name
        "none" means that an RSA key signed the very bytes of digest."""
        if self.kind == 'rsa':
            self.verify_rsa(digest if name == 'none'
                            else digest_info(name, digest), signature)
        elif self.kind == 'ec':
            self.verify_ecdsa(digest, signature)
        else:
            raise Failure('a key of type %s makes no such signatures'
                          % self.kind)

    def verify_rsa(self, expected, signature):
        if len(signature) != self.size:
            raise Failure('the signature has %d bytes, the modulus %d'
                          % (len(signature), self.size))
        number = pow(int.from_bytes(signature, 'big'), self.e, self.n)
        block = number.to_bytes(self.size, 'big')
        padding = b'\xff' * (self.size - 3 - len(expected))
        if block != b'\0\1' + padding + b'\0' + expected:
            raise Failure('the signature is not over these data but %s'
                          % block.hex())

    def verify_ecdsa(self, digest, signature):
        if len(signature) != 2 * self.size:
            raise Failure('the signature has %d bytes, not twice %d'
                          % (len(signature), self.size))
        halves = signature[:self.size], signature[self.size:]
        encoded = der(0x30, b''.join(
            der_integer(int.from_bytes(half, 'big')) for half in halves))
        self.pkeyutl_verify(digest, encoded)

    def verify_eddsa(self, message, signature):
        if self.kind != 'ed25519':
            raise Failure('a key of type %s makes no such signatures'
                          % self.kind)
        self.pkeyutl_verify(message, signature, '-rawin')

    def pkeyutl_verify(self, data, signature, *options):
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join(folder, n) for n in ('key', 'data', 'sig')]
            for name, content in zip(names, (self.spki, data, signature)):
                with open(name, 'wb') as f:
                    f.write(content)
            openssl('pkeyutl', '-verify', '-pubin', '-keyform', 'DER',
                    '-inkey', names[0], '-in', names[1], '-sigfile', names[2],
                    *options)

    def encrypt(self, plain):
        """RSA PKCS#1 v1.5 encryption, as many bytes as the modulus."""
        if self.kind != 'rsa':
            raise Failure('this is not an RSA key')
        filling = bytes(secrets.randbelow(255) + 1
                        for _ in range(self.size - 3 - len(plain)))
        block = b'\0\2' + filling + b'\0' + plain
        return pow(int.from_bytes(block, 'big'), self.e,
                   self.n).to_bytes(self.size, 'big')

    def encrypt_short(self, plain, zeros=1):
        """A ciphertext that begins with zeros, without them."""
        for _ in range(80 * 256 ** zeros):  # one in 256 ** zeros does
            ciphertext = self.encrypt(plain)
            if not any(ciphertext[:zeros]):
                return ciphertext.lstrip(b'\0')
        raise Failure('no short ciphertext turned up')

    def ephemeral(self):
        """Another private key of the same kind, in PEM, and its point."""
        if self.kind == 'x25519':
            private = openssl('genpkey', '-algorithm', 'X25519')
        else:
            private = openssl('genpkey', '-algorithm', 'EC', '-pkeyopt',
                              'ec_paramgen_curve:' + self.openssl_name)
        return private, PublicKey(openssl('pkey', '-pubout', '-outform', 'DER',
                                          stdin=private)).point

    def ecdh(self):
        """An ephemeral public point, and the X that both sides share."""
        private, point = self.ephemeral()
        # SoftHSM takes such a point of brainpoolP512r1, one of 256, for the
        # DER encoding of something shorter: CKR_GENERAL_ERROR.
        while point[:2] == bytes([4, len(point) - 2]):
            private, point = self.ephemeral()
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join(folder, n) for n in ('key', 'peer')]
            for name, content in zip(names, (private, self.spki)):
                with open(name, 'wb') as f:
                    f.write(content)
            shared = openssl('pkeyutl', '-derive', '-inkey', names[0],
                             '-peerkey', names[1], '-peerform', 'DER')
        return point, shared
