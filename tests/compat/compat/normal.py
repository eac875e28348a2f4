# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""What must differ between two runs is made equal: places, process ids, the
version's number.  Nothing else is."""

import hashlib
import re

# The part of a name that mkdtemp chooses.
SOCKET = re.compile(r'/gnupg-pkcs11-scd\.\w{6}(?=/|$)')
LONG = 120


class Normal:
    """Knows what is where in one run."""

    def __init__(self, places):
        # The longest first: one place may be within another.
        self.places = sorted(places.items(), key=lambda p: -len(p[0]))
        self.pids = set()

    def text(self, line):
        for place, name in self.places:
            line = line.replace(place, name)
        line = SOCKET.sub('/gnupg-pkcs11-scd.XXXXXX', line)
        for pid in self.pids:
            line = re.sub(r'(?<!\d)%d(?!\d)' % pid, 'PID', line)
        return line


def answer(line):
    """A line of the server.  Of an error the code counts, not which program
    it is from; of a question what is asked, not in which words."""
    if line.startswith('ERR '):
        number, _, text = line[4:].partition(' ')
        text = re.split(r' <| - ', text)[0]
        return 'ERR %d %s' % (int(number) & 0xffff, text)
    if line.startswith('INQUIRE '):
        return ' '.join(line.split(' ')[:2])
    return line


def signed(content, key):
    """What a PKCS#1 signature by this key is of, or None if it is none."""
    if key.kind != 'rsa' or len(content) != key.size:
        return None
    number = int.from_bytes(content, 'big')
    if number >= key.n:
        return None
    block = pow(number, key.e, key.n).to_bytes(key.size, 'big')
    found = re.fullmatch(b'\0\1\xff{8,}\0(.*)', block, re.DOTALL)
    return found and found.group(1).hex().upper()


def data(content, keys):
    """What D lines said, so that a person can read it."""
    for label, key in keys.items():
        block = signed(content, key)
        if block is not None:
            return 'D signature by %s of %s' % (label, block)
    if len(content) > LONG:
        return 'D %d bytes, SHA-256 %s' % (
            len(content), hashlib.sha256(content).hexdigest()[:16])
    text = content.decode('latin-1')
    if text.isprintable() and text.isascii():
        return 'D ' + text
    return 'D hex ' + content.hex()
