#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key in a TPM that wants its PIN at each use: one dialog for each signature
# and each message, also for the first.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_tpm2.sh
. "$(dirname -- "$0")/lib_tpm2.sh"

pin='e2e-pin-tpm2'
wrong='e2e-pin-tpm1'

lab_open tpm2_always
tpm2_token 'Strict TPM' "$pin" rsa2048:aa:Strict:aa ecc256:ec:Lenient
tpm2_home
lab_learn
lab_secret "$wrong"
echo 'Five bettongs, one at a time.' >"$lab/text"
lab_secret 'bettongs, one'

# Two uses: gpg writes a revocation certificate too.
openpgp_key strict rsa2048:6161 -
must_have_prompted 2
prompt_text 1 | grep -q 'Strict$' || fail "no key named: $(prompt_text 1)"
for round in 1 2; do
    must gpg -u strict@example.org --output "$lab/signed.$round" --sign \
        "$lab/text"
    must gpg --verify "$lab/signed.$round"
    must_have_prompted $((2 + round))
done

# A wrong one in between.
lab_pins "$wrong" "$pin"
must gpg -u strict@example.org --output "$lab/signed.3" --sign "$lab/text"
must gpg --verify "$lab/signed.3"
must_have_prompted 6

openpgp_key reader - rsa2048:6161
must gpg --recipient reader@example.org --output "$lab/sealed" --encrypt \
    "$lab/text"
must gpg --output "$lab/opened" --decrypt "$lab/sealed"
cmp "$lab/text" "$lab/opened" || fail 'something else is decrypted'
must_have_prompted 7

# The other key of the token has had its login.
openpgp_key lenient p256:6563 -
must gpg -u lenient@example.org --output "$lab/signed.4" --sign "$lab/text"
must gpg --verify "$lab/signed.4"
must_have_prompted 7
