#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpg tries every key on a message to hidden recipients: those that only sign
# are refused without a PIN, and the one that decrypts is found.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

lab_open gpg_hidden
lab_token 'Hidden token' 'e2e-pin-hidden' rsa2048:01:signer:usage=s \
    p256:02:signer:usage=s ed25519:03:signer bp256:04:reader:usage=d \
    bp384:05:reader:usage=d k256:06:reader:usage=d x25519:07:reader \
    rsa2048:08:reader:usage=d
lab_home
lab_learn
lab_secret 'dingoes are not named'
echo 'Seven dingoes are not named.' >"$lab/text"

# Three that only sign are there, and a stranger whose keys are not here: one
# of each kind that the signing keys could be for.
openpgp_key rsasigner rsa2048:01 -
openpgp_key ecsigner p256:02 -
openpgp_key edsigner ed25519:03 -
openpgp_key stranger - -
stranger=$(fingerprint_of stranger@example.org)
for algorithm in rsa2048 nistp256 cv25519; do
    must gpg --pinentry-mode loopback --passphrase '' --quick-add-key \
        "$stranger" "$algorithm" encr never
done
must gpg --delete-secret-keys "$stranger"
set --
for subkey in $(gpg --with-colons --list-keys "$stranger" |
    awk -F: '$1 == "fpr" && $10 != fpr { print $10 }' fpr="$stranger"); do
    set -- "$@" --hidden-recipient "$subkey!"
done
[ $# -eq 6 ] || fail "the stranger has other keys: $*"
must gpg "$@" --output "$lab/abroad.gpg" --encrypt "$lab/text"

# All that is on the token is refused before anybody is asked.
lab_new_daemon
asked=$(prompts)
refuse gpg --output "$lab/never" --decrypt "$lab/abroad.gpg"
[ ! -e "$lab/never" ] || fail 'a message to a stranger was decrypted'
must_have_prompted "$asked"
for id in 01 03; do
    gpg-connect-agent "SCD SETDATA $(printf '%0512d' 0)" \
        "SCD PKDECRYPT $(grip_of "$id")" /bye >"$lab/answer" 2>&1 || :
    grep -q '^ERR .* Wrong key usage' "$lab/answer" ||
        fail "key $id: $(cat "$lab/answer")"
done
must_have_prompted "$asked"

# Those that decrypt, one by one: a few messages for each, named and hidden.
for key in bp256:04 bp384:05 k256:06 x25519:07 rsa2048:08; do
    name=reader-${key%%:*}
    openpgp_key "$name" - "$key"
    for option in recipient hidden-recipient; do
        for i in 1 2 3 4; do
            head -c $((i * 100)) "$0" >"$lab/plain"
            must gpg "--$option" "$name@example.org" --output \
                "$lab/message" --encrypt "$lab/plain"
            must gpg --output "$lab/read" --decrypt "$lab/message"
            cmp "$lab/plain" "$lab/read" ||
                fail "$name: something else is decrypted"
            rm "$lab/message" "$lab/read"
        done
    done
done
# Two of them, neither named, and a third who is.
must gpg -R reader-bp384@example.org -R reader-x25519@example.org \
    -r stranger@example.org --output "$lab/message" --encrypt "$lab/text"
must gpg --output "$lab/read" --decrypt "$lab/message"
cmp "$lab/text" "$lab/read" || fail 'something else is decrypted'
must_have_prompted $((asked + 1))
