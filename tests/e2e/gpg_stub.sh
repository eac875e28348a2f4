#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without its stub files GnuPG 2.4 signs all the same; a look at the card
# brings them back for every version.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

lab_open gpg_stub
lab_token 'Stubborn token' 'e2e-pin-stub' rsa2048:01:rsa:usage=s \
    rsa2048:02:rsa:usage=d p256:03:p256:usage=s p384:04:p384:usage=d \
    ed25519:05:ed25519 x25519:06:x25519
lab_home
lab_learn
lab_secret 'bandicoots lost a stub'
echo 'Five bandicoots lost a stub.' >"$lab/text"
openpgp_key rsa rsa2048:01 rsa2048:02
openpgp_key nist p256:03 p384:04
openpgp_key modern ed25519:05 x25519:06
users='rsa nist modern'
for user in $users; do
    must gpg --recipient "$user@example.org" --output "$lab/$user.gpg" \
        --encrypt "$lab/text"
done

stubs() {
    find "$lab/home/private-keys-v1.d" -name '*.key' | wc -l
}

# Agent and daemon begin anew, and there is no stub.
forget() {
    for id in 01 02 03 04 05 06; do
        rm -f "$lab/home/private-keys-v1.d/$(grip_of "$id").key"
    done
    [ "$(stubs)" -eq 0 ] || fail 'there are stubs left'
    must gpg-connect-agent 'SCD KILLSCD' KILLAGENT /bye
    # An agent that still ends takes the socket of the next one with it.
    printf '%s\n' "$GNUPGHOME" >"$lab/pattern"
    lab_wait_for_end || fail 'the agent does not end'
    must gpg-connect-agent /bye
}

must_open() {
    must gpg --output "$lab/opened" --decrypt "$lab/$1.gpg"
    cmp "$lab/text" "$lab/opened" || fail "$1: something else is decrypted"
    rm "$lab/opened"
}

[ "$(stubs)" -eq 6 ] || fail "$(stubs) stubs instead of six"
must_have_prompted 1
for user in $users; do
    forget
    asked=$(prompts)
    if gpg_since 2.4; then
        must_sign "$user"
        forget
        must_open "$user"
        must_have_prompted $((asked + 2))
    else
        refuse gpg -u "$user@example.org" --output "$lab/never" --sign \
            "$lab/text"
        refuse gpg --output "$lab/never" --decrypt "$lab/$user.gpg"
        tail -n 1 "$logs/gpg.log" | grep -q 'No secret key' ||
            fail "$user: no clear error"
        must_have_prompted "$asked"
    fi
done

# A look at the card is enough.
forget
must gpg --card-status
[ "$(stubs)" -eq 6 ] || fail "$(stubs) stubs after a look at the card"
asked=$(prompts)
for user in $users; do
    must_sign "$user"
    must_open "$user"
done
must_have_prompted $((asked + 1))

# gpg deletes the stubs, not the keys of the token.
for user in $users; do
    must gpg --delete-secret-keys "$(fingerprint_of "$user@example.org")"
    [ -z "$(keys_of "$user")" ] || gpg_since 2.4 ||
        fail "gpg still has $(keys_of "$user")"
done
[ "$(stubs)" -eq 0 ] || fail "$(stubs) stubs after they were deleted"
must gpg --card-status
[ "$(stubs)" -eq 6 ] || fail "$(stubs) stubs after another look"
for user in $users; do
    must_sign "$user"
    must_open "$user"
done
must_have_prompted $((asked + 1))
