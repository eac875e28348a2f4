#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that is made of a token key, as gpg proposes, can be used.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

pin='e2e-pin-expiry'

# gpg counts the time that a key is valid from the date that the card has for
# it.  One that is long ago, as that of an old certificate and the fixed one of
# a key without any, leaves nothing but to say so later.
lab_open gpg_expiry
lab_token bare "$pin" p256:01:p256
lab_token fresh "$pin" p256:01:p256:cert
lab_token aged "$pin" p256:01:p256:cert
age_certificate aged "$pin" 01
lab_home
lab_secret 'numbered days'
echo 'A numbat with numbered days.' >"$lab/text"

for token in bare fresh aged; do
    taken=$(serial_of "$token") || fail "there is no token $token"
    must gpg --card-status "$taken"
    lab_list
    case $token in
    aged | bare) set -- never ;;
    *) set -- '' 30d never ;;
    esac
    for expiry; do
        user=$token-${expiry:-default}
        # shellcheck disable=SC2086 # nothing at all is an argument less
        must gpg --quick-generate-key "$user <$user@example.org>" card \
            sign $expiry
        # Two of the same second would be one.
        sleep 1
        must_have_key "$user" sec 01 sc
        must_sign "$user"
    done
    user=$token-later
    must gpg --quick-generate-key "$user <$user@example.org>" card sign \
        never
    must gpg --quick-set-expire "$(fingerprint_of "$user@example.org")" 30d
    must_sign "$user"
done
must_have_prompted 3
