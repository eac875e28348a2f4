#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A log file that root made for another user, as logrotate does, is used with
# the mode it has; one of somebody else is not, as its owner could read it.
set -eu
# shellcheck source=tests/e2e/lib_config.sh
. "$(dirname -- "$0")/lib_config.sh"

for program in setpriv id; do
    command -v "$program" >/dev/null || {
        echo "skipped: no $program"
        exit 77
    }
done
[ "$(id -u)" -eq 0 ] || {
    echo 'skipped: only root has files of several users'
    exit 77
}
config_open log_file_of_root
# The folders above $config may be closed to others.
other=$(mktemp -d /tmp/e2e.XXXXXX)
trap 'rm -rf "$config" "$other"' EXIT
cp "$E2E_DAEMON" "$other/daemon"
chmod 755 "$other"

# serve FILE: as another user, with its log there.
serve() {
    echo BYE | setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$other/daemon" --server --no-options --verbose --log-file "$1" \
        >"$out" 2>"$err" || fail "exit status $?: $(cat "$err")"
}

: >"$other/log"
chmod 666 "$other/log"
serve "$other/log"
[ ! -s "$err" ] || fail "root's file: says $(cat "$err")"
grep -q ready "$other/log" || fail 'nothing is in it'
[ "$(stat -c '%u %a' "$other/log")" = '0 666' ] || fail 'it was changed'

: >"$other/log"
chown 65533 "$other/log"
serve "$other/log"
says "cannot write the log to $other/log: it belongs to another user"
[ ! -s "$other/log" ] || fail "somebody can read $(cat "$other/log")"
