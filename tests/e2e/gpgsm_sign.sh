#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# S/MIME signatures with a token key, judged by gpgsm and by openssl.
#   gpgsm_sign.sh TYPE          a type that keymaker knows
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_gpgsm.sh
. "$(dirname -- "$0")/lib_gpgsm.sh"

type=$1
token="Signing $type" pin='e2e-pin-smime-sign'

gpgsm_open "gpgsm_sign-$type"
lab_token "$token" "$pin" "$type:01:signer" "$type:02:second"
chain_make
for leaf in signer:01 second:02; do
    chain_leaf "${leaf#*:}" "${leaf%:*}" digitalSignature,nonRepudiation
    token_cert "${leaf#*:}" "${leaf%:*}"
done
token_cert 0A intermediate
token_cert 0B root
gpgsm_home
trust_root
must gpgsm --learn-card
lab_learn
must_list -K signer second

printf 'The aardvark signs.\r\n' >"$lab/text"
printf 'The aardvark changed.\r\n' >"$lab/other"

# CERTIFICATE COMMAND FILE [OPTION...]
signed_by() {
    signed_signer=$1 signed_command=$2 signed_file=$3
    shift 3
    must gpgsm "$@" --local-user "$signed_signer@example.org" \
        --output "$signed_file" "$signed_command" "$lab/text"
}

# gpgsm's opinion.  Not its exit status: that of 2.2 is 2 if it thinks that a
# digest is short for a curve.
verified() {
    gpgsm --status-fd 3 --verify "$@" 3>"$lab/status" \
        >>"$logs/gpg.log" 2>&1 || :
    grep -q '^\[GNUPG:\] TRUST_FULLY' "$lab/status" &&
        grep -q "^\\[GNUPG:\\] GOODSIG $(certificate_fingerprint "$signer") " \
            "$lab/status"
}

# GnuPG 2.2 takes no care of the first byte of a card's signature.  A zero is
# put before an RSA signature whose highest bit is set, and it is longer than
# the modulus then; a zero is left before a small number of an ECDSA signature.
# gpgsm does not mind, openssl does.
has_a_zero_too_many() {
    ! gpg_since 2.4 || return 1
    openssl asn1parse -inform DER -in "$1" |
        sed -n 's/.*OCTET STRING .*:\([0-9A-F]*\)$/\1/p' | tail -n 1 |
        awk -v rsa="${type#rsa}" '
            function byte(i) { return substr($0, 2 * i + 1, 2) }
            function value(s) {
                return 16 * digit(substr(s, 1, 1)) + digit(substr(s, 2, 1))
            }
            function digit(c) { return index("0123456789ABCDEF", c) - 1 }
            # Needless zeros of the INTEGER at i.
            function zeros(i) {
                return byte(i + 2) == "00" && value(byte(i + 3)) < 128
            }
            rsa ~ /^[0-9]+$/ {
                found = byte(0) == "00" && length($0) == 2 * (rsa / 8 + 1)
                next
            }
            {
                r = byte(1) == "81" ? 3 : 2
                found = zeros(r) || zeros(r + 2 + value(byte(r + 1)))
            }
            END { exit !found }'
}

# Somebody who knows nothing but the root, and uses none of GnuPG's code.
openssl_verified() {
    openssl cms -verify -binary -inform DER -purpose any \
        -CAfile "$lab/ca/root.pem" -certfile "$lab/ca/intermediate.pem" \
        -in "$@" >"$lab/content" 2>>"$logs/openssl.log"
}

must_verify_with_openssl() {
    openssl_verified "$@" || has_a_zero_too_many "$1" ||
        fail "openssl: $(tail "$logs/openssl.log")"
}

for signer in signer second; do
    detached=$lab/$signer.detached embedded=$lab/$signer.embedded
    signed_by "$signer" --detach-sign "$detached"
    verified "$detached" "$lab/text" || fail "bad: $(cat "$lab/status")"
    ! verified "$detached" "$lab/other" ||
        fail 'a signature fits another text too'
    must_verify_with_openssl "$detached" -content "$lab/text"
    ! openssl_verified "$detached" -content "$lab/other" ||
        fail 'for openssl a signature fits another text too'

    signed_by "$signer" --sign "$embedded"
    verified "$embedded" || fail "bad: $(cat "$lab/status")"
    must_verify_with_openssl "$embedded"
    { has_a_zero_too_many "$embedded" || cmp -s "$lab/content" "$lab/text"; } ||
        fail 'openssl has another text'
done

# Digests that are longer or shorter than the key.
for digest in sha256 sha384 sha512; do
    signed_by "$signer" --detach-sign "$lab/$digest" --digest-algo "$digest"
    verified "$lab/$digest" "$lab/text" || fail "bad: $(cat "$lab/status")"
    must_verify_with_openssl "$lab/$digest" -content "$lab/text"
    openssl cms -cmsout -print -inform DER -in "$lab/$digest" |
        grep -q "algorithm: $digest " || fail "the digest is not $digest"
done

must_have_prompted 1
gpgsm_no_network
