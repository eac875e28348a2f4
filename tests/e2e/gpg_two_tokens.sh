#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Two tokens at once: both are shown, and each key asks for its own token's PIN.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

first_pin='e2e-pin-first'
second_pin='e2e-pin-second'

# The CKA_ID of the keys is the same.
lab_open gpg_two_tokens
lab_token 'First token' "$first_pin" rsa2048:01:rsa
lab_token 'Second token' "$second_pin" p384:01:p384
lab_home
lab_secret 'numbats in a log'

# gpg's output goes to $lab/out.
look() {
    gpg "$@" >"$lab/out" 2>>"$logs/gpg.log" || fail "gpg $* fails"
}

first=$(serial_of 'First token') || fail 'there is no first token'
second=$(serial_of 'Second token') || fail 'there is no second token'
[ "$first" != "$second" ] || fail 'two tokens with one serial number'

# The sheets of cards in $lab/out are of these and no other ones.
sheets() {
    [ "$(grep -c '^Application ID' "$lab/out")" -eq $# ] ||
        fail "not $# cards: $(cat "$lab/out")"
    [ "$(grep -c '^Application type .*: PKCS#15$' "$lab/out")" -eq $# ] ||
        fail "not $# types of cards: $(cat "$lab/out")"
    for sheet; do
        grep -q "^Application ID \\.*: $sheet\$" "$lab/out" ||
            fail "card $sheet is not shown: $(cat "$lab/out")"
    done
}

look --card-status all
sheets "$first" "$second"
for serial in "$first" "$second" "$first"; do
    look --card-status "$serial"
    sheets "$serial"
    # The card that was named stays the card that is used.
    look --card-status
    sheets "$serial"
done
# A card that is not there is none of those that are.
look --card-status FF500B000000000000000000
[ ! -s "$lab/out" ] || fail "another card is shown: $(cat "$lab/out")"

# An OpenPGP key from each.
: >"$lab/keys.all"
for serial in "$first" "$second"; do
    must gpg --card-status "$serial"
    gpg-connect-agent "SCD SERIALNO --demand=$serial" 'SCD LEARN --force' \
        /bye | sed -n "s/^S KEYPAIRINFO /$serial /p" >>"$lab/keys.all"
done
grip_on() {
    awk -v serial="$1" '$1 == serial { print $2 }' "$lab/keys.all"
}
use_token() {
    sed -n "s/^$1 //p" "$lab/keys.all" >"$lab/keys"
}
use_token "$first"
lab_pins "$first_pin" "$second_pin"
openpgp_key first rsa2048:01 -
use_token "$second"
openpgp_key second p384:01 -
must_have_prompted 2
prompt_text 1 | grep -q 'Token: First token' ||
    fail "the first dialog is about: $(prompt_text 1)"
prompt_text 2 | grep -q 'Token: Second token' ||
    fail "the second dialog is about: $(prompt_text 2)"

look -K --with-colons
for pair in "first:$first" "second:$second"; do
    awk -F: -v serial="${pair#*:}" -v user="${pair%%:*}@example.org" '
        $1 == "sec" { card = $15 }
        $1 == "uid" && index($10, user) && card == serial { found = 1 }
        END { exit !found }
    ' "$lab/out" || fail "${pair%%:*} is not on its card: $(cat "$lab/out")"
done
for serial in "$first" "$second"; do
    look -K --with-keygrip
    grep -q "$(grip_on "$serial")" "$lab/out" ||
        fail "the key of $serial is not listed"
    grep -q "Card serial no. = $serial\$" "$lab/out" ||
        fail "the card $serial is not listed"
done

# In turn, whichever card is the current one, and without another dialog.
echo 'No numbats in a log.' >"$lab/text"
for round in 1 2; do
    for name in first second; do
        must gpg -u "$name@example.org" --output "$lab/$name.$round.gpg" \
            --sign "$lab/text"
        look --status-fd 1 --verify "$lab/$name.$round.gpg"
        grep -q "VALIDSIG $(fingerprint_of "$name@example.org")" \
            "$lab/out" || fail "signed by somebody else than $name"
    done
    look --card-status all
    sheets "$first" "$second"
done
must_have_prompted 2
