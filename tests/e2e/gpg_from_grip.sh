#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# --full-generate-key, "Existing key" by its keygrip, in dialogue.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

lab_open gpg_from_grip
lab_token 'Gripped token' 'e2e-pin-grip' rsa2048:01:rsa p256:02:p256 \
    ed25519:03:ed25519 x25519:04:x25519 rsa2048:05:signer
lab_home
lab_learn
lab_secret 'wallabies by the grip'
echo 'Six wallabies by the grip.' >"$lab/text"

# gpg asks again if there is no such key.
cat >"$lab/dialogue" <<DIALOGUE
< Your selection?
> 13
< Enter the keygrip:
> P15.01
< Not a valid keygrip
< Enter the keygrip:
> 0123456789012345678901234567890123456789
< No key with this keygrip
< Enter the keygrip:
> $(grip_of 01)
< Possible actions for
< Your selection?
> Q
< Key is valid for? (0)
> 0
< Is this correct? (y/N)
> y
$(say_user nobody Q)
DIALOGUE
talk --expert --full-generate-key <"$lab/dialogue"
grep -q 'Key generation canceled' "$lab/said" ||
    fail "not cancelled: $(cat "$lab/said")"
must_not_exist nobody
must_have_prompted 0

# An RSA key for all that it can do, then without encryption.
full_generate 13 01 all 'Sign Certify Encrypt Authenticate'
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_key all sec 01 esc
must_sign all
must_decrypt all
full_generate 13 05 signer 'Sign Certify Encrypt Authenticate' E
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_key signer sec 05 sc
must_sign signer
full_generate 13 03 eddsa 'Sign Certify Authenticate'
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_key eddsa sec 03 sc
must_sign eddsa
must_have_prompted 1

# Here gpg takes every other elliptic curve for one that only decrypts,
# whether the key is on the token or on disk.
cat >"$lab/disk.parameters" <<PARAMETERS
Key-Type: ECDSA
Key-Curve: nistp256
Name-Real: disk
Expire-Date: 0
%no-protection
%commit
PARAMETERS
must gpg --generate-key "$lab/disk.parameters"
disk_grip=$(gpg --with-colons --with-keygrip -K disk 2>>"$logs/gpg.log" |
    awk -F: '$1 == "grp" { print $10; exit }')
for grip in "$(grip_of 02)" "$disk_grip"; do
    cat >"$lab/dialogue" <<DIALOGUE
< Your selection?
> 13
< Enter the keygrip:
> $grip
~ Possible actions for (?:a|this) (?:ECDH|ECC) key: Encrypt ?\\n
< Your selection?
> Q
< Key is valid for? (0)
> 0
< Is this correct? (y/N)
> y
$(say_user nobody Q)
DIALOGUE
    talk --expert --full-generate-key <"$lab/dialogue"
    must_not_exist nobody
done

# One that really only decrypts is refused before anybody is asked.
lab_new_daemon
full_generate 13 04 x25519 Encrypt
[ "$talk_rc" -eq 2 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
grep -q 'Key generation failed: Wrong key usage' "$lab/said" ||
    fail "no clear error: $(cat "$lab/said")"
must_not_exist x25519
must_have_prompted 1
