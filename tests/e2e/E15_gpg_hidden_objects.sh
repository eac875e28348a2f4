#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that shows nothing before the login, with gpg and gpgsm: after one PIN
# its keys are known, and stay known when the daemon starts again.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_gpgsm.sh
. "$(dirname -- "$0")/lib_gpgsm.sh"

gpgsm_open E15_gpg_hidden_objects
lab_token 'Hiding token' 'e2e-pin-hiding' rsa2048:01:signer:private,cert \
    p256:02:second:private x25519:03:reader:private
gpgsm_home
lab_secret 'echidnas in a hole'
echo 'Six echidnas in a hole.' >"$lab/text"

must_have_keys() {
    gpg --card-status >"$lab/out" 2>&1 || fail "$(cat "$lab/out")"
    grep -q "^Reader .*: Hiding token ($1 keys) in " "$lab/out" ||
        fail "not $1 keys: $(cat "$lab/out")"
}

# Nothing is known, and nobody is asked.
must_have_keys 0
lab_list
[ ! -s "$lab/keys" ] || fail "it does not hide: $(cat "$lab/keys")"
must_have_prompted 0

# The one PIN.
talk --card-edit <<DIALOGUE
< gpg/card>
> verify
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 1
must_have_keys 3
lab_list
openpgp_key signer rsa2048:01 x25519:03
openpgp_key second p256:02 -
must_have_prompted 1

# The next day.
lab_new_daemon
must_have_keys 3
must gpg -K
lab_list
[ "$(wc -l <"$lab/keys")" -eq 3 ] || fail "not three keys: $(cat "$lab/keys")"
must gpgsm --learn-card
gpgsm -K 2>>"$logs/gpg.log" | grep -q 'CN=signer' ||
    fail "gpgsm does not know the certificate: $(gpgsm -K 2>&1)"
must gpg -r signer@example.org --output "$lab/text.enc" --encrypt "$lab/text"
must_have_prompted 1
for name in signer second; do
    must gpg -u "$name@example.org" --output "$lab/$name.gpg" --sign \
        "$lab/text"
    must gpg --verify "$lab/$name.gpg"
done
must gpg --output "$lab/read" --decrypt "$lab/text.enc"
cmp "$lab/text" "$lab/read" || fail 'something else is decrypted'
must_have_prompted 2

# A daemon that never met the token knows nothing of it.
rm -r "$lab/home/gnupg-pkcs11-scd.d"
lab_new_daemon
must_have_keys 0
must_have_prompted 2
