#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keys in a TPM sign what gpg and ssh give them; a mistyped PIN costs one try.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_tpm2.sh
. "$(dirname -- "$0")/lib_tpm2.sh"

pin='e2e-pin-tpm2'
wrong='e2e-pin-tpm1'

lab_open tpm2_sign
tpm2_token 'TPM of the lab' "$pin" rsa2048:rs:'RSA key' ecc256:ec:'EC key' \
    ecc384:el:'Long key'
tpm2_home
lab_learn
lab_secret "$wrong"
echo 'Four numbats under a log.' >"$lab/text"
lab_secret 'numbats under'
must_have_prompted 0

lab_pins "$wrong" "$pin"
openpgp_key rsa rsa2048:7273 -
must_have_prompted 2
for number in 1 2; do
    prompt_text "$number" | grep -q 'TPM of the lab' ||
        fail "dialog $number does not name the token"
    prompt_text "$number" | grep -q 'RSA key' ||
        fail "dialog $number does not name the key"
done
prompt_text 2 | grep -qi 'PIN was wrong' ||
    fail "the dialog after a wrong PIN does not say so: $(prompt_text 2)"
[ "$(calls C_Login)" -eq 2 ] || fail "$(calls C_Login) calls of C_Login"
openpgp_key p256 p256:6563 -
openpgp_key p384 p384:656C -

for name in rsa p256 p384; do
    for round in 1 2 3; do
        must gpg -u "$name@example.org" --output "$lab/$name.$round" \
            --sign "$lab/text"
        gpg --status-fd 1 --verify "$lab/$name.$round" >"$lab/status" \
            2>>"$logs/gpg.log" || fail "$name: a bad signature"
        grep -q "VALIDSIG .*$(fingerprint_of "$name@example.org")\$" \
            "$lab/status" || fail "$name: $(cat "$lab/status")"
    done
done
must_have_prompted 2
[ "$(calls C_Login)" -eq 2 ] || fail "$(calls C_Login) calls of C_Login"
