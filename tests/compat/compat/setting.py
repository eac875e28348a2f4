# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The steps before a program runs: what there is for it."""

import os
import re

from .step import step


def unquote(text):
    r"""Text in which \r, \t and \xHH stand for these bytes."""
    def byte(found):
        word = found.group(1)
        return {'r': '\r', 't': '\t'}.get(word) or chr(int(word[1:], 16))
    return re.sub(r'\\(r|t|x[0-9A-F]{2})', byte, text)


# -- the setting

@step('tokens')
def tokens(_stage, _rest):
    """Which tokens there are: read before the stage is made."""


@step('conf')
def conf(stage, rest):
    """A line of the configuration, which takes the place of the usual one."""
    stage.config = (stage.config or []) + [unquote(stage.text(rest))]


@step('usual')
def usual(stage, _rest):
    """The lines of the usual configuration, with others around them."""
    stage.config = (stage.config or []) + stage.default_config()


@step('no-conf')
def no_conf(stage, _rest):
    stage.config = []


@step('ours-conf')
def ours_conf(stage, rest):
    stage.extra.append(stage.text(rest))


@step('system')
def system(stage, rest):
    stage.system.append(stage.text(rest))


@step('gnupg-folder')
def gnupg_folder(stage, rest):
    """/run/user/UID/gnupg is there, with this mode."""
    stage.gnupg_folder = int(rest, 8)


@step('file')
def make_file(stage, rest):
    """A line of another file."""
    name, _, line = rest.partition(' ')
    name = stage.text(name)
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, 'ab') as f:
        f.write(unquote(stage.text(line)).encode('latin-1') + b'\n')


@step('folder')
def make_folder(stage, rest):
    os.makedirs(stage.text(rest), 0o700, exist_ok=True)


@step('env')
def env(stage, rest):
    name, _, value = rest.partition('=')
    stage.env[name] = stage.text(value)


@step('unset')
def unset(stage, rest):
    stage.env.pop(rest, None)


@step('umask')
def umask(_stage, rest):
    os.umask(int(rest, 8))


@step('stdin')
def stdin(stage, rest):
    """A line that the program of the next "run" reads."""
    stage.stdin = (stage.stdin or []) + ([stage.text(rest)] if rest else [])


@step('shim')
def shim(stage, rest):
    """A rule of the module that obeys (tests/shim)."""
    stage.write(stage.folder + '/shim', stage.text(rest) + '\n')
