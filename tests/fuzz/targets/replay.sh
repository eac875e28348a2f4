#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Gives a target all files of a corpus:  replay.sh PROGRAM FOLDER
set -eu
set -- "$1" "$2"/*
[ -e "$2" ] || {
    echo "FAILED: the corpus is empty" >&2
    exit 1
}
exec "$@"
