#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Every option of 0.10, short, long and abbreviated, that it took, we take.
#
#   old_options.sh      (E2E_DAEMON, E2E_OLD and E2E_WORK are set)
set -eu

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

unset POSIXLY_CORRECT
libraries=$(find "$E2E_OLD/usr/lib" -name 'libpkcs11-helper.so.1' 2>/dev/null |
    head -n 1)
theirs() {
    LD_LIBRARY_PATH=$(dirname -- "$libraries") \
        "$E2E_OLD/usr/bin/gnupg-pkcs11-scd" "$@"
}
if [ -z "$libraries" ] || ! theirs --version >/dev/null 2>&1; then
    echo 'skipped: no gnupg-pkcs11-scd 0.10'
    exit 77
fi

taken=0
# compare ARGUMENT...: --help comes last, so that nothing is started.
compare() {
    ! theirs "$@" --help >/dev/null 2>&1 || {
        "$E2E_DAEMON" "$@" --help >/dev/null || fail "0.10 takes $*"
        taken=$((taken + 1))
    }
}

for option in -v -q -s -c -vq -scv; do
    compare "$option"
done
for option in server multi-server daemon homedir uid-acl verbose quiet sh csh \
    options no-detach log-file version help; do
    abbreviation=$option
    while [ -n "$abbreviation" ]; do
        compare "--$abbreviation"
        compare "--$abbreviation" 1
        compare "--$abbreviation=1"
        abbreviation=${abbreviation%?}
    done
done
# Debian's 0.10.0 takes 166.
[ "$taken" -ge 150 ] || fail "0.10 took only $taken of these"
echo "$taken command lines of 0.10: ok"
