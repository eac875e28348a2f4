#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Every kind of signing key makes every kind of OpenPGP signature, with one PIN.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-sign'
keys='rsa3072:01 p256:02 p384:03 p521:04 ed25519:05 bp256:06 bp384:07 k256:08'

lab_open sign_verify
lab_token 'Signing token' "$pin" rsa3072:01:rsa:cert p256:02:p256 \
    p384:03:p384 p521:04:p521 ed25519:05:ed25519 bp256:06:bp256 \
    bp384:07:bp384 k256:08:k256
lab_home
lab_learn

# gpg's verdict has to be a good signature by the key asked for.
verify() {
    gpg --status-fd 1 --verify "$@" >"$lab/status" 2>>"$logs/gpg.log" ||
        fail "$key: bad signature: $*"
    grep -q "^\\[GNUPG:\\] VALIDSIG .*$fingerprint\$" "$lab/status" ||
        fail "$key: signed by somebody else: $(cat "$lab/status")"
}

echo 'Seven pangolins sign for themselves.' >"$lab/text"
echo 'Eight pangolins sign for themselves.' >"$lab/other"
lab_secret 'pangolins sign for'

for key in $keys; do
    name=${key%%:*}
    openpgp_key "$name" "$key" -
    fingerprint=$(fingerprint_of "$name@example.org")
    [ -n "$fingerprint" ] || fail "$key: no OpenPGP key was made"
    must gpg -u "$name@example.org" --output "$lab/$name.gpg" \
        --sign "$lab/text"
    must gpg -u "$name@example.org" --output "$lab/$name.asc" \
        --clearsign "$lab/text"
    must gpg -u "$name@example.org" --output "$lab/$name.sig" \
        --detach-sign "$lab/text"
    verify "$lab/$name.gpg"
    verify "$lab/$name.asc"
    verify "$lab/$name.sig" "$lab/text"
    refuse gpg --verify "$lab/$name.sig" "$lab/other"
done
must_have_prompted 1

# Without -u, gpg asks the card for a key first; that must not disturb it.
must gpg --output "$lab/default.gpg" --sign "$lab/text"
fingerprint=$(fingerprint_of rsa3072@example.org)
key=default
verify "$lab/default.gpg"

# A card that is looked at again, by the same agent, is the same card.
must gpg --card-status
must gpg --card-status
must gpg -u p256@example.org --output "$lab/again.sig" --detach-sign \
    "$lab/text"
fingerprint=$(fingerprint_of p256@example.org)
key=again
verify "$lab/again.sig" "$lab/text"
must_have_prompted 1
