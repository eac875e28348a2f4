#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is not there: gpg-agent asks for it by its name or serial
# number, and nobody asks for its PIN.  Cancel is the end; with the token in,
# OK goes on.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-insert'
other_pin='e2e-pin-another'

lab_open gpg_insert_card
lab_token 'Other token' "$other_pin" p256:01:other
lab_token 'Own token' "$pin" rsa2048:01:sign rsa2048:02:encr
lab_home
lab_shim
lab_secret 'numbats behind glass'

own=$(serial_of 'Own token') || fail 'there is no token'
must gpg --card-status "$own"
gpg-connect-agent "SCD SERIALNO --demand=$own" 'SCD LEARN --force' /bye |
    sed -n 's/^S KEYPAIRINFO //p' >"$lab/keys"
lab_pins "$pin"
openpgp_key user rsa2048:01 rsa2048:02
must_have_prompted 1
echo 'No numbats behind glass.' >"$lab/text"
must gpg -r user@example.org --output "$lab/text.gpg" --encrypt "$lab/text"

# From here on a dialog is of no interest but for what comes next.
forget_dialogs() {
    : >"$E2E_PROMPTS"
    logins=$(calls C_Login)
}

# So many questions, each for the right token, and so many PINs.
must_have_asked() {
    [ "$(questions)" -eq "$1" ] ||
        fail "$(questions) questions instead of $1: $(cat "$E2E_PROMPTS")"
    must_have_prompted "$2"
    [ "$(calls C_Login)" -eq $((logins + $2)) ] || fail 'another C_Login'
    for dialog in $(seq "$1"); do
        prompt_text "$dialog" | grep -q 'insert the card' ||
            fail "this does not ask for a card: $(prompt_text "$dialog")"
        # 2.2 tells the name that the token has for people.
        if gpg_since 2.4; then
            wanted=$own
        else
            wanted='Own token'
        fi
        prompt_text "$dialog" | grep -Fq "$wanted" ||
            fail "this is not about $wanted: $(prompt_text "$dialog")"
    done
}

sign() {
    rm -f "$lab/text.sig"
    gpg -u user@example.org --output "$lab/text.sig" --detach-sign \
        "$lab/text" 2>"$lab/out"
}

decrypt() {
    gpg --output - --decrypt "$lab/text.gpg" >"$lab/plain" 2>"$lab/out"
}

must_be_cancelled() {
    cat "$lab/out" >>"$logs/gpg.log"
    grep -Eiq 'cancell?ed' "$lab/out" ||
        fail "the error is not clear: $(cat "$lab/out")"
}

# Only another token is there, then none at all.  OK without a token leads to
# the same question again.
for absent in 'absent Own token' absent; do
    echo "$absent" >"$shim_script"
    for operation in sign decrypt; do
        forget_dialogs
        lab_answers CANCEL
        if $operation; then fail "$operation works without the token"; fi
        must_be_cancelled
        must_have_asked 1 0

        forget_dialogs
        lab_answers OK OK CANCEL
        if $operation; then fail "$operation works without the token"; fi
        must_be_cancelled
        must_have_asked 3 0
    done
    [ ! -e "$lab/text.sig" ] || fail 'there is a signature'
done

# The token is put in while the question is on the screen.  It wants its PIN
# then, and once.
forget_dialogs
lab_pins "$pin"
lab_answers OK ": >'$shim_script'"
sign || fail "no signature: $(cat "$lab/out")"
must_have_asked 2 1
prompt_text 3 | grep -q 'Token: Own token' ||
    fail "the PIN is asked for: $(prompt_text 3)"
must gpg --verify "$lab/text.sig" "$lab/text"

echo absent >"$shim_script"
must card_command 'GETINFO status'
forget_dialogs
lab_answers ": >'$shim_script'"
decrypt || fail "no plaintext: $(cat "$lab/out")"
cmp -s "$lab/plain" "$lab/text" || fail 'another plaintext'
must_have_asked 1 1

# Nothing is asked any more.
forget_dialogs
lab_answers CANCEL
sign || fail "no signature: $(cat "$lab/out")"
must_have_asked 0 0
