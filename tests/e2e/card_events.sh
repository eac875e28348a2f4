#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that goes or comes, and gpg-agent knows without asking: its counter of
# card events goes up, and its list of keys follows.  The argument is a rule of
# the shim: with "slot-events" the module reports events, else its slots are
# looked at.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-events'
rule=${1:-}

lab_open card_events
lab_token 'Event token' "$pin" p256:01:key
export P11SHIM_MODULE="$MODULE" P11SHIM_SCRIPT="$lab/script"
MODULE=$E2E_SHIM
lab_home
lab_secret 'numbats in a log'

# The shim's rules, all at once.
rules() {
    printf '%s\n' "$rule" "$@" >"$lab/script.new"
    mv "$lab/script.new" "$P11SHIM_SCRIPT"
}

# any, key, card
card_events() {
    gpg-connect-agent GETEVENTCOUNTER /bye |
        sed -n 's/^S EVENTCOUNTER [0-9]* [0-9]* \([0-9]*\)$/\1/p'
}

# The agent's clients see more card events than $1.
await_event() {
    patience=100
    while [ "$(card_events)" -le "$1" ]; do
        patience=$((patience - 1))
        [ "$patience" -gt 0 ] || fail "no card event after $1"
        sleep 0.1
    done
}

rules
lab_list
grip=$(grip_of 01) || fail 'there is no key'
before=$(card_events)
[ -n "$before" ] || fail 'the agent has no counter of card events'

rules absent
await_event "$before"
! gpg-connect-agent "KEYINFO --list" /bye | grep -q "^S KEYINFO $grip" ||
    fail 'the key is there without its token'

before=$(card_events)
rules
await_event "$before"
card_command "KEYINFO $grip" | grep -q "^S KEYINFO $grip T " ||
    fail 'the key does not come back with its token'

# Nothing more happens, nothing more is told.
before=$(card_events)
sleep 3
[ "$(card_events)" -eq "$before" ] || fail 'card events for nothing'

if [ "$rule" = slot-events ]; then
    ! grep -q 'looked at once a second' "$logs/daemon.log" ||
        fail 'the events of the module are not used'
else
    grep -q 'looked at once a second' "$logs/daemon.log" ||
        fail 'the module without events is not looked at'
fi
must_have_prompted 0

# From 2.4 on the agent hands DEVINFO --watch on, with a connection for it.
gpg_since 2.4 || exit 0
timeout 60 stdbuf -oL gpg-connect-agent 'SCD DEVINFO --watch' /bye \
    >"$lab/watched" 2>>"$logs/gpg.log" &
watcher=$!
await_line() {
    patience=100
    until grep -q "$1" "$lab/watched"; do
        patience=$((patience - 1))
        [ "$patience" -gt 0 ] || fail "no $1: $(cat "$lab/watched")"
        sleep 0.1
    done
}
await_line '^S DEVINFO_END'
grep -q '^S DEVICE pkcs11 FF500B00[0-9A-F]* p15' "$lab/watched" ||
    fail "no device: $(cat "$lab/watched")"
rules absent
await_line '^S DEVINFO_STATUS removal'
rules
await_line '^S DEVINFO_STATUS new'
kill "$watcher"
wait "$watcher" || :
