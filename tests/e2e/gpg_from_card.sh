#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# --full-generate-key, "Existing key from card": keys of each type, in dialogue.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

lab_open gpg_from_card
lab_token 'Source token' 'e2e-pin-card' rsa2048:01:rsa:usage=s p256:02:p256 \
    p384:03:p384 p521:04:p521 bp256:05:bp256 bp384:06:bp384 k256:07:k256 \
    ed25519:08:ed25519 x25519:09:x25519 rsa2048:0A:both p256:0B:early
lab_home
lab_list
lab_secret 'potoroos from a card'
echo 'Four potoroos from a card.' >"$lab/text"

# Before GnuPG has met the card: 2.2 wants to meet it first.
full_generate 14 0B early 'Sign Certify Authenticate'
if gpg_since 2.4; then
    [ "$talk_rc" -eq 0 ] || fail "without a stub: $(cat "$lab/said")"
    must_have_key early sec 0B sca
    must_sign early
    must_have_prompted 1
else
    grep -q 'Key generation failed: No such file or directory' \
        "$lab/said" || fail "no clear error: $(cat "$lab/said")"
    must_not_exist early
    must_have_prompted 0
fi
lab_learn

# NAME ID USAGE ACTIONS
make_one() {
    full_generate 14 "$2" "$1" "$4"
    [ "$talk_rc" -eq 0 ] || fail "$1: exit status $talk_rc"
    grep -q 'public and secret key created and signed' "$lab/said" ||
        fail "$1 was not made: $(cat "$lab/said")"
    must_have_key "$1" sec "$2" "$3"
    must_sign "$1"
}

make_one rsa 01 sca 'Sign Certify Authenticate'
make_one p256 02 sca 'Sign Certify Authenticate'
make_one p384 03 sca 'Sign Certify Authenticate'
make_one p521 04 sca 'Sign Certify Authenticate'
make_one bp256 05 sc 'Sign Certify'
make_one bp384 06 sc 'Sign Certify'
if gpg_since 2.4; then
    make_one k256 07 sc 'Sign Certify'
    make_one ed25519 08 sca 'Sign Certify Authenticate'
else
    # 2.2 takes this curve for one that only decrypts, and offers nothing.
    {
        choose_key 14 07 ''
        say_user k256 Q
    } >"$lab/dialogue"
    talk --expert --full-generate-key <"$lab/dialogue"
    must_not_exist k256
    # It knows no actions of this one, and takes all that are possible.
    make_one ed25519 08 sca ''
fi
make_one both 0A esca 'Sign Certify Encrypt Authenticate'
must_decrypt both
must_have_prompted 1

# The menu shows every key with its algorithm.
for algorithm in rsa2048 nistp256 nistp384 nistp521 brainpoolP256r1 \
    brainpoolP384r1 secp256k1 ed25519 cv25519; do
    grep -qE "\\) [0-9A-F]{40} P15\\.0[0-9A] $algorithm\\>" "$lab/said" ||
        fail "$algorithm is not in the menu: $(cat "$lab/said")"
done

# A key that cannot sign is no primary key: nobody is asked for a PIN.
lab_new_daemon
full_generate 14 09 x25519 Encrypt
[ "$talk_rc" -eq 2 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
grep -q 'Key generation failed: Wrong key usage' "$lab/said" ||
    fail "no clear error: $(cat "$lab/said")"
must_not_exist x25519
must_have_prompted 1
