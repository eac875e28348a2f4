#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpg-agent remembers the PIN: a token that is logged out after each operation
# asks once.  A PIN that is not right any more is tried once and forgotten, the
# dialog that follows says so, and none is in any log.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-right'
wrong='e2e-pin-wrong'

lab_open gpg_pin_cache
gpg_since 2.3 || skip "GnuPG $lab_version has no cache for PINs"
lab_token 'Careful token' "$pin" rsa2048:01:rsa
lab_home
lab_secret "$wrong"
# The token's module behind the one that can refuse what is right.
export P11SHIM_MODULE="$MODULE" P11SHIM_LOG="$logs/calls" \
    P11SHIM_SCRIPT="$lab/rules"
: >"$P11SHIM_SCRIPT"
sed -i "s|^provider-softhsm-library .*|provider-softhsm-library $E2E_SHIM|" \
    "$lab/home/gnupg-pkcs11-scd.conf"
printf 'pin-cache 0\nuse-gnupg-pin-cache\n' >>"$lab/home/gnupg-pkcs11-scd.conf"
# Its log has what goes over the wire, and what its cache does.
printf 'debug ipc,cache\n' >>"$lab/home/gpg-agent.conf"
lab_learn

logins() {
    [ "$(calls C_Login)" -eq "$1" ] ||
        fail "$(calls C_Login) calls of C_Login instead of $1"
}

sign() {
    rm -f "$lab/text.gpg"
    must gpg --output "$lab/text.gpg" --sign "$lab/text"
    must gpg --verify "$lab/text.gpg"
}

echo 'One aardvark.' >"$lab/text"
openpgp_key signer rsa2048:01 -
must_have_prompted 1
before=$(calls C_Login)
for number in 1 2 3; do
    sign
    logins "$((before + number))"
done
must_have_prompted 1
[ "$(calls C_Logout)" -eq "$(calls C_Login)" ] ||
    fail "$(calls C_Logout) calls of C_Logout"

# The token refuses it, as if it had been changed elsewhere: it is sent once.
echo 'fail C_Login 1 CKR_PIN_INCORRECT' >"$P11SHIM_SCRIPT.new"
mv "$P11SHIM_SCRIPT.new" "$P11SHIM_SCRIPT"
lab_pins "$wrong" "$pin"
before=$(calls C_Login)
sign
logins "$((before + 3))"
must_have_prompted 3
prompt_text 2 | grep -q 'The remembered PIN was wrong' ||
    fail "the dialog does not tell why: $(prompt_text 2)"
prompt_text 3 | grep -q 'That PIN was wrong' ||
    fail "the dialog does not tell why: $(prompt_text 3)"

# What was right is remembered now.
sign
logins "$((before + 4))"
must_have_prompted 3

# Another daemon does not know what this one has encrypted.  (It would count
# calls from the beginning.)
: >"$P11SHIM_SCRIPT"
lab_new_daemon
must gpg --card-status
sign
must_have_prompted 4
! prompt_text 4 | grep -q 'wrong' ||
    fail "nothing was wrong: $(prompt_text 4)"
