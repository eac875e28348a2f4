#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What gpg --card-edit would do to a real OpenPGP card is refused in clear
# words, and the token is as it was.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-refusals'

lab_open openpgp_refusals
lab_token 'Ada card' "$pin" rsa2048:01:sign:cert ed25519:03:auth
lab_home
echo 'card-type openpgp' >>"$GNUPGHOME/gnupg-pkcs11-scd.conf"
must gpg --card-status
lab_list
cp "$lab/keys" "$lab/keys.before"

talk --expert --card-edit <<DIALOGUE
< gpg/card>
> admin
< gpg/card>
> name
< surname:
> Example
< given name:
> Ada
< error setting Name: Not supported
< gpg/card>
> login
< Login data
> ada
< error setting login data: Not supported
< gpg/card>
> lang
< Language preferences:
> de
< error setting lang: Not supported
< gpg/card>
> url
< URL
> https://example.org/ada
< error setting URL: Not supported
< gpg/card>
> forcesig
< error toggling signature PIN flag: Not supported
< gpg/card>
> fetch
< error retrieving URL from card: Not found
< gpg/card>
> key-attr
< not supported by this card
< gpg/card>
> kdf-setup
< not supported by this card
< gpg/card>
> factory-reset
< not supported by this card
< gpg/card>
> list
< Name of cardholder: sign
< gpg/card>
> quit
DIALOGUE
# gpg's exit status tells of the errors.
[ "$talk_rc" -eq 2 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 0
lab_list
cmp "$lab/keys.before" "$lab/keys" || fail 'the keys have changed'
