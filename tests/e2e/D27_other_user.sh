#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Only processes of one user are served, even if others can reach the socket:
# the daemon's own, or the one that --uid-acl names, and nobody else then.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

nobody=65534

[ "$(id -u)" -eq 0 ] || skip 'only root can be another user'
daemon_lab other_user

# A place that everybody can enter.
short=${short:-$(mktemp -d /tmp/e2e.XXXXXX)}
case $short in
/tmp/*) ;;
*) fail "nobody can enter $short" ;;
esac
mkdir "$short/s"
chmod 755 "$short" "$short/s"
GNUPG_PKCS11_SOCKETDIR=$short/s

may() {
    must python3 "$e2e/clients.py" as "$1" "$daemon_socket" served
}

# What is refused is told in the log, and nothing else happens.
may_not() {
    must python3 "$e2e/clients.py" as "$1" "$daemon_socket" refused
    is_running "$daemon_pid" || fail "user $1 has ended the daemon"
    until_true grep -q "refused a client.*uid $1, process [1-9]" \
        "$logs/daemon.log"
}

# The directory keeps others out; with it open, the daemon does.
daemon_start -v
refuse python3 "$e2e/clients.py" as "$nobody" "$daemon_socket" served
chmod 755 "$(dirname "$daemon_socket")"
chmod 666 "$daemon_socket"
may_not "$nobody"
may_not 1
may 0
daemon_end

# --uid-acl: no help with the modes.
daemon_start --uid-acl "$nobody"
[ "$(stat -c %a "$daemon_socket" "$(dirname "$daemon_socket")" |
    tr '\n' ' ')" = '666 755 ' ] || fail 'the modes are others'
may "$nobody"
may_not 0
may_not 1
may "$nobody"
daemon_end

# The client on standard input is not asked who it is.
mkfifo "$lab/commands"
"$E2E_DAEMON" --multi-server --homedir "$GNUPGHOME" --uid-acl "$nobody" \
    <"$lab/commands" >"$lab/answers" 2>>"$logs/start.log" &
daemon_pid=$!
exec 3>"$lab/commands"
echo 'GETINFO socket_name' >&3
until_true [ -s "$lab/answers" ]
until_true grep -q '^D ' "$lab/answers"
daemon_socket=$(sed -n 's/^D //p' "$lab/answers")
may "$nobody"
may_not 0
exec 3>&-
wait "$daemon_pid" || fail "exit status $?"
daemon_left_nothing
