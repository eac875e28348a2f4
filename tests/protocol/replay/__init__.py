# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Replays transcripts of conversations with the daemon."""


class Failure(Exception):
    """The transcript and what happened differ."""


class Missing(Exception):
    """Something that the transcripts need is not on this machine."""
