#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants its PIN at each use: one dialog for each signature and each
# message, also for the first, which needs a login too.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-strict'
wrong='e2e-pin-wrong'

lab_open gpg_always
lab_token 'Qualified token' "$pin" rsa2048:01:Strict:aa p256:02:Curve:aa \
    rsa2048:03:Lenient
lab_home
lab_learn
lab_secret "$wrong" 'bettongs, one'
echo 'Five bettongs, one at a time.' >"$lab/text"

# The dialogs and the logins since the last time.
dialogs=0
logged_in=0
must_have_cost() {
    dialogs=$((dialogs + $1))
    logged_in=$((logged_in + $2))
    must_have_prompted "$dialogs"
    [ "$(calls C_Login)" -eq "$logged_in" ] ||
        fail "$(calls C_Login) calls of C_Login instead of $logged_in"
}

sign() {
    must gpg -u "$1@example.org" --output "$lab/$1.$2" --sign "$lab/text"
    must gpg --verify "$lab/$1.$2"
}

# Two uses, since gpg writes a revocation certificate too; and the login.
openpgp_key strict rsa2048:01 rsa2048:01
must_have_cost 3 4
must_have_said 1 'Please enter the PIN to sign.'
must_have_said 2 'Please enter the PIN for this one signature.'
must_have_said 2 'Token: Qualified token'
must_have_said 2 'Key: Strict'
for round in 1 2; do
    sign strict "$round"
    must_have_cost 1 1
done

# A wrong one costs one try and one more dialog.
lab_pins "$wrong" "$pin"
sign strict 3
must_have_cost 2 2
must_have_said "$dialogs" 'That PIN was wrong.'
# Somebody who does not want to costs none.
lab_pins CANCEL
refuse gpg -u strict@example.org --output "$lab/never" --sign "$lab/text"
must_have_cost 1 0
lab_pins "$pin"

must gpg --recipient strict@example.org --output "$lab/sealed" --encrypt \
    "$lab/text"
for round in 1 2; do
    must gpg --output "$lab/opened.$round" --decrypt "$lab/sealed"
    cmp "$lab/text" "$lab/opened.$round" || fail 'something else is decrypted'
    must_have_cost 1 1
    must_have_said "$dialogs" 'Please enter the PIN for this one decryption.'
done

# The other key of the token has had its login, and wants no more.
openpgp_key lenient rsa2048:03 -
sign lenient 1
must_have_cost 0 0
openpgp_key curve p256:02 -
must_have_cost 2 2

# A new daemon: the first signature is one dialog for both.
lab_new_daemon
before=$(calls C_Login)
sign curve 1
must_have_prompted $((dialogs + 1))
[ "$(calls C_Login)" -eq $((before + 2)) ] ||
    fail "not two calls of C_Login, but $(($(calls C_Login) - before))"
