# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The functions that "let" knows, and how arguments are read."""

import hashlib
import secrets
import shlex
import subprocess

from . import Failure
from .keys import digest_info
from .pattern import substitute, substitute_known
from .rsa import pss_block

LETS = {}


def let(name):
    def register(function):
        LETS[name] = function
        return function
    return register


def words(text, least, most=None):
    """The words of a line, quoted as in the shell."""
    found = shlex.split(text)
    if not least <= len(found) <= (least if most is None else most):
        raise Failure('wrong number of words: ' + text)
    return found


def unhex(text):
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Failure('this is not hex: ' + text)


def shell(scene, command):
    values = dict(
        scene.env, DIR=scene.folder, DAEMON=scene.options.daemon,
        KEYMAKER=scene.options.keymaker, SHIM=scene.options.shim,
        MODULE=scene.module, SOCKET=scene.socket or '')
    if scene.tokens:
        values.update(TOKEN=scene.token().name, PIN=scene.token().pin)
    return subprocess.run(
        ['/bin/sh', '-c', substitute_known(command, scene.names)],
        env=values, cwd=scene.folder, capture_output=True,
        stdin=subprocess.DEVNULL, timeout=scene.timeout, check=False)


@let('text')
def let_text(_scene, _client, argument):
    return argument


@let('hex')
def let_hex(_scene, _client, argument):
    return argument.encode('latin-1').hex().upper()


@let('repeat')
def let_repeat(_scene, _client, argument):
    text, number = words(argument, 2)
    return text * int(number)


@let('random')
def let_random(_scene, _client, argument):
    return secrets.token_bytes(int(argument)).hex().upper()


@let('hash')
def let_hash(_scene, _client, argument):
    name, message = words(argument, 2)
    return hashlib.new(name, unhex(message)).hexdigest().upper()


@let('digestinfo')
def let_digestinfo(_scene, _client, argument):
    name, digest = words(argument, 2)
    return digest_info(name, unhex(digest)).hex().upper()


@let('keygrip')
def let_keygrip(scene, _client, argument):
    return scene.key(argument).keygrip()


@let('ssh-key')
def let_ssh_key(scene, _client, argument):
    return scene.key(argument).ssh()


@let('rsa-encrypt')
def let_rsa_encrypt(scene, _client, argument):
    id_, plain = words(argument, 2)
    return scene.key(id_).encrypt(unhex(plain)).hex().upper()


@let('rsa-encrypt-short')
def let_rsa_encrypt_short(scene, _client, argument):
    id_, plain, *zeros = words(argument, 2, 3)
    return scene.key(id_).encrypt_short(
        unhex(plain), *map(int, zeros)).hex().upper()


@let('rsa-raw')
def let_rsa_raw(scene, _client, argument):
    """The public operation on any block."""
    id_, block = words(argument, 2)
    key = scene.key(id_)
    return pow(int.from_bytes(unhex(block), 'big'), key.e,
               key.n).to_bytes(key.size, 'big').hex().upper()


@let('pss')
def let_pss(scene, _client, argument):
    id_, name, digest = words(argument, 3)
    return pss_block(scene.key(id_), name, unhex(digest)).hex().upper()


@let('point')
def let_point(scene, _client, argument):
    return scene.key(argument).point.hex().upper()


@let('ecdh')
def let_ecdh(scene, _client, argument):
    return tuple(value.hex().upper() for value in scene.key(argument).ecdh())


@let('data')
def let_data(scene, client, _argument):
    return scene.peer(client).take_data().hex().upper()


@let('run')
def let_run(scene, _client, argument):
    done = shell(scene, argument)
    if done.returncode != 0:
        raise Failure(done.stderr.decode('latin-1'))
    return done.stdout.decode('latin-1').rstrip('\n')


def evaluate(scene, client, text):
    """The values of "FUNCTION ARGUMENT...", a tuple."""
    name, _, argument = text.partition(' ')
    if name not in LETS:
        raise Failure('there is no function %s' % name)
    if name != 'run':  # the shell has braces of its own
        argument = substitute(argument, scene.names)
    values = LETS[name](scene, client, argument)
    return (values,) if isinstance(values, str) else values
