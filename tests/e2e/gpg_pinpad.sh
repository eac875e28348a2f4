#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token with a PIN pad: gpg-agent shows a message while the token waits, and
# takes it away after that.  Nobody is asked for a PIN on the screen.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-pad'

lab_open gpg_pinpad
lab_token 'Pad token' "$pin" rsa2048:01:plain rsa2048:02:strict:aa
lab_home
lab_shim
echo 'provider-softhsm-allow-protected-auth' \
    >>"$lab/home/gnupg-pkcs11-scd.conf"
printf '%s\n' "pinpad $pin" 'delay C_Login 1000' >"$shim_script"
lab_learn
echo 'A wallaby at the keypad.' >"$lab/text"
lab_secret 'wallaby at the'

# A message stays until somebody takes it away, which is told here.  (A minute
# is the end of it.)
: >"$lab/dismissed"
message="trap 'kill \$pid; echo >>\"$lab/dismissed\"; exit 0' INT TERM; sleep 60 & pid=\$!; wait"
lab_answers "$message" "$message" "$message" "$message" "$message" "$message"

# So many messages were shown and taken away, each for one C_Login.
must_have_shown() {
    must_have_prompted 0
    [ "$(questions)" -eq "$1" ] ||
        fail "$(questions) messages instead of $1: $(cat "$E2E_PROMPTS")"
    [ "$(wc -l <"$lab/dismissed")" -eq "$1" ] ||
        fail "$(wc -l <"$lab/dismissed") messages were taken away, not $1"
    [ "$(calls C_Login)" -eq "$1" ] || fail "$(calls C_Login) logins"
}

sign() {
    must gpg -u "$1@example.org" --output "$lab/$1.$2" --sign "$lab/text"
    must gpg --verify "$lab/$1.$2"
}

openpgp_key plain rsa2048:01 -
must_have_shown 1
must_have_said 1 'Token: Pad token'
must_have_said 1 'Key: plain'
sign plain 1
must_have_shown 1

# A key that wants it at each use: twice for the key, once for a signature.
openpgp_key strict rsa2048:02 -
must_have_shown 3
sign strict 1
must_have_shown 4
must_have_said 4 'this one signature'
must_have_said 4 'Key: strict'
