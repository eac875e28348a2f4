#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# gpg --card-status shows the token, again and again; gpg -K shows its keys.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-status'

lab_open gpg_card_status
lab_token 'Status token' "$pin" rsa2048:01:rsa p256:02:p256 x25519:03:x25519
lab_home
lab_secret 'quokkas on a card'

# gpg's output goes to $lab/out, its complaints to $lab/err.
look() {
    gpg "$@" >"$lab/out" 2>"$lab/err" ||
        fail "gpg $* fails: $(cat "$lab/err")"
    cat "$lab/out" "$lab/err" >>"$logs/gpg.log"
    ! grep -qi 'older than us' "$lab/err" ||
        fail "gpg thinks the daemon is too old: $(cat "$lab/err")"
}

shown() {
    grep -qE "$1" "$lab/out" || fail "not shown: $1: $(cat "$lab/out")"
}

agent=$(agent_pid)
serial=$(serial_of 'Status token') || fail 'the daemon shows no token'

# What a person sees: three lines, the same each time.
for time in first second third; do
    look --card-status
    shown '^Reader \.+: Status token \(3 keys\) in SoftHSM slot ID 0x[0-9a-f]+$'
    shown "^Application ID \\.+: $serial\$"
    shown '^Application type \.+: PKCS#15$'
    [ "$(grep -c . "$lab/out")" -eq 3 ] ||
        fail "more than three lines: $(cat "$lab/out")"
    grep -v 'created$' "$lab/err" >"$lab/complaints" || :
    [ ! -s "$lab/complaints" ] ||
        fail "the $time time gpg complains: $(cat "$lab/complaints")"
done
look --with-colons --card-status
shown "^Reader:Status token \\(3 keys\\) in SoftHSM slot ID 0x[0-9a-f]+:AID:$serial:pkcs15-card:\$"
# A learning that is forced twice is what killed agents.
must card_command 'LEARN --force'
must gpg-connect-agent 'LEARN --force' 'LEARN --force' /bye
lab_learn
[ "$(agent_pid)" = "$agent" ] || fail 'the agent is not the one it was'
must_have_prompted 0

# Two OpenPGP keys of one token, one of them with a subkey there.
openpgp_key one rsa2048:01 -
openpgp_key two p256:02 x25519:03
asked=$(prompts)
[ "$asked" -eq 1 ] || fail "$asked dialogs for two keys"
lab_new_daemon
look -K
[ "$(grep -c '^sec>' "$lab/out")" -eq 2 ] ||
    fail "not two keys on a card: $(cat "$lab/out")"
shown '^ssb> +cv25519 .*\[E\]$'
[ "$(grep -c "^ *Card serial no\\. = $serial\$" "$lab/out")" -eq 2 ] ||
    fail "not two keys with the card's number: $(cat "$lab/out")"
look -K --with-colons --with-keygrip
awk -F: -v serial="$serial" '
    $1 == "sec" || $1 == "ssb" { n++; if ($15 != serial) wrong++ }
    END { exit n != 3 || wrong }
' "$lab/out" || fail "a key has another card: $(cat "$lab/out")"
for id in 01 02 03; do
    shown "^grp:+$(grip_of "$id"):\$"
done
must_have_prompted "$asked"

# Each of them signs, with one PIN for both.
echo 'Two quokkas on a card.' >"$lab/text"
for name in one two; do
    must gpg -u "$name@example.org" --output "$lab/$name.gpg" --sign \
        "$lab/text"
    look --status-fd 1 --verify "$lab/$name.gpg"
    shown "VALIDSIG $(fingerprint_of "$name@example.org")"
done
must_have_prompted $((asked + 1))
look --card-status
shown "^Application ID \\.+: $serial\$"
[ "$(agent_pid)" = "$agent" ] || fail 'the agent is not the one it was'
