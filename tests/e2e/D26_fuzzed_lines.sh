#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A million odd lines, over many connections: each is answered, no sanitizer
# reports anything, and the daemon does its work afterwards.
#
#   D26_fuzzed_lines.sh [LINES [SEED]]
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin=fuzz-4711-pin
lab_open fuzz
lab_token 'Fuzzed token' "$pin" rsa2048:01:one:cert p256:02:two:cert \
    ed25519:03:three x25519:04:four p256:05:careful:aa
lab_short_home
# All that is told of commands is formatted; it would fill the disk.
cat >"$lab/home/gnupg-pkcs11-scd.conf" <<CONF
log-file /dev/null
verbose
debug-all
use-gnupg-pin-cache
providers softhsm
provider-softhsm-library $MODULE
CONF

export GNUPG_PKCS11_SOCKETDIR="$lab"
rc=0
"$E2E_FUZZ_LINES" "$E2E_DAEMON" "$GNUPGHOME" "$pin" "${1:-1000000}" \
    ${2:+"$2"} 2>"$logs/fuzz" || rc=$?
[ "$rc" -eq 0 ] || fail 'see the log of the client'
lab_sanitizers || fail 'a sanitizer complained'
echo 'fuzzed lines: ok'
