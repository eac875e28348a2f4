#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The daemon leaves no core, whatever it inherits: the limit is 0, so that it
# cannot be raised again, and the process is not dumpable.
#
#   C19_no_core.sh      (E2E_DAEMON and E2E_WORK are set)
set -eu

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

mkdir -p "$E2E_WORK"
work=$(mktemp -d "$E2E_WORK/no_core.XXXXXX")
leave() {
    exec 3>&- 4>&-
    rm -rf "$work"
}
trap leave EXIT
export GNUPG_PKCS11_SOCKETDIR="$work"
export HOME="$work"
unset GNUPGHOME
[ -d /proc/self ] || {
    echo 'skipped: there is no /proc' >&2
    exit 77
}

# Start a command as a user who owns it: the files of a process that is not
# dumpable are root's, which is seen of root's own by the group only.
if [ "$(id -u)" -eq 0 ]; then
    as_owner='setpriv --regid 65534 --clear-groups' owner=65534
else
    as_owner='' owner=$(id -g)
    [ "$owner" -ne 0 ] || fail 'a user of the group 0'
fi
group_of() { stat -c %g "/proc/$1/status"; }

# shellcheck disable=SC3045 # dash and others have it
ulimit -c unlimited 2>/dev/null || ulimit -c hard

# Something else shows that it can be seen.
mkfifo "$work/in" "$work/other"
# shellcheck disable=SC2086 # a command and its options
$as_owner cat <"$work/other" >"$work/echo" 2>"$work/err" &
other=$!
exec 4>"$work/other"
echo ready >&4
until [ -s "$work/echo" ]; do sleep 0.05; done
[ "$(group_of "$other")" -eq "$owner" ] ||
    fail "a process that is dumpable is of the group $(group_of "$other")"

# shellcheck disable=SC2086
$as_owner "$E2E_DAEMON" --server --homedir "$work" <"$work/in" >"$work/out" \
    2>"$work/err" &
daemon=$!
exec 3>"$work/in"
until [ -s "$work/out" ]; do
    kill -0 "$daemon" || fail "it does not start: $(cat "$work/err")"
    sleep 0.05
done

limits=$(awk '/^Max core file size/ { print $5, $6 }' "/proc/$daemon/limits")
[ "$limits" = '0 0' ] || fail "the limits of a core are $limits"
if grep -q __asan_init "$E2E_DAEMON"; then
    echo 'skipped: the leak checker wants a process that is dumpable' >&2
    exit 77
fi
[ "$(group_of "$daemon")" -eq 0 ] || fail 'the process is dumpable'
exec 3>&-
wait "$daemon" || fail "exit status $?"
echo 'no core: ok'
