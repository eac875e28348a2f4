#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpg --card-edit: the PIN is changed; then the new one works and the old one
# does not.  What would take an admin PIN is refused, and gpg goes on.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

old='e2e-pin-old'
new='e2e-pin-new'
other='e2e-pin-other'
wrong='e2e-pin-wrong'

lab_open gpg_card_edit_passwd
lab_token 'Changing token' "$old" rsa2048:01:rsa
lab_home
lab_secret "$new" "$other" "$wrong"
lab_learn

# A wrong PIN first, then the right one; the new one is typed twice.
lab_new_pins "$wrong" "$new" "$new" "$old"
talk --card-edit <<'DIALOGUE'
< gpg/card>
> passwd
< PIN changed.
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 4
must_have_said 1 'Please enter the current PIN to change it.'
must_have_said 1 'Token: Changing token'
must_have_said 2 'Please enter a new PIN for the token.'
must_have_said 2 'Token: Changing token'
must_have_said 3 'Repeat this PIN'
must_have_said 4 'That PIN was wrong.'
must_have_said 4 'Please enter the current PIN to change it.'
[ "$(calls C_SetPIN)" -eq 2 ] || fail "$(calls C_SetPIN) C_SetPIN"

# The new PIN unlocks, and one entry is enough for a signature.
lab_new_pins "$old" "$new"
talk --card-edit <<'DIALOGUE'
< gpg/card>
> verify
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 2
must_have_said 2 'That PIN was wrong.'
openpgp_key changer rsa2048:01 -
echo 'Quite a quokka.' >"$lab/text"
must gpg --output "$lab/text.gpg" --sign "$lab/text"
must gpg --verify "$lab/text.gpg"
must_have_prompted 2

# The menu for administrators: the first works, though a new PIN was not typed
# the same twice at first; the others end in words, and the menu comes again.
lab_new_pins "$new" "$other" "$wrong" "$other" "$other"
talk --card-edit <<'DIALOGUE'
< gpg/card>
> admin
< Admin commands are allowed
< gpg/card>
> passwd
< Your selection?
> 1
< PIN changed.
< Your selection?
> 2
< Error unblocking the PIN: Not supported
< Your selection?
> 3
< Error changing the PIN: Not supported
< Your selection?
> 4
< Error setting the Reset Code: Not supported
< Your selection?
> q
< gpg/card>
> verify
< gpg/card>
> quit
DIALOGUE
must_have_prompted 5
grep -q 'SO PIN (PUK) is not asked for here' "$logs/daemon.log" ||
    fail 'the log does not say why'

# Somebody who does not want to after all.
lab_new_pins "$other" CANCEL
talk --card-edit <<'DIALOGUE'
< gpg/card>
> passwd
< Error changing the PIN: Operation cancelled
< gpg/card>
> quit
DIALOGUE
must_have_prompted 2

# After all that the token has the PIN that was set last.
lab_new_daemon
lab_new_pins "$new" "$other"
must gpg --output "$lab/again.gpg" --sign "$lab/text"
must gpg --verify "$lab/again.gpg"
must_have_prompted 2
