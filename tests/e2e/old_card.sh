#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A home from the time when 0.10's openpgp-sign, openpgp-encr and openpgp-auth
# made an OpenPGP card of a token: its configuration and its stubs.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/old_lib.sh
. "$(dirname -- "$0")/old_lib.sh"

pin='e2e-pin-card'

lab_open old_card
# The first key by its ID is none of the three.
lab_token 'Card token' "$pin" rsa2048:00:decoy:cert rsa2048:01:auth:cert \
    rsa2048:02:reading:cert rsa2048:03:signing:cert
old_home
conf=$lab/home/gnupg-pkcs11-scd.conf
cp "$conf" "$lab/conf.plain"
sign=$(old_grip .03) encr=$(old_grip .02) auth=$(old_grip .01)
lab_end_processes || fail 'the daemon does not end'
number=$(softhsm2-util --show-slots |
    awk '$1 == "Serial" { number = $3 } / Card token *$/ { print number }')
python3 "$e2e/old_stub.py" names 'SoftHSM project' 'SoftHSM v2' \
    "$number" 'Card token' 03 >"$lab/names"
{ read -r serial && read -r reference; } <"$lab/names"
printf '%s\n' "openpgp-sign $sign" "openpgp-encr $encr" "openpgp-auth $auth" \
    >>"$conf"

# The card is the token, by the serial number that 0.10 gave to it.
gpg --card-status >"$lab/sheet" 2>>"$logs/gpg.log" || fail 'no card'
grep -q "^Application ID .*: $serial\$" "$lab/sheet" ||
    fail "not $serial: $(cat "$lab/sheet")"
old_openpgp_key owner "$sign" "$encr"
old_must_work 'made' owner
must_have_prompted 1

# Stubs refer to the card's keys by number, or to the token's by ID.
write_stub() {
    python3 "$e2e/old_stub.py" write "$form" \
        "$lab/home/private-keys-v1.d/$1.key" "$2" "$3" || fail 'no stub'
}
form=extended
for stub_serial in "$serial" D27600012401115031319909A5ED1111 \
    D2760001240111111111111111111111 D2760001240111504B43532331311111; do
    case $form in
    canonical) form=extended ;;
    *) form=canonical ;;
    esac
    write_stub "$sign" "$stub_serial" OPENPGP.1
    write_stub "$encr" "$stub_serial" OPENPGP.2
    old_must_work "card $stub_serial, $form" owner
    must gpg --card-status
    old_must_work "card $stub_serial, $form, seen" owner
done
write_stub "$sign" D27600012401115031319909A5ED1111 "$reference"
old_must_work 'by ID' owner
must_have_prompted 1

# The keywords are taken away, or another face is chosen: what is in the stubs
# stays good.
for face in none p15 pkcs11; do
    cp "$lab/conf.plain" "$conf"
    [ "$face" = none ] || echo "card-type $face" >>"$conf"
    lab_end_processes || fail 'the daemon does not end'
    write_stub "$sign" "$serial" OPENPGP.1
    write_stub "$encr" "$serial" OPENPGP.2
    old_must_work "$face" owner
    must gpg --card-status
    old_must_work "$face, seen" owner
done
