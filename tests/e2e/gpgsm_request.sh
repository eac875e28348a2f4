#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Certificate requests and self-signed certificates for keys of a token.
#   gpgsm_request.sh TYPE       a type that keymaker knows
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_gpgsm.sh
. "$(dirname -- "$0")/lib_gpgsm.sh"

type=$1
token="Requesting $type" pin='e2e-pin-request'

gpgsm_open "gpgsm_request-$type"
# What 2.2 makes of a curve is no request: it says RSA and has no RSA in it.
{ [ "${type#rsa}" != "$type" ] || gpg_since 2.4; } ||
    skip 'GnuPG 2.2 makes no request for a curve'
lab_token "$token" "$pin" "$type:01:first" "$type:02:second" "$type:03:third"
gpgsm_home
lab_learn

# FILE ID LINE...: let gpgsm make FILE with these lines for the key ID.
make_request() {
    request=$1 request_id=$2
    shift 2
    {
        printf '%s\n' "$@" 'Name-DN: CN=Aard Vark,O=Lab' \
            'Name-Email: aard@example.org'
    } >"$lab/parameters"
    must gpgsm --armor --output "$request" --gen-key "$lab/parameters"
    "$E2E_KEYMAKER" "$MODULE" pubkey "$token" "$pin" "$request_id" \
        >"$lab/expected.der" 2>>"$logs/token.log"
}

# FILE KIND: it is about the right key and the right person; openssl's KIND is
# req or x509.
must_be_about_the_key() {
    openssl "$2" -in "$1" -noout -pubkey | openssl pkey -pubin \
        -outform DER -out "$lab/found.der"
    cmp -s "$lab/found.der" "$lab/expected.der" || fail "another key in $1"
    openssl "$2" -in "$1" -noout -subject -nameopt RFC2253 |
        grep -q 'CN=Aard Vark,O=Lab$' || fail "another person in $1"
    openssl "$2" -in "$1" -noout -text >"$lab/found.text"
    grep -q 'email:aard@example.org' "$lab/found.text" ||
        fail "no address in $1"
    grep -q 'Digital Signature, Non Repudiation, Certificate Sign' \
        "$lab/found.text" ||
        fail "another usage in $1"
}

# GnuPG 2.2 puts a zero before a signature of RSA whose highest bit is set if
# the agent made it: see gpgsm_sign.sh.  FILE KIND
has_a_zero_too_many() {
    ! gpg_since 2.4 || return 1
    openssl "$2" -in "$1" -noout -text |
        awk -v bits="${type#rsa}" '
            /^ *Signature/ { hex = ""; next }
            { hex = hex $1 }
            END { exit hex !~ /^00:/ || length(hex) != 3 * bits / 8 + 2 }'
}

# openssl's exit status says nothing here.
is_verified_request() {
    openssl req -in "$1" -verify -noout >"$lab/verified" 2>&1 || :
    grep -q 'verify OK' "$lab/verified"
}

must_be_a_request() {
    is_verified_request "$1" || has_a_zero_too_many "$1" req ||
        fail "$1: $(cat "$lab/verified")"
    must_be_about_the_key "$1" req
}

must_be_self_signed() {
    openssl verify -check_ss_sig -CAfile "$1" "$1" >"$lab/verified" 2>&1 ||
        has_a_zero_too_many "$1" x509 || fail "$1: $(cat "$lab/verified")"
    must_be_about_the_key "$1" x509
}

# The two ways to name a key of the token.  A request for a card: gpgsm has
# the token sign by itself, one for a keygrip through the agent.
make_request "$lab/card.csr" 01 'Key-Type: card:P15.01' 'Key-Usage: sign, cert'
must_be_a_request "$lab/card.csr"
make_request "$lab/grip.csr" 02 'Key-Type: RSA' "Key-Grip: $(grip_of 02)" \
    'Key-Usage: sign, cert'
must_be_a_request "$lab/grip.csr"
if gpg_since 2.4; then
    make_request "$lab/sha512.csr" 03 'Key-Type: card:P15.03' \
        'Key-Usage: sign, cert' 'Hash-Algo: SHA512'
    must_be_a_request "$lab/sha512.csr"
fi

# With a serial number it becomes a certificate, by the key itself.
for hash in SHA256 SHA384 SHA512; do
    make_request "$lab/card-$hash.crt" 03 'Key-Type: card:P15.03' \
        'Key-Usage: sign, cert' 'Serial: random' "Hash-Algo: $hash"
    must_be_self_signed "$lab/card-$hash.crt"
done
make_request "$lab/grip.crt" 02 'Key-Type: RSA' "Key-Grip: $(grip_of 02)" \
    'Key-Usage: sign, cert' 'Serial: random' 'Hash-Algo: SHA512'
must_be_self_signed "$lab/grip.crt"

# And can be used at once.
must gpgsm --import "$lab/grip.crt"
printf '%s S\n' "$(openssl x509 -in "$lab/grip.crt" -noout -fingerprint |
    sed 's/.*=//; s/://g')" >"$lab/home/trustlist.txt"
echo 'A self-made aardvark.' >"$lab/text"
must gpgsm --local-user aard@example.org --output "$lab/text.p7s" \
    --detach-sign "$lab/text"
must gpgsm --verify "$lab/text.p7s" "$lab/text"

must_have_prompted 1
gpgsm_no_network
