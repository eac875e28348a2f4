#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# --quick-generate-key and --quick-add-key take their keys from the card.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

pin='e2e-pin-quick'

# The first key is for signatures, the second for decryption.  No key is used
# twice: gpg 2.4 ends itself when it meets a subkey under two primary keys.
lab_open gpg_quick
lab_token rsa "$pin" rsa2048:01:rsa:usage=s rsa2048:02:rsa:usage=d
lab_token nist "$pin" p256:01:p256:usage=s p384:02:p384:usage=d
lab_token modern "$pin" ed25519:01:ed25519 x25519:02:x25519
lab_token brainpool "$pin" bp256:01:bp256:usage=s bp384:02:bp384:usage=d
lab_token koblitz "$pin" k256:01:k256:usage=s k256:02:k256:usage=d
lab_token spare-nist "$pin" p256:01:p256:usage=s p384:02:p384:usage=d
lab_token spare-modern "$pin" ed25519:01:ed25519 x25519:02:x25519
lab_token spare-brainpool "$pin" bp256:01:bp256:usage=s bp384:02:bp384:usage=d
lab_token batch-brainpool "$pin" bp256:01:bp256:usage=s bp384:02:bp384:usage=d
lab_token batch-koblitz "$pin" k256:01:k256:usage=s k256:02:k256:usage=d
lab_home
lab_secret 'kookaburras in a hurry'
echo 'Ten kookaburras in a hurry.' >"$lab/text"

# Make a token the card that is used, and let GnuPG meet it.
take() {
    taken=$(serial_of "$1") || fail "there is no token $1"
    must gpg --card-status "$taken"
    lab_list
    [ -n "$(grip_of 02)" ] || fail "the card is not $1"
}

# gpg has to fail with this error.
refuse_with() {
    wanted=$1
    shift
    refuse_rc=0
    "$@" >"$lab/out" 2>&1 || refuse_rc=$?
    cat "$lab/out" >>"$logs/gpg.log"
    [ "$refuse_rc" -ne 0 ] || fail "should have failed: $*"
    grep -q "$wanted" "$lab/out" || fail "no clear error: $(cat "$lab/out")"
}

quick() {
    gpg --quick-generate-key "User $1 <$1@example.org>" card default never
}

# A primary key and a subkey; one PIN for all the signatures it takes.
n_tokens=0
for token in rsa nist modern brainpool koblitz; do
    take "$token"
    case $token in
    brainpool | koblitz)
        # 2.2 takes the curve for one that only decrypts.
        if ! gpg_since 2.4; then
            refuse_with 'Key generation failed: Wrong key usage' \
                quick "$token"
            must_not_exist "$token"
            continue
        fi
        ;;
    esac
    must quick "$token"
    n_tokens=$((n_tokens + 1))
    must_have_key "$token" sec 01 sc
    must_have_key "$token" ssb 02 e
    must_sign "$token"
    must_decrypt "$token"
    must_have_prompted "$n_tokens"
done

# The subkey $3 of user $1, from the token that was taken, for usage $2.
add_from_card() {
    must gpg --quick-add-key "$(fingerprint_of "$1@example.org")" card "$2" \
        never
    subkey=$(keys_of "$1" | awk -v grip="$(grip_of "$3")" '
        $1 == "ssb" && $3 == grip { print $2 }')
}

# Subkeys of a primary key on disk.
openpgp_key disk - -
take spare-nist
add_from_card disk sign 01
must_have_key disk ssb 01 s
must_sign disk "$subkey!"
add_from_card disk encr 02
must_have_key disk ssb 02 e
must_decrypt disk "$subkey!"
must_have_prompted $((n_tokens + 1))
take spare-modern
add_from_card disk auth 01
must_have_key disk ssb 01 a
add_from_card disk encr 02
must_have_key disk ssb 02 e
must_decrypt disk "$subkey!"
must_have_prompted $((n_tokens + 2))

# Of a primary key on another token.
take spare-brainpool
add_from_card rsa encr 02
must_have_key rsa ssb 02 e
must_decrypt rsa "$subkey!"
must_have_prompted $((n_tokens + 3))
if ! gpg_since 2.4; then
    refuse_with 'Key generation failed: Wrong key usage' gpg \
        --quick-add-key "$(fingerprint_of disk@example.org)" card sign never
fi

# A batch of parameters with a keygrip for each, whatever gpg thinks of curves.
take batch-brainpool
openpgp_key batch-brainpool bp256:01 bp384:02
take batch-koblitz
openpgp_key batch-koblitz k256:01 k256:02
for token in batch-brainpool batch-koblitz; do
    take "$token"
    must_have_key "$token" sec 01 sc
    must_have_key "$token" ssb 02 e
    must_sign "$token"
    must_decrypt "$token"
done
must_have_prompted $((n_tokens + 5))
