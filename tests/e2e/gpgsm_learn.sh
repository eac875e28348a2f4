#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpgsm --learn-card: the certificates of a token, with those of their CAs.
#   gpgsm_learn.sh [CARD-TYPE]  see the daemon's configuration
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_gpgsm.sh
. "$(dirname -- "$0")/lib_gpgsm.sh"

token='Learnt token' pin='e2e-pin-learn'

gpgsm_open "gpgsm_learn${1:+-$1}"
lab_token "$token" "$pin" rsa2048:01:signer rsa2048:02:reader p256:03:curve \
    rsa2048:04:late
chain_make
chain_leaf 01 signer digitalSignature,nonRepudiation
chain_leaf 02 reader keyEncipherment
chain_leaf 03 curve digitalSignature
chain_leaf 04 late digitalSignature
chain_stranger
token_cert 01 signer
token_cert 02 reader
token_cert 03 curve
token_cert 0A intermediate
token_cert 0B root
gpgsm_home
[ $# -eq 0 ] || echo "card-type $1" >>"$lab/home/gnupg-pkcs11-scd.conf"

# The first meeting: nothing but gpgsm has talked to the token.
must gpgsm --learn-card
must_list -k root intermediate signer reader curve
must_list -K signer reader curve
lab_learn
serial=$(card_command SERIALNO | sed -n 's/^S SERIALNO //p')
[ "$(gpgsm -K 2>/dev/null | grep -c "card s/n: $serial\$")" -eq 3 ] ||
    fail "not all keys are on the card $serial: $(gpgsm -K 2>&1)"

# The chain is whole; it is for the user to say what the root is worth.
! chain_is_good signer || fail 'a root that nobody trusts is trusted'
trust_root
for leaf in signer reader curve; do
    chain_is_good "$leaf" || fail "no good chain: $(cat "$lab/validated")"
done

# Learning again finds the same, and what has come to the token since.
must gpgsm --learn-card
must_list -k root intermediate signer reader curve
token_cert 04 late
must gpgsm --learn-card
must_list -k root intermediate signer reader curve late
must_list -K signer reader curve late
must gpgsm --learn-card
must_list -K signer reader curve late
must_have_prompted 0
[ "$(calls C_Login)" -eq 0 ] || fail 'learning logged in'

# Once the token has shown its private keys it is known whose certificate
# somebody else's is: it is learnt, but no key comes with it.
echo 'An aardvark.' >"$lab/text"
must gpgsm --local-user late@example.org --output "$lab/text.p7s" \
    --detach-sign "$lab/text"
token_cert 0C stranger
must gpgsm --learn-card
must_list -k root intermediate signer reader curve late stranger
must_list -K signer reader curve late
must_have_prompted 1
gpgsm_no_network
