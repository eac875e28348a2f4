#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keys in a TPM decrypt what gpg gives them, as far as tpm2-pkcs11 can: 1.9.0
# has no ECDH, and gpg is told so.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_tpm2.sh
. "$(dirname -- "$0")/lib_tpm2.sh"

pin='e2e-pin-tpm2'
n_messages=10

lab_open tpm2_decrypt
tpm2_token 'TPM of the lab' "$pin" rsa2048:rs:rsa ecc256:ec:ec \
    rsa2048:np:unseen:nopub
# tpm2_ptool makes no keys for ECDH.
must "$E2E_KEYMAKER" "$MODULE" gen 'TPM of the lab' "$pin" p256 0A deriving lean
tpm2_home
lab_learn
openpgp_key rsa - rsa2048:7273
openpgp_key derive - p256:0A
openpgp_key other - p256:6563
must_have_prompted 0

mkdir "$lab/in"
i=0
while [ "$i" -lt "$n_messages" ]; do
    i=$((i + 1))
    {
        echo "Message $i of the quokka post."
        head -c $((i * 7)) /dev/urandom
    } >"$lab/in/$i"
done
lab_secret 'of the quokka post'

# read_all NAME: all messages, sealed for NAME and opened again.
read_all() {
    mkdir "$lab/$1"
    must gpg --recipient "$1@example.org" --multifile --encrypt "$lab"/in/*
    mv "$lab"/in/*.gpg "$lab/$1"
    must gpg --multifile --decrypt "$lab/$1"/*.gpg
    for message in "$lab"/in/*; do
        cmp "$message" "$lab/$1/${message##*/}" ||
            fail "$1: message ${message##*/} is not what was sent"
    done
}

# not_read NAME TEXT: a message for NAME is not opened, and gpg says why.
not_read() {
    rm -f "$lab/sealed" "$lab/why"
    must gpg --recipient "$1@example.org" --output "$lab/sealed" \
        --encrypt "$lab/in/1"
    refuse gpg --logger-file "$lab/why" --output "$lab/opened" \
        --decrypt "$lab/sealed"
    [ ! -s "$lab/opened" ] || fail "$1: something was opened"
    grep -q "public key decryption failed: $2" "$lab/why" ||
        fail "$1: gpg does not say '$2': $(cat "$lab/why")"
}

read_all rsa
must_have_prompted 1

# A key without a public key object is there as soon as the token shows it.
lab_learn
openpgp_key unseen - rsa2048:6E70
read_all unseen

# A key that says that it does not derive is not tried.
not_read other 'Wrong key usage'
[ "$(calls C_DeriveKey)" -eq 0 ] || fail 'a key that does not derive was tried'

must gpg --recipient derive@example.org --output "$lab/first" \
    --encrypt "$lab/in/1"
gpg --output "$lab/opened" --decrypt "$lab/first" 2>>"$logs/gpg.log" || :
if grep -q 'C_DeriveKey = CKR_FUNCTION_NOT_SUPPORTED' "$logs/daemon.log"; then
    not_read derive 'Not supported'
    grep -q "key 'deriving', .*CKR_FUNCTION_NOT_SUPPORTED" "$logs/daemon.log" ||
        fail 'the log does not say which key cannot derive'
else
    read_all derive
fi
must_have_prompted 1

# tpm2-pkcs11 keeps what was derived until it is destroyed.
"$E2E_KEYMAKER" "$MODULE" list 'TPM of the lab' "$pin" >"$lab/objects" \
    2>>"$logs/token.log" || fail 'the token shows no objects'
[ "$(grep -c '^priv ' "$lab/objects")" -eq 4 ] ||
    fail "not the four keys: $(cat "$lab/objects")"
! grep -v '^p' "$lab/objects" || fail 'a secret was left on the token'
