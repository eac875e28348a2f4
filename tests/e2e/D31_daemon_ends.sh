#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A daemon in the background ends on a signal and on KILLSCD, with clients that
# are connected and idle, and takes its socket with it; with C_Finalize.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

daemon_lab daemon_ends

connect() {
    rm -f "$lab/connected"
    timeout 120 python3 "$e2e/clients.py" idle "$daemon_socket" \
        "$lab/connected" >>"$logs/gpg.log" 2>&1 &
    client=$!
    until_true [ -e "$lab/connected" ]
}

# The client hears the end, and the module too.
must_have_ended() {
    daemon_left_nothing
    wait "$client" || fail "$1: an idle client was treated badly"
    [ "$(calls C_Finalize)" -eq 1 ] || fail "$1: no C_Finalize"
    : >"$logs/daemon.log"
}

for signal in TERM INT HUP; do
    daemon_start -v
    connect
    kill -"$signal" "$daemon_pid"
    must_have_ended "SIG$signal"
done

daemon_start -v
connect
daemon_says KILLSCD | grep -q '^OK' || fail 'KILLSCD is refused'
must_have_ended KILLSCD
