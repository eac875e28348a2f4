#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A home that gnupg-pkcs11-scd 0.10 made works with this daemon, at once, and
# with 0.10 again.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/old_lib.sh
. "$(dirname -- "$0")/old_lib.sh"

pin='e2e-pin-old'

[ -e "$E2E_OLD" ] || skip "no gnupg-pkcs11-scd 0.10 in $E2E_OLD"
lab_open old_switch
# Two tokens whose keys have the same IDs, and SoftHSM's slot without a token,
# whose serial number is the one 0.10 gives to all keys.
lab_token 'First token' "$pin" rsa2048:01:signing:cert rsa2048:02:reading:cert
lab_token 'Second token' "$pin" rsa2048:01:signing:cert rsa3072:02:other:cert
old_home
old_daemon_script
cp "$lab/home/gnupg-pkcs11-scd.conf" "$lab/conf"

# How its users made keys.
old_use theirs
must gpg --card-status
old_must_be_in_use theirs
first='First\x20token' second='Second\x20token'
old_openpgp_key first "$(old_grip "/$first/01")" "$(old_grip "/$first/02")"
old_openpgp_key second "$(old_grip "/$second/01")" "$(old_grip "/$second/02")"
old_must_work 'made' first second
grips=$(ls "$lab/home/private-keys-v1.d")
[ "$(echo "$grips" | wc -l)" -eq 4 ] || fail "not four stubs: $grips"
for file in $grips; do
    old_stub "${file%.key}" | grep -q 'D27600012401115031319909A5ED1111' ||
        fail "$file is not of the slot without token"
done
[ "$(prompts)" -eq 2 ] || fail "0.10 asked $(prompts) times"

# Another daemon, and nothing else is done or asked but the PINs.
: >"$E2E_PROMPTS"
old_use ours
old_must_work 'switched' first second
old_must_be_in_use ours
must_have_prompted 2
must_have_asked_nothing_else() {
    [ "$(grep -c '^DIALOG:' "$E2E_PROMPTS")" -eq "$(prompts)" ] ||
        fail "another dialog: $(cat "$E2E_PROMPTS")"
}
must_have_asked_nothing_else

# Back, when nobody looked at the card.
old_use theirs
old_must_work 'back' first second
old_must_be_in_use theirs

# Its manual's way to see which keys there are: the same question to both.
card_command LEARN | grep '^S KEY-FRIEDNLY .*reading on First token$' \
    >"$lab/said" || fail '0.10 does not name the key'
seen=$(cut -d' ' -f3 "$lab/said")
old_use ours
gpg-connect-agent "SCD SERIALNO --demand=$(serial_of 'First token')" \
    'SCD LEARN' /bye 2>>"$logs/gpg.log" |
    grep -q "^S KEY-FRIEDNLY $seen .*reading.* on First token\$" ||
    fail "key $seen is not named: $(card_command LEARN)"

# Looking at the card may write its new name into stubs (GnuPG 2.2 does so for
# one key of the card).
old_use ours
must gpg --card-status
old_must_work 'seen' first second
must gpg --card-status
old_must_work 'seen twice' first second
old_must_be_in_use ours

# 0.10 has to be told to write its own name into them again.
old_use theirs
must timeout 60 gpg-connect-agent 'LEARN --force' /bye
old_must_be_in_use theirs
old_must_work 'back again' first second

# All stubs written anew by this daemon.
old_use ours
must timeout 60 gpg-connect-agent 'LEARN --force' /bye
old_must_work 'learnt' first second
must_have_asked_nothing_else

cmp "$lab/conf" "$lab/home/gnupg-pkcs11-scd.conf" ||
    fail 'the configuration changed on the way'
