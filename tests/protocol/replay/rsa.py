# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""RSA beyond PKCS#1 v1.5: PSS, and a large key that nobody has to wait for."""

import hashlib
import secrets

from . import Failure
from .keys import RSA, der, der_integer


def mgf1(name, seed, length):
    """RFC 8017, appendix B.2.1."""
    mask = b''
    while len(mask) < length:
        counter = (len(mask) // hashlib.new(name).digest_size).to_bytes(4, 'big')
        mask += hashlib.new(name, seed + counter).digest()
    return mask[:length]


def pss_block(key, name, digest):
    """EMSA-PSS with a salt as long as the digest (RFC 8017, section 9.1.1);
    one byte shorter than the modulus if that has 8 N + 1 bits."""
    if key.kind != 'rsa':
        raise Failure('this is not an RSA key')
    bits = key.n.bit_length() - 1
    size = (bits + 7) // 8
    salt = secrets.token_bytes(len(digest))
    hashed = hashlib.new(name, bytes(8) + digest + salt).digest()
    data = bytes(size - len(salt) - len(hashed) - 2) + b'\x01' + salt
    mask = mgf1(name, hashed, len(data))
    masked = bytearray(a ^ b for a, b in zip(data, mask))
    masked[0] &= 0xff >> (8 * size - bits)
    return bytes(masked) + hashed + b'\xbc'


def verify_pss(key, name, digest, signature):
    if len(signature) != key.size:
        raise Failure('the signature has %d bytes, the modulus %d'
                      % (len(signature), key.size))
    key.pkeyutl_verify(digest, signature, '-pkeyopt', 'rsa_padding_mode:pss',
                       '-pkeyopt', 'digest:' + name,
                       '-pkeyopt', 'rsa_pss_saltlen:digest')


def prime_of(number, constant):
    """The 4096-bit prime made of a well-known number's digits, given as that
    number times 2^3966: RFC 3526, section 5; RFC 7919, appendix A.3."""
    return 2 ** 4096 - 2 ** 4032 - 1 + 2 ** 64 * (number + constant)


def times_pi(scale):
    """Machin's formula, with some bits more that are thrown away."""
    def arctan_inverse(x):
        term = total = (scale << 64) // x
        n = 1
        while term:
            term //= -x * x
            n += 2
            total += term // n
        return total
    return 4 * (4 * arctan_inverse(5) - arctan_inverse(239)) >> 64


def times_e(scale):
    term = total = scale << 64
    n = 0
    while term:
        n += 1
        term //= n
        total += term
    return total >> 64


def make_rsa8192(private_file, spki_file):
    """A key of 8192 bits whose primes everybody knows, as RSAPrivateKey and
    SubjectPublicKeyInfo: tokens need minutes to find some of their own."""
    p = prime_of(times_pi(2 ** 3966), 240904)
    q = prime_of(times_e(2 ** 3966), 5736041)
    e = 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = (0, p * q, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    with open(private_file, 'wb') as f:
        f.write(der(0x30, b''.join(der_integer(n) for n in numbers)))
    public = der(0x30, der_integer(p * q) + der_integer(e))
    with open(spki_file, 'wb') as f:
        f.write(der(0x30, der(0x30, der(6, bytes.fromhex(RSA)) + der(5, b''))
                    + der(3, b'\0' + public)))
