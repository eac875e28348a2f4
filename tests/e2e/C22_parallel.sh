#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Several gpg at once share daemon, token and login: everything works, one dialog.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-both'
n_rounds=10

lab_open parallel
lab_token 'Shared token' "$pin" p256:01:signing rsa3072:02:decrypting
lab_home
lab_learn
openpgp_key both p256:01 rsa3072:02
echo 'Three echidnas at once.' >"$lab/text"
lab_secret 'echidnas at once'
must gpg --recipient both@example.org --output "$lab/text.gpg" \
    --encrypt "$lab/text"
must_have_prompted 1

# A new daemon, so that all meet a token that wants its PIN.
lab_new_daemon

# One of them: $1 is its name; its failures are kept in a file.
signer() {
    for round in $(seq "$n_rounds"); do
        gpg --output "$lab/$1.$round.sig" --detach-sign "$lab/text" &&
            gpg --verify "$lab/$1.$round.sig" "$lab/text" ||
            echo "$1, round $round"
    done >>"$lab/failures" 2>>"$logs/$1.log"
}

reader() {
    for round in $(seq "$n_rounds"); do
        gpg --output "$lab/$1.$round" --decrypt "$lab/text.gpg" &&
            cmp "$lab/$1.$round" "$lab/text" ||
            echo "$1, round $round"
    done >>"$lab/failures" 2>>"$logs/$1.log"
}

signer one &
one=$!
reader two &
two=$!
signer three &
three=$!
wait "$one" "$two" "$three"

[ ! -s "$lab/failures" ] || fail "$(cat "$lab/failures")"
[ "$(find "$lab" -name '*.sig' | wc -l)" -eq $((2 * n_rounds)) ] ||
    fail 'there are signatures missing'
must_have_prompted 2
