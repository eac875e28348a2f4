#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Nobody is there to type a PIN: gpg makes a key, signs and decrypts with a PIN
# that a command has, and again after the token was disconnected.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-unattended'

lab_open gpg_unattended
lab_token 'Build server' "$pin" rsa2048:01:rsa rsa2048:02:aa:aa
lab_home
printf '%s\n' "$pin" >"$lab/pin"
printf '#!/bin/sh\nexec cat "%s"\n' "$lab/pin" >"$lab/ask"
chmod 700 "$lab/ask"
echo "pin-source pkcs11:token=Build%20server?pin-source=command:$lab/ask" \
    >>"$lab/home/gnupg-pkcs11-scd.conf"
# Whoever asks is told no.
lab_pins CANCEL
lab_learn

echo 'One aardvark.' >"$lab/text"
openpgp_key robot rsa2048:02 rsa2048:01
# Twice: the second time after a logout.
for lab_out in first second; do
    must gpg --output "$lab/text.gpg" --sign --encrypt -r robot "$lab/text"
    must gpg --output "$lab/$lab_out" --decrypt "$lab/text.gpg"
    cmp "$lab/text" "$lab/$lab_out" || fail "what was decrypted is something else"
    must card_command DISCONNECT
done
must_have_prompted 0
grep -q "PIN from command:$lab/ask used" "$logs/daemon.log" ||
    fail 'the use of the PIN is not told'
