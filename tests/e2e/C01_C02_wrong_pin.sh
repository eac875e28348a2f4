#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A mistyped PIN costs one try and one more dialog, which says what happened.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-right'
wrong='e2e-pin-wrong'

lab_open wrong_pin
lab_token 'Careful token' "$pin" rsa3072:01:rsa
lab_home
lab_learn
lab_secret "$wrong"

echo 'One aardvark.' >"$lab/text"
prompted=0
tried=0

# What the PINs typed since the last time came to: $1 dialogs, $2 logins.
must_have_cost() {
    prompted=$((prompted + $1))
    tried=$((tried + $2))
    must_have_prompted "$prompted"
    [ "$(calls C_Login)" -eq "$tried" ] ||
        fail "$(calls C_Login) calls of C_Login instead of $tried"
}

# The OpenPGP key's own signature is the first that needs a PIN: here nobody
# types one.
lab_pins CANCEL
openpgp_parameters signer rsa3072:01 -
refuse gpg --generate-key "$lab/signer.parameters"
must_have_cost 1 0

# Wrong, then right.
lab_pins "$wrong" "$pin"
must gpg --generate-key "$lab/signer.parameters"
must_have_cost 2 2
for number in 1 2 3; do
    prompt_text "$number" | grep -q 'Careful token' ||
        fail "dialog $number does not name the token"
done
! prompt_text 2 | grep -qiE 'PIN was wrong' ||
    fail 'the first dialog after a cancelled one speaks of a wrong PIN'
prompt_text 3 | grep -qiE 'PIN was wrong' ||
    fail "the dialog after a wrong PIN does not say so: $(prompt_text 3)"

# Logged in: nothing more is asked.
must gpg --output "$lab/text.gpg" --sign "$lab/text"
must gpg --verify "$lab/text.gpg"
must_have_cost 0 0

# A new daemon, and somebody who always types the same wrong PIN: gpg is told
# in the end, and the PIN was tried once.
lab_new_daemon
lab_pins "$wrong"
refuse gpg --output "$lab/never.gpg" --sign "$lab/text"
asked=$(($(prompts) - prompted))
{ [ "$asked" -ge 1 ] && [ "$asked" -le 3 ]; } ||
    fail "$asked dialogs for one signature"
must_have_cost "$asked" 1

# And the right one still works.
lab_pins "$pin"
must gpg --output "$lab/late.gpg" --sign "$lab/text"
must gpg --verify "$lab/late.gpg"
must_have_cost 1 1
