#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpg --card-edit: what can be done is done, the rest is refused in clear words.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-edit'
wrong='e2e-pin-wrong'

lab_open gpg_card_edit
lab_token 'Edited token' "$pin" rsa2048:01:rsa
lab_home
lab_learn
lab_secret "$wrong"
serial=$(serial_of 'Edited token') || fail 'the daemon shows no token'

# The sheet three times: at the beginning, for "list" and after "verify".
# That of gpg says what cannot be done, and goes on.
talk --card-edit <<DIALOGUE
~ Application ID \\.+: $serial
~ Application type \\.+: PKCS#15
< gpg/card>
> list
~ Application ID \\.+: $serial
~ Application type \\.+: PKCS#15
< gpg/card>
> verify
~ Application ID \\.+: $serial
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 1
prompt_text 1 | grep -q 'Token: Edited token' ||
    fail "the dialog does not name the token: $(prompt_text 1)"

# The PIN has been entered: neither another "verify" nor a signature asks.
talk --card-edit <<DIALOGUE
< gpg/card>
> verify
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
openpgp_key editor rsa2048:01 -
echo 'Quite a bilby.' >"$lab/text"
must gpg --output "$lab/text.gpg" --sign "$lab/text"
must gpg --verify "$lab/text.gpg"
must_have_prompted 1

# There is no URL to fetch a key from, and it is not an OpenPGP card.
talk --card-edit <<DIALOGUE
< gpg/card>
> fetch
< error retrieving URL from card
< gpg/card>
> generate
< Admin-only command
< gpg/card>
> admin
< Admin commands are allowed
< gpg/card>
> generate
< not an OpenPGP card
< gpg/card>
> list
~ Application ID \\.+: $serial
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 2 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 1

# Somebody who does not type the PIN, and then does.
lab_new_daemon
lab_pins "$wrong" CANCEL "$pin"
talk --card-edit <<DIALOGUE
< gpg/card>
> verify
< gpg/card>
> verify
~ Application ID \\.+: $serial
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 4
must gpg --output "$lab/again.gpg" --sign "$lab/text"
must_have_prompted 4
