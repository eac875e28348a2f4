#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# S/MIME messages for a token key, made by gpgsm and by openssl.
#   gpgsm_decrypt.sh TYPE       a type that keymaker knows
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_gpgsm.sh
. "$(dirname -- "$0")/lib_gpgsm.sh"

type=$1
token="Reading $type" pin='e2e-pin-smime-read'

gpgsm_open "gpgsm_decrypt-$type"
lab_token "$token" "$pin" "$type:01:reader" "$type:02:second"
case $type in
rsa*) usage=keyEncipherment ;;
*) usage=keyAgreement ;;
esac
chain_make
for leaf in reader:01 second:02; do
    chain_leaf "${leaf#*:}" "${leaf%:*}" "$usage"
    token_cert "${leaf#*:}" "${leaf%:*}"
done
token_cert 0A intermediate
token_cert 0B root
gpgsm_home
trust_root
must gpgsm --learn-card
lab_learn
must_list -K reader second
grep -q "^$(grip_of 01) P15.01 e " "$lab/keys" ||
    fail "the certificate says what the key is for: $(cat "$lab/keys")"

text='The aardvark meets the anteater at noon.'
lab_secret "$text"
seq -f "%g $text" 100 >"$lab/text"

# By gpgsm, for one of the keys and for both; the other then has to do.
encrypt_with_gpgsm() {
    must gpgsm --recipient reader@example.org \
        --output "$lab/reader.p7m" --encrypt "$lab/text"
    must gpgsm --recipient second@example.org --armor \
        --output "$lab/second.p7m" --encrypt "$lab/text"
    must gpgsm --recipient reader@example.org \
        --recipient second@example.org --cipher-algo AES256 \
        --output "$lab/both.p7m" --encrypt "$lab/text"
}

encrypt_with_openssl() {
    for cipher in aes-128-cbc aes-256-cbc; do
        openssl_quiet cms -encrypt -binary -outform DER "-$cipher" \
            -in "$lab/text" -out "$lab/openssl-$cipher.p7m" \
            "$lab/ca/reader.pem" "$lab/ca/second.pem"
    done
}

must_decrypt() {
    for message in "$lab"/*.p7m; do
        must gpgsm --output "$message.text" --decrypt "$message"
        cmp -s "$message.text" "$lab/text" || fail "$message has another text"
    done
    must_have_prompted 1
}

# GnuPG 2.2 knows only RSA here.  It refuses to encrypt; a message that comes
# from elsewhere it hands to the token, and then does not know what to make of
# the answer.  It has to end with an error and without a text.
must_not_know_ecdh() {
    refuse gpgsm --recipient reader@example.org \
        --output "$lab/never.p7m" --encrypt "$lab/text"
    tail -n 2 "$logs/gpg.log" | grep -q 'Wrong key usage' ||
        fail 'gpgsm does not say why it does not encrypt'
    for message in "$lab"/*.p7m; do
        refuse gpgsm --output "$message.text" --decrypt "$message"
        tail -n 2 "$logs/gpg.log" | grep -q 'No secret key' ||
            fail 'gpgsm does not say why it does not decrypt'
        [ ! -s "$message.text" ] || fail "there is a text of $message"
    done
    must_have_prompted 1
}

encrypt_with_openssl
if [ "${type#rsa}" = "$type" ] && ! gpg_since 2.4; then
    must_not_know_ecdh
else
    encrypt_with_gpgsm
    must_decrypt
fi
gpgsm_no_network
