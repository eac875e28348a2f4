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
unset GNUPGHOME POSIXLY_CORRECT

# run EXPECTED-STATUS ARGUMENT...: at the end of its input at once.
run() {
    expected=$1
    shift
    status=0
    "$E2E_DAEMON" "$@" </dev/null >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq "$expected" ] ||
        fail "exit status $status, not $expected: $* ($(cat "$work/err"))"
}

# must_say PATTERN
must_say() {
    grep -Eq -e "$1" "$work/err" || fail "it does not say '$1': $(cat "$work/err")"
}

# refused PATTERN ARGUMENT...: nothing is served, and standard error says why.
refused() {
    wanted=$1
    shift
    run 1 "$@"
    [ ! -s "$work/out" ] || fail "$*: standard output has $(cat "$work/out")"
    must_say "$wanted"
}

refused "unknown option '--no-such-option'" --no-such-option
refused "unknown option '--no-such-option'" --no-such-option=1 --server
refused "unknown option '--no-such-option'" --no-such-option --help
refused "unknown option '-x'" --server -x
refused "unknown option '-x'" --server -vx
refused "unknown option '-l'; write '--' before a command" --daemon ls -l
refused "unknown option '--color'; write '--' before" --daemon ls --color=no
refused "'--homedir' needs a value" --homedir
refused "'--options' needs a value" --server --options=
refused "'--server' takes no value" --server=now
refused "'--s' .* --server --sh" --s
refused "'--v' .* --version --verbose" --server --v
refused "abc.*name.*number" --server --uid-acl abc
refused "4294967295.*number" --server --uid-acl 4294967295
refused "'command'.* --daemon" command --gpgconf-test
for mode in --multi-server --server --daemon; do
    refused "$mode"
done

# A server does without it.
run 0 --server command
must_say "'command' .*ignored.* --daemon"

run 0 --version
grep -q '^gnupg-pkcs11-scd [3-9]\.' "$work/out" || fail 'no version 3'
cp "$work/out" "$work/version"
for option in --vers --versio; do
    run 0 $option
    cmp -s "$work/out" "$work/version" || fail "$option is not --version"
done
run 0 --help
[ ! -s "$work/err" ] || fail "--help: standard error has $(cat "$work/err")"
cp "$work/out" "$work/help"
for option in server multi-server daemon homedir options no-options log-file \
    verbose quiet debug debug-all debug-level sh csh no-detach uid-acl \
    dump-config dump-options gpgconf-list gpgconf-test; do
    grep -q -e "--$option " "$work/help" || fail "--help leaves out --$option"
done
for option in '-v, --verbose' '-q, --quiet' '-s, --sh' '-c, --csh'; do
    grep -q -e " $option " "$work/help" || fail "--help leaves out $option"
done
awk 'length($0) > 79 { print; n++ } END { exit n > 0 }' "$work/help" ||
    fail '--help is too wide for a terminal'
for option in --he --hel -h; do
    run 0 $option
    cmp -s "$work/out" "$work/help" || fail "$option is not --help"
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

# With --no-options no file is read, not even a wrong one.
echo nonsense >"$work/gnupg-pkcs11-scd.conf"
run 0 --server --homedir "$work"
must_say 'gnupg-pkcs11-scd.conf:1:'
run 0 --server --homedir "$work" --no-options
[ ! -s "$work/err" ] || fail "--no-options: $(cat "$work/err")"
rm "$work/gnupg-pkcs11-scd.conf"

# What only scdaemon obeys is taken, and noted once.
run 0 --server --deny-admin --card-timeout 5 --deny-admin --log-file "$work/note"
[ "$(wc -l <"$work/out")" -eq 1 ] || fail "more than a greeting: $(cat "$work/out")"
[ ! -s "$work/err" ] || fail "a note on standard error: $(cat "$work/err")"
for option in deny-admin card-timeout; do
    [ "$(grep -c -e "--$option.*no effect" "$work/note")" -eq 1 ] ||
        fail "not one note of $option: $(cat "$work/note")"
done
run 0 --server --debug=ipc,nonsense --log-file "$work/note2"
grep -q "no debug flag 'nonsense'" "$work/note2" || fail 'an unknown debug flag'

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
run 0 --server --log-file ''
grep -q 'cannot write the log to : the name is empty' "$work/err" ||
    fail "of no name: $(cat "$work/err")"

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
