# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The same list of things is done with gnupg-pkcs11-scd 0.10 and with ours."""

import os
import sys

# The client, the patterns and the keys are those of the transcripts.
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', '..', 'protocol'))

PROGRAMS = ('old', 'ours')
NAMES_OF = {'old': '0.10', 'ours': 'ours'}


class Broken(Exception):
    """An item that cannot be done as it is written."""


class Missing(Exception):
    """Something that an item needs is not on this machine."""
