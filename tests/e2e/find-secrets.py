#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Looks for secrets in logs, in every way a log may spell bytes.
"""usage: find-secrets.py SECRETS FOLDER
       find-secrets.py --self-test

SECRETS has one secret a line; a line "hex:..." is bytes in hexadecimal.
Exit status 1 and a line for each log file in FOLDER that has one of them."""

import base64
import os
import re
import sys


def spellings(secret):
    """Regular expressions for the bytes SECRET as text may show them."""
    yield re.escape(secret)
    # Hexadecimal, in one piece or with something between the bytes, as
    # libgcrypt, libassuan and C programs dump it.
    yield rb"[ :,.%-]*(?:0x|\\x)?".join(b"%02x" % byte for byte in secret)
    # Octal as in C strings, and percent escapes of all or of some bytes.
    yield b"".join(rb"\\%03o" % byte for byte in secret)
    yield b"".join(b"(?:%%%02x|%s)" % (byte, re.escape(bytes([byte])))
                   for byte in secret)
    # Base64, whatever stands before: without the characters that share bits
    # with a neighbour.
    for shift in range(3):
        code = base64.b64encode(b"\0" * shift + secret)
        start, end = (0, 2, 3)[shift], len(secret) + shift
        yield re.escape(code[start:end // 3 * 4])


def read_secrets(path):
    with open(path, "rb") as stream:
        for line in stream.read().split(b"\n"):
            if line.startswith(b"hex:"):
                yield bytes.fromhex(line[4:].decode())
            elif line:
                yield line


def self_test():
    secret = b"e2e-pin-4711"
    pairs = [b"%02X" % byte for byte in secret]
    shown = [
        secret, secret.upper(), b"".join(pairs), b"".join(pairs).lower(),
        b" ".join(pairs), b":".join(pairs), b"0x" + b", 0x".join(pairs),
        b"\\x" + b"\\x".join(pairs), b"%" + b"%".join(pairs),
        b"e2e%2dpin%2D4711", b"".join(b"\\%03o" % byte for byte in secret),
    ] + [base64.b64encode(b"?" * shift + secret + b"??")
         for shift in range(3)]
    hidden = [b"", b"e2e-pin-47 11", b"**********", b"".join(pairs)[:-2]]
    patterns = [re.compile(spelling, re.IGNORECASE)
                for spelling in spellings(secret)]
    wrong = [text for text in shown + hidden
             if any(pattern.search(b"a log: " + text + b" ok")
                    for pattern in patterns) != (text in shown)]
    print(f"{len(shown) + len(hidden)} texts, judged wrongly: {wrong}")
    return 1 if wrong else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    secrets = list(read_secrets(arguments[0]))
    if not secrets:
        print("no secret to look for")
        return 1
    # Short ones would be found by chance.
    for secret in secrets:
        if len(secret) < 6:
            print(f"too short to look for: {secret!r}")
            return 1
    patterns = [re.compile(spelling, re.IGNORECASE)
                for secret in secrets for spelling in spellings(secret)
                if len(spelling) >= 6]
    found = 0
    for where, _, names in os.walk(arguments[1]):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as stream:
                content = stream.read()
            for pattern in patterns:
                match = pattern.search(content)
                if match:
                    line = content.count(b"\n", 0, match.start()) + 1
                    print(f"{path}:{line}: {match.group()!r}")
                    found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
