#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpgsm --gen-key, "Existing key from card", as a person sees it.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_gpgsm.sh
. "$(dirname -- "$0")/lib_gpgsm.sh"

token='Menu token' pin='e2e-pin-menu'

gpgsm_open gpgsm_menu
lab_token "$token" "$pin" rsa2048:01:first rsa2048:02:second
gpgsm_home
lab_learn

# The keys are listed in the token's order: which one is the second, say.
number=$(awk '$2 == "P15.02" { print NR }' "$lab/keys")
cat >"$lab/dialogue" <<DIALOGUE
< (3) Existing key from card
< Your selection?
> 3
< Serial number of the card: $(serial_of "$token")
< Available keys:
< ($number) $(grip_of 02) P15.02 rsa2048 (cert,sign,auth,encr)
< Your selection?
> $number
< (2) sign
< Your selection?
> 2
< Enter the X.509 subject name:
> CN=Aard Vark,O=Lab
< Enter email addresses
< >
> aard@example.org
< >
>
< Enter DNS names
< >
>
< Enter URIs
< >
>
< Create self-signed certificate? (y/N)
> n
< Proceed with creation? (y/N)
> y
< certificate request created
DIALOGUE
must python3 "$e2e/dialogue.py" --transcript "$logs/said" \
    gpgsm --armor --output "$lab/menu.csr" --gen-key <"$lab/dialogue"

openssl req -in "$lab/menu.csr" -verify -noout >"$lab/verified" 2>&1 || :
grep -q 'verify OK' "$lab/verified" || fail "bad: $(cat "$lab/verified")"
openssl req -in "$lab/menu.csr" -noout -pubkey >"$lab/found"
"$E2E_KEYMAKER" "$MODULE" pubkey "$token" "$pin" 02 |
    openssl pkey -pubin -inform DER >"$lab/expected"
cmp -s "$lab/found" "$lab/expected" || fail 'it is about another key'
must_have_prompted 1
gpgsm_no_network
