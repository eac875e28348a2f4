# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Looking for secrets in the memory of the daemon."""

import re

from . import Failure, Missing
from .directives import directive
from .values import words

# Parts of a secret count, too: one that was half overwritten is not gone.  Of
# all that have 11 bytes one of these is a piece.
PART, STEP = 8, 4
LEAST = 12
# A sanitizer reserves more than it uses; nobody's data are in there.
MAX_MAPPING = 64 << 20
# What secret_setup() asks libgcrypt for.
SECURE_MEMORY = 256 * 1024


class Mapping:
    """One mapping of /proc/PID/smaps."""

    def __init__(self, start, end, name):
        self.start = start
        self.size = end - start
        self.name = name
        self.locked = False


def read_mappings(pid):
    """Those that may have data of the process."""
    found = []
    with open('/proc/%d/smaps' % pid, encoding='utf-8',
              errors='surrogateescape') as f:
        for line in f:
            head = re.match(r'([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)',
                            line)
            if head:
                start, end = (int(head.group(i), 16) for i in (1, 2))
                mapping = Mapping(start, end, head.group(4))
                # What is never written to has what its file has.
                if head.group(3).startswith('rw') and \
                        mapping.size <= MAX_MAPPING:
                    found.append(mapping)
            elif line.startswith('VmFlags:'):
                mapping.locked = 'lo' in line.split()
    return found


def search(pid, parts):
    """Each mapping in which one of the parts is, and each mapping."""
    found = []
    try:
        mappings = read_mappings(pid)
        with open('/proc/%d/mem' % pid, 'rb', buffering=0) as memory:
            for mapping in mappings:
                content = read(memory, mapping)
                if any(part in content for part in parts):
                    found.append(mapping)
        return found, mappings
    except PermissionError:
        raise Missing('the memory of a process that is not dumpable can be '
                      'read by root only')


def read(memory, mapping):
    """As much as there is: a file may be shorter than its mapping."""
    content = b''
    memory.seek(mapping.start)
    try:
        while len(content) < mapping.size:
            content += memory.read(mapping.size - len(content))
    except OSError:
        pass
    return content


def parts_of(text):
    secret = text.encode('latin-1')
    if len(secret) < LEAST:
        raise Failure('what has less than %d bytes may be anywhere by chance'
                      % LEAST)
    return [secret[i:i + PART]
            for i in range(0, len(secret) - PART + 1, STEP)]


@directive('memory-excludes')
def memory_excludes(scene, _client, rest):
    """No part of any of these is in the memory of the daemon."""
    parts = [part for word in words(rest, 1, 9) for part in parts_of(word)]
    found, mappings = search(scene.process.pid, parts)
    if not mappings:
        raise Failure('nothing can be read')
    if found:
        raise Failure('a part of %r is in memory: %s' % (
            rest, ', '.join('%x %s' % (mapping.start, mapping.name)
                            for mapping in found)))


@directive('memory-locks')
def memory_locks(scene, _client, rest):
    """It is in the memory of the daemon, and only in locked memory."""
    found, mappings = search(scene.process.pid, parts_of(rest))
    if not found:
        raise Failure('%r is not in memory' % rest)
    if not any(mapping.locked for mapping in mappings):
        check_can_lock(scene)
    loose = [mapping for mapping in found if not mapping.locked]
    if loose:
        raise Failure('a part of %r is in memory that is not locked: %s' % (
            rest, ', '.join('%x %s' % (mapping.start, mapping.name)
                            for mapping in loose)))


def check_can_lock(scene):
    """The daemon has locked nothing: Missing if it could not."""
    with open('/proc/%d/limits' % scene.process.pid, encoding='ascii') as f:
        soft = re.search(r'^Max locked memory +(\S+)', f.read(), re.M).group(1)
    if soft != 'unlimited' and int(soft) < SECURE_MEMORY:
        raise Missing('the limit of locked memory is too small')
    with open(scene.options.daemon, 'rb') as f:
        if b'__asan_init' in f.read():
            raise Missing('a sanitizer lets nothing be locked')
