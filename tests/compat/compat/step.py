# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""The table of steps, which other files fill."""

STEPS = {}


def step(name):
    def register(function):
        STEPS[name] = function
        return function
    return register
