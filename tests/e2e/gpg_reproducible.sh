#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key of the token is the same OpenPGP key in every home it is made in.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

pin='e2e-pin-repeat'

lab_open gpg_reproducible
gpg_since 2.4 || skip 'GnuPG 2.2 asks for no date'
lab_token certified "$pin" rsa2048:01:rsa:usage=s,cert \
    p384:02:p384:usage=d,cert p256:03:p256:cert
lab_token aged "$pin" p256:01:p256:cert
age_certificate aged "$pin" 01
lab_token bare "$pin" rsa2048:01:rsa:usage=s p384:02:p384:usage=d \
    ed25519:03:ed25519
lab_home
lab_secret 'echoes of an emu'
echo 'Three echoes of an emu.' >"$lab/text"

# Another home, in the place of the one there was.
move_house() {
    must gpg-connect-agent 'SCD KILLSCD' KILLAGENT /bye
    printf '%s\n' "$GNUPGHOME" >"$lab/pattern"
    lab_wait_for_end || fail 'the agent does not end'
    find "$lab/home" -mindepth 1 ! -name '*.conf' -delete
    must gpg-connect-agent /bye
    taken=$(serial_of "$1") || fail "there is no token $1"
    must gpg --card-status "$taken"
    lab_list
}

# The fingerprints of NAME's keys.
fingerprints() {
    keys_of "$1" | cut -d ' ' -f 1,2
}

# The same key made again by the commands that follow, later than before.
must_repeat() {
    token=$1
    shift
    move_house "$token"
    "$@"
    first=$(fingerprints emu)
    [ -n "$first" ] || fail "$token: no key was made"
    must_sign emu
    sleep 2
    move_house "$token"
    "$@"
    second=$(fingerprints emu)
    must_sign emu
    [ "$first" = "$second" ] ||
        fail "$token, $*: $first is not $second"
}

quick() {
    must gpg --quick-generate-key 'Emu <emu@example.org>' card "$1" \
        never
    must gpg --quick-set-expire "$(fingerprint_of emu@example.org)" 30d
}

from_card() {
    full_generate 14 "$1" emu 'Sign Certify Authenticate'
    [ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
}

must_repeat certified quick default
must_repeat certified from_card 03
must_repeat aged quick sign
must_repeat aged from_card 01
must_repeat bare quick default
must_repeat bare from_card 03
