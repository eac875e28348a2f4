#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What the daemon's command line does: exit status, and which stream speaks.
#
#   G11_command_line.sh      (E2E_DAEMON and E2E_WORK are set)
set -eu

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

mkdir -p "$E2E_WORK"
work=$(mktemp -d "$E2E_WORK/command_line.XXXXXX")
trap 'rm -rf "$work"' EXIT
export GNUPG_PKCS11_SOCKETDIR="$work"
export HOME="$work"
unset GNUPGHOME

# run EXPECTED-STATUS ARGUMENT...: at the end of its input at once.
run() {
    expected=$1
    shift
    status=0
    "$E2E_DAEMON" "$@" </dev/null >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq "$expected" ] ||
        fail "exit status $status, not $expected: $* ($(cat "$work/err"))"
}

for option in --no-such-option --homedir --options; do
    run 1 $option
    [ ! -s "$work/out" ] || fail "$option: standard output has $(cat "$work/out")"
    [ -s "$work/err" ] || fail "$option: nothing was said"
done
run 1
grep -q -e --multi-server "$work/err" || fail 'which modes there are is not said'

run 0 --version
grep -q '^gnupg-pkcs11-scd [3-9]\.' "$work/out" || fail 'no version 3'
run 0 --help
for option in server multi-server homedir options log-file verbose debug; do
    grep -q -e "--$option " "$work/out" || fail "--help leaves out --$option"
done

# The greeting is the first and, for this client, the only line.
for mode in --server --multi-server; do
    run 0 "$mode" --homedir "$work"
    [ "$(wc -l <"$work/out")" -eq 1 ] || fail "$mode: not one line"
    grep -q '^OK ' "$work/out" || fail "$mode: no greeting"
    [ -z "$(find "$work" -name agent.S)" ] || fail "$mode: a socket stays"
done

# A configuration that was asked for and is not there is no reason to use
# another one.
run 1 --server --options "$work/absent.conf"
grep -q "$work/absent.conf" "$work/err" || fail 'the absent file is not named'

# The log goes where it is told, readable by its owner alone.
run 0 --server --verbose --log-file "$work/log"
grep -q ready "$work/log" || fail 'nothing in the log'
[ "$(stat -c %a "$work/log")" = 600 ] || fail 'others can read the log'
[ ! -s "$work/err" ] || fail "standard error has $(cat "$work/err")"

# A device is left as it is, and a link is not followed.
before=$(stat -c %a /dev/null)
run 0 --server --log-file /dev/null
[ "$(stat -c %a /dev/null)" = "$before" ] || fail 'the mode of /dev/null changed'
ln -s "$work/elsewhere" "$work/link"
run 0 --server --log-file "$work/link"
[ ! -e "$work/elsewhere" ] || fail 'the log followed a link'
grep -q "$work/link" "$work/err" || fail 'the refused log file is not named'

# Closed descriptors do not become somebody else's.
"$E2E_DAEMON" --server <&- >"$work/out" 2>"$work/err" || fail 'without input'
"$E2E_DAEMON" --server </dev/null >"$work/out" 2>&- || fail 'without stderr'
# A client that sends commands without a pause does not keep it from ending.
rm -f "$work/out"
mkfifo "$work/commands"
yes NOP >"$work/commands" 2>/dev/null &
"$E2E_DAEMON" --server <"$work/commands" >"$work/out" 2>"$work/err" &
daemon=$!
until [ -s "$work/out" ]; do sleep 0.05; done
kill -TERM "$daemon"
status=0
wait "$daemon" || status=$?
[ "$status" -eq 0 ] || fail "exit status $status on SIGTERM under a flood"
echo 'command line: ok'
