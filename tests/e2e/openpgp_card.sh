#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that presents itself as an OpenPGP card: a true sheet, --card-edit's
# "generate" that takes the keys which are there, and fingerprints that are
# those of gpg.
#
#   openpgp_card.sh SIGN ENCR AUTH    types of the three keys
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-sheet'
sign=$1 encr=$2 auth=$3
email=ada@example.org

lab_open openpgp_card
lab_token 'Ada card' "$pin" "$sign:01:sign:cert" "$encr:02:encr:usage=d" \
    "$auth:03:auth"
lab_home
# GnuPG must not have seen it as another card before.
lab_list
sign_grip=$(grip_of 01) encr_grip=$(grip_of 02) auth_grip=$(grip_of 03)
# With "trust-model always" this gpg does not make one when it needs it.
must gpg --trust-model pgp --check-trustdb

# Whatever is in the configuration holds from the next daemon on.
configure() {
    printf '%s\n' "$@" >>"$GNUPGHOME/gnupg-pkcs11-scd.conf"
    lab_new_daemon
}

# gpg's names of the types.
attribute() {
    case $1:$2 in
    *:rsa*) echo "$2" ;;
    *:p256 | *:p384 | *:p521) echo "nistp${2#p}" ;;
    *:x25519) echo cv25519 ;;
    *:bp*) echo "brainpoolP${2#bp}r1" ;;
    *) echo "$2" ;;
    esac
}

sheet() {
    gpg --card-status >"$lab/sheet" 2>"$lab/sheet.err" ||
        fail "no sheet: $(cat "$lab/sheet.err")"
    cat "$lab/sheet" >>"$logs/gpg.log"
    ! grep -q 'older than us' "$lab/sheet.err" || fail 'an older server'
}

must_show() {
    grep -q "^$1\$" "$lab/sheet" || fail "not \"$1\": $(cat "$lab/sheet")"
}

configure "openpgp-sign $sign_grip" "openpgp-encr $encr_grip" \
    "openpgp-auth $auth_grip"
sheet
must_show 'Reader \.*: Ada card (3 keys) in .*'
must_show 'Application ID \.*: D2760001240111503131[0-9A-F]*1111'
must_show 'Application type \.: OpenPGP'
must_show 'Manufacturer \.*: SoftHSM project'
must_show 'Name of cardholder: sign'
must_show 'Login data \.*: \[not set\]'
must_show 'Signature PIN \.*: not forced'
must_show "Key attributes \\.*: $(attribute s "$sign") $(attribute e "$encr") $(attribute a "$auth")"
must_show 'Max\. PIN lengths \.: 255 0 0'
must_show 'PIN retry counter : -2 0 0'
must_show 'Signature counter : 0'
must_show 'Signature key \.*: \[none\]'
must_have_prompted 0

# "generate" makes an OpenPGP key of the three keys; one PIN is all it takes.
talk --expert --card-edit <<DIALOGUE
< gpg/card>
> admin
< gpg/card>
> generate
< Key is valid for? (0)
> 0
< Is this correct? (y/N)
> y
< Real name:
> Ada Example
< Email address:
> $email
< Comment:
>
< (O)kay/(Q)uit?
> o
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 1

# The three keys are those of the token, and gpg says so.
gpg --with-colons --with-keygrip -K "$email" >"$lab/colons" 2>>"$logs/gpg.log"
for grip in "$sign_grip" "$encr_grip" "$auth_grip"; do
    grep -q "^grp:::::::::$grip:" "$lab/colons" ||
        fail "$grip is not in the key: $(cat "$lab/colons")"
done
[ "$(grep -c '^s[es][cb]:.*:D2760001240111503131[0-9A-F]*1111:' "$lab/colons")" -eq 3 ] ||
    fail "not three keys on the card: $(cat "$lab/colons")"
echo 'The sheet is true.' >"$lab/text"
must gpg -u "$email" --output "$lab/text.gpg" --sign "$lab/text"
must gpg --verify "$lab/text.gpg"
must gpg -r "$email" --output "$lab/secret.gpg" --encrypt "$lab/text"
must gpg --output "$lab/plain" --decrypt "$lab/secret.gpg"
cmp "$lab/text" "$lab/plain" || fail 'that is not what was encrypted'
sheet
must_show 'Signature counter : [1-9].*'
must_have_prompted 1

# With the fingerprints in the configuration they are on the sheet, and the
# first is gpg's default key.
fingerprints=$(awk -F: '$1 == "fpr" { print $10 }' "$lab/colons")
fpr_of() {
    awk -F: -v grip="$1" '$1 == "fpr" { fpr = $10 }
        $1 == "grp" && $10 == grip { print fpr }' "$lab/colons"
}
[ "$(echo "$fingerprints" | wc -l)" -eq 3 ] || fail "not three: $fingerprints"
configure "openpgp-sign-fpr $(fpr_of "$sign_grip")" \
    "openpgp-encr-fpr $(fpr_of "$encr_grip")" \
    "openpgp-auth-fpr $(fpr_of "$auth_grip")"
sheet
for fpr in $fingerprints; do
    must_show ".* key *\\.*: *$(echo "$fpr" | sed 's/..../& */g')"
done
grep -q "^General key info\\.\\..*Ada Example" "$lab/sheet" ||
    fail "no key info: $(cat "$lab/sheet")"
must gpg --output "$lab/default.gpg" --sign "$lab/text"
must gpg --verify "$lab/default.gpg"

# GENKEY and gpg agree on fingerprints, for each slot and time of creation.
genkey_fpr() {
    card_command "GENKEY --timestamp=$1 $2" | sed -n 's/^S KEY-FPR //p'
}
created_of() {
    awk -F: -v grip="$1" '$1 == "sec" || $1 == "ssb" { time = $6 }
        $1 == "grp" && $10 == grip { print time }' "$lab/colons"
}
number=0
# (Before 2.3 it took another cipher for ECDH with 384 bits.)
for grip in "$sign_grip" "$encr_grip" "$auth_grip"; do
    number=$((number + 1))
    time=$(date -u -d "@$(created_of "$grip")" +%Y%m%dT%H%M%S)
    same=$(fpr_of "$grip")
    case $number:$encr in
    2:*384) gpg_since 2.3 || same=$(genkey_fpr "$time" 2) ;;
    esac
    [ "$(genkey_fpr "$time" $number)" = "$same" ] ||
        fail "key $number: gpg has another fingerprint"
    [ "$(genkey_fpr 20240101 $number)" != "$(fpr_of "$grip")" ] ||
        fail "key $number: the time makes no difference"
done

# A fingerprint that the keytime explains proves when the key was made.
sed -i '/^openpgp-....-fpr/d' "$GNUPGHOME/gnupg-pkcs11-scd.conf"
for number in 1 2 3; do
    card_command "GENKEY $number" >"$lab/genkey.$number"
    sed -n 's/^S KEY-FPR //p' "$lab/genkey.$number" >"$lab/fpr.$number"
    sed -n "s/^S KEY-CREATED-AT /S KEY-TIME $number /p" \
        "$lab/genkey.$number" >>"$lab/times"
done
configure "openpgp-sign-fpr $(cat "$lab/fpr.1")" \
    "openpgp-encr-fpr $(cat "$lab/fpr.2")" "openpgp-auth-fpr $(cat "$lab/fpr.3")"
echo OK >>"$lab/times"
card_command 'GETATTR KEY-TIME' | cmp - "$lab/times" || fail 'other times'
sheet
[ "$(grep -c '^      created \.*: 20' "$lab/sheet")" -eq 3 ] ||
    fail "no dates: $(cat "$lab/sheet")"
