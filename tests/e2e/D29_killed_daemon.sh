#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What a killed daemon leaves behind is cleaned up at the next start, in each
# mode and from 0.10 too; daemons that run are left alone.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

daemon_lab killed_daemon

sockets() {
    find "$daemon_places" -name agent.S | wc -l
}

folders() {
    find "$daemon_places" -mindepth 1 -maxdepth 1 | wc -l
}

must_be_alone() {
    [ "$(sockets) $(folders)" = '1 1' ] || fail "$1: $(find "$daemon_places")"
    [ -S "$daemon_socket" ] || fail "$1: the daemon's own socket is gone"
}

# Killed with clients, three times in a row.
for round in 1 2 3; do
    daemon_start -v
    must daemon_says 'GETINFO version'
    must_be_alone "start $round"
    kill -KILL "$daemon_pid"
    until_true daemon_is_gone
    [ -S "$daemon_socket" ] || fail 'a killed daemon has cleaned up'
done

# As gpg-agent starts it.
[ "$(sockets)" -eq 1 ] || fail 'there should be one of the killed'
must "$E2E_DAEMON" --multi-server --homedir "$GNUPGHOME" </dev/null
[ "$(folders)" -eq 0 ] || fail "after --multi-server: $(find "$daemon_places")"

# Two at once do not hinder one another.
daemon_start -v
first_socket=$daemon_socket first_pid=$daemon_pid
daemon_start -v
[ "$daemon_socket" != "$first_socket" ] || fail 'two daemons have one socket'
daemon_end
daemon_socket=$first_socket daemon_pid=$first_pid
must_be_alone 'after the end of the other'
[ "$(daemon_says 'GETINFO pid' | sed -n 's/^D //p')" = "$first_pid" ] ||
    fail 'the first daemon does not answer any more'
daemon_end
grep -q 'removed .*agent.S, which a daemon left behind' "$logs/daemon.log" ||
    fail 'the log does not tell what was removed'

# 0.10 too, if it is here; in the background it serves with --no-detach only.
[ -d "$E2E_OLD/usr/bin" ] || exit 0
# shellcheck source=tests/e2e/old_lib.sh
. "$(dirname -- "$0")/old_lib.sh"
old_daemon_script
daemon_places=$GNUPGHOME
GNUPG_PKCS11_SOCKETDIR=$daemon_places
sed '/pin-source/d' "$lab/home/gnupg-pkcs11-scd.conf" >"$lab/old.conf"
timeout 60 "$lab/theirs" --daemon --no-detach --homedir "$GNUPGHOME" \
    --options "$lab/old.conf" >"$lab/line" 2>/dev/null </dev/null ||
    fail '0.10 does not start'
daemon_take "$(cat "$lab/line")"
# It says so before it has made it.
until_true [ -S "$daemon_socket" ]
kill -KILL "$daemon_pid"
until_true daemon_is_gone
old_socket=$daemon_socket
[ -S "$old_socket" ] || fail "0.10 left no socket: $old_socket"
daemon_start -v
[ ! -e "$(dirname "$old_socket")" ] || fail "what 0.10 left stays: $old_socket"
daemon_end
