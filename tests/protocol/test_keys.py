#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Do the runner's own checks of signatures and secrets tell right from
wrong?  The keys are made with openssl(1)."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

from replay import Failure  # noqa: E402
from replay.keys import (  # noqa: E402
    CURVES, RSA, PublicKey, der, der_elements, der_integer, digest_info,
    openssl)

DIGEST = bytes(range(32))


def make(*options):
    """A private key, and its public half."""
    private = openssl('genpkey', *options)
    return private, PublicKey(openssl('pkey', '-pubout', '-outform', 'DER',
                                      stdin=private))


def pkeyutl(private, data, *options):
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ('key', 'data')]
        for name, content in zip(names, (private, data)):
            with open(name, 'wb') as f:
                f.write(content)
        return openssl('pkeyutl', '-inkey', names[0], '-in', names[1],
                       *options)


def damaged(data):
    return data[:-1] + bytes([data[-1] ^ 1])


class Rsa(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.private, cls.key = make('-algorithm', 'RSA')
        cls.signature = pkeyutl(cls.private, DIGEST, '-sign', '-pkeyopt',
                                'digest:sha256')

    def test_signature(self):
        self.key.verify('sha256', DIGEST, self.signature)
        self.key.verify('none', digest_info('sha256', DIGEST),
                        self.signature)

    def test_wrong_signatures(self):
        for name, digest, signature in (
                ('sha256', DIGEST, damaged(self.signature)),
                ('sha256', damaged(DIGEST), self.signature),
                ('sha512', DIGEST, self.signature),
                ('none', DIGEST, self.signature),
                ('sha256', DIGEST, self.signature[1:]),
                ('sha256', DIGEST, b'\0' + self.signature)):
            with self.assertRaises(Failure):
                self.key.verify(name, digest, signature)

    def test_encryption(self):
        ciphertext = self.key.encrypt(b'secret')
        self.assertEqual(len(ciphertext), 256)
        self.assertEqual(pkeyutl(self.private, ciphertext, '-decrypt'),
                         b'secret')

    def test_short_encryption(self):
        ciphertext = self.key.encrypt_short(b'secret')
        self.assertLess(len(ciphertext), 256)
        self.assertEqual(pkeyutl(self.private, ciphertext.rjust(256, b'\0'),
                                 '-decrypt'), b'secret')


class Curves(unittest.TestCase):
    def test_ecdsa(self):
        for name in ('P-256', 'P-384', 'P-521', 'brainpoolP256r1',
                     'secp256k1'):
            private, key = make('-algorithm', 'EC', '-pkeyopt',
                                'ec_paramgen_curve:' + name)
            encoded = pkeyutl(private, DIGEST, '-sign')
            r, s = (int.from_bytes(c, 'big')
                    for _, c in der_elements(der_elements(encoded)[0][1]))
            signature = r.to_bytes(key.size, 'big') + s.to_bytes(key.size,
                                                                 'big')
            key.verify('sha256', DIGEST, signature)
            for wrong in (damaged(signature), encoded, signature[1:],
                          b'\0' + signature):
                with self.assertRaises(Failure):
                    key.verify('sha256', DIGEST, wrong)
            with self.assertRaises(Failure):
                key.verify('sha256', damaged(DIGEST), signature)

    def test_eddsa(self):
        private, key = make('-algorithm', 'ED25519')
        signature = pkeyutl(private, b'message', '-sign', '-rawin')
        key.verify_eddsa(b'message', signature)
        for message, wrong in ((b'message', damaged(signature)),
                               (b'massage', signature),
                               (b'message', signature + b'\0')):
            with self.assertRaises(Failure):
                key.verify_eddsa(message, wrong)

    def test_ecdh(self):
        for options in (('-algorithm', 'EC', '-pkeyopt',
                         'ec_paramgen_curve:P-521'), ('-algorithm', 'X25519')):
            private, key = make(*options)
            point, shared = key.ecdh()
            spki = key.spki[:-len(key.point)] + point
            with tempfile.TemporaryDirectory() as folder:
                peer = os.path.join(folder, 'peer')
                with open(peer, 'wb') as f:
                    f.write(spki)
                own = os.path.join(folder, 'own')
                with open(own, 'wb') as f:
                    f.write(private)
                self.assertEqual(
                    openssl('pkeyutl', '-derive', '-inkey', own, '-peerkey',
                            peer, '-peerform', 'DER'), shared)


class Keygrips(unittest.TestCase):
    """What libgcrypt 1.10 says of keys with simple numbers: the base point
    of each curve, a modulus of equal bytes."""

    GRIPS = {
        'prime256v1': '95852E917FE2C39152BA998192B5791DB15CDCF0',
        'secp384r1': 'CACDC8B39C5DAD77B9EE85F9B99805111BBFFA34',
        'secp521r1': 'B5A5C8618B1F318B75F2ABAC1398167B1BF489B7',
        'brainpoolP256r1': '344C4CABAEFB2DE04442034EEB71DE83CA25733F',
        'brainpoolP384r1': '5AADAF5F53DF42583A4C118216E5492FEFFC18EF',
        'brainpoolP512r1': '2C553DA19664A4E078E63C7900AB9CFD5AD87718',
        'secp256k1': 'D8575FD3F140878C64ED70EABB65B739EAED33B9',
        'ed25519': '85DC8EFECC05B5AFB7FE691ED9A64E18A19DBCA9',
        'x25519': '5968F0E36652EB3D47BE93F637690643EF352A18',
    }
    POINTS = {'ed25519': b'\x58' + b'\x66' * 31, 'x25519': b'\x09' + bytes(31)}

    @staticmethod
    def spki(algorithm, content):
        return PublicKey(der(0x30, der(0x30, algorithm)
                             + der(3, b'\0' + content)))

    def test_rsa(self):
        for byte, grip in (
                (b'\xf3', 'B4C3859D1D6A8D7662764FD17447ABA9C75FDD40'),
                (b'\x73', '38915FF376220A0960B5E8CF2E7EFE25E1A0B92F')):
            n = int.from_bytes(byte * 128, 'big')
            key = self.spki(der(6, bytes.fromhex(RSA)) + der(5, b''), der(
                0x30, der_integer(n) + der_integer(65537)))
            self.assertEqual(key.keygrip(), grip)

    def test_curves(self):
        for oid, (name, _) in CURVES.items():
            algorithm = der(6, bytes.fromhex(oid))
            if name in self.POINTS:
                key = self.spki(algorithm, self.POINTS[name])
            else:
                params = openssl('ecparam', '-name', name, '-param_enc',
                                 'explicit', '-outform', 'DER')
                base = der_elements(der_elements(params)[0][1])[3][1]
                key = self.spki(
                    der(6, bytes.fromhex('2a8648ce3d0201')) + algorithm, base)
            self.assertEqual(key.keygrip(), self.GRIPS[name])


if __name__ == '__main__':
    unittest.main()
