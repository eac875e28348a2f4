#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpg-card: "passwd" changes the PIN, "verify" enters it.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

old='e2e-pin-old'
new='e2e-pin-new'

lab_open gpg_card_passwd
gpg_since 2.4 || skip 'GnuPG 2.2 has no gpg-card'
command -v gpg-card >/dev/null || skip 'GnuPG is installed without gpg-card'
lab_token 'Changing token' "$old" rsa2048:01:rsa
lab_home
lab_secret "$new"
lab_learn

card() {
    timeout --foreground 120 gpg-card -- "$@"
}

lab_new_pins "$old" "$new" "$new"
must card passwd P15.01
must_have_prompted 3
must_have_said 1 'Please enter the current PIN to change it.'
must_have_said 1 'Token: Changing token'
must_have_said 2 'Please enter a new PIN for the token.'
must_have_said 3 'Repeat this PIN'

# An admin PIN is asked for nowhere.
refuse card passwd 3
refuse card passwd --reset P15.01
must_have_prompted 3

# The old PIN is wrong now; the new one unlocks, and a signature asks no more.
lab_new_pins "$old" "$new"
must card verify P15.01
must_have_prompted 2
must_have_said 2 'That PIN was wrong.'
must card verify P15.01
openpgp_key changer rsa2048:01 -
echo 'Quite a quokka.' >"$lab/text"
must gpg --output "$lab/text.gpg" --sign "$lab/text"
must gpg --verify "$lab/text.gpg"
must_have_prompted 2
