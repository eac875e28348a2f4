#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A TPM that has seen too many wrong PINs takes none for a while: gpg is told
# so, and asks once.  The owner of the TPM can end it.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_tpm2.sh
. "$(dirname -- "$0")/lib_tpm2.sh"

pin='e2e-pin-tpm2'

lab_open tpm2_lockout
tpm2_token 'Cautious TPM' "$pin" ecc256:ec:signing
tpm2_home
lab_learn
openpgp_key signer p256:6563 -
must_have_prompted 1
echo 'Nobody home.' >"$lab/text"

lab_new_daemon
lab_pins e2e-pin-tpm3 e2e-pin-tpm4 e2e-pin-tpm5
lab_secret e2e-pin-tpm3 e2e-pin-tpm4 e2e-pin-tpm5
refuse gpg --output "$lab/never" --sign "$lab/text"
must_have_prompted 4
[ "$(calls C_Login)" -eq 4 ] || fail "$(calls C_Login) calls of C_Login"

# The right one is too late.
lab_pins "$pin"
refuse gpg --logger-file "$lab/why" --output "$lab/never" --sign "$lab/text"
grep -q 'PIN blocked' "$lab/why" || fail "gpg says: $(cat "$lab/why")"
must_have_prompted 5

must tpm2_dictionarylockout --clear-lockout
must gpg --output "$lab/signed" --sign "$lab/text"
must gpg --verify "$lab/signed"
must_have_prompted 6
