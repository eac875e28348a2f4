#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# --daemon in all its forms, as shells and GnuPG's users call it: the line for
# sh and for csh, a command, --no-detach; and what happens if it cannot start.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

daemon_lab daemon_mode p256:02:hidden:private

# It is this daemon that answers, its token works, and nobody else's does.
must_serve() {
    [ "$(daemon_says 'GETINFO pid' | sed -n 's/^D //p')" = "$daemon_pid" ] ||
        fail "another process than $daemon_pid answers"
    daemon_says 'KEYINFO --list' | grep -q '^S KEYINFO ' || fail 'no key'
    daemon_says 'GETINFO socket_name' | grep -Fqx "D $daemon_socket" ||
        fail 'the socket has another name'
}

# What field $2 of /proc/$1/stat says, counted behind the name.
stat_of() {
    sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f"$2"
}

must_be_detached() {
    [ "$(stat_of "$daemon_pid" 4)" = "$daemon_pid" ] || fail 'not in a session'
    [ ! -r "/proc/$daemon_pid/cwd" ] ||
        [ "$(readlink "/proc/$daemon_pid/cwd")" = / ] || fail 'not in /'
    for fd in 0 1 2; do
        case $fd:$(readlink "/proc/$daemon_pid/fd/$fd" || echo unknown) in
        *:unknown | 0:/dev/null | [12]:"$1") ;;
        *) fail "descriptor $fd: $(readlink "/proc/$daemon_pid/fd/$fd")" ;;
        esac
    done
}

# For sh, which is the default too.  Its standard output has to be closed: the
# shell waits for that.
for option in --sh -s; do
    line=$(timeout 60 "$E2E_DAEMON" --daemon $option --homedir "$GNUPGHOME")
    case $line in
    "SCDAEMON_INFO=$daemon_places/gnupg-pkcs11-scd."??????"/agent.S:"*":1; export SCDAEMON_INFO") ;;
    *) fail "the line is: $line" ;;
    esac
    daemon_take "$line"
    must_serve
    must_be_detached "$(readlink -f "$logs/daemon.log")"
    daemon_end
done

# For csh.
line=$(timeout 60 "$E2E_DAEMON" --daemon --csh --homedir "$GNUPGHOME")
case $line in
"setenv SCDAEMON_INFO $daemon_places/gnupg-pkcs11-scd."??????"/agent.S:"*":1") ;;
*) fail "the line for csh is: $line" ;;
esac
daemon_take "SCDAEMON_INFO=${line#setenv SCDAEMON_INFO }"
must_serve
daemon_end

# A name that means something to a shell comes through.
odd="$GNUPGHOME/a b'\$(c)!"
mkdir "$odd"
GNUPG_PKCS11_SOCKETDIR=$odd
daemon_start -v
case $daemon_socket in
"$odd"/*) ;;
*) fail "the socket is $daemon_socket" ;;
esac
must_serve
daemon_end
if command -v tcsh >/dev/null; then
    timeout 60 "$E2E_DAEMON" --daemon --csh --homedir "$GNUPGHOME" >"$lab/csh"
    echo 'printenv SCDAEMON_INFO' >>"$lab/csh"
    daemon_take "SCDAEMON_INFO=\$(tcsh -f '$lab/csh')"
    must_serve
    daemon_end
fi
GNUPG_PKCS11_SOCKETDIR=$daemon_places

# With a command: it has the number of the process that was started, all that
# was inherited, and its own way to end.  The daemon does not outlive it.
cat >"$lab/command" <<'COMMAND'
printf '%s\n' "$SCDAEMON_INFO" "$$" "$1" >"$2"
gpg-connect-agent --no-autostart -S "${SCDAEMON_INFO%:*:1}" \
    'GETINFO version' /bye >>"$2"
cat <&7 >>"$2"
yes 2>/dev/null | head -n 1 >>"$2"
sed -n 's/^SigIgn:[[:space:]]*//p; s/^SigBlk:[[:space:]]*//p' /proc/self/status >>"$2"
exit 42
COMMAND
timeout 60 sh -c 'sed -n "s/^SigIgn:[[:space:]]*//p; s/^SigBlk:[[:space:]]*//p" /proc/self/status' >"$lab/signals"
echo 'inherited' >"$lab/seventh"
timeout 60 "$E2E_DAEMON" --daemon --homedir "$GNUPGHOME" -- sh "$lab/command" \
    'two words' "$lab/seen" 7<"$lab/seventh" &
started=$!
status=0
wait "$started" || status=$?
[ "$status" -eq 42 ] || fail "the command's status is $status: $(cat "$lab/seen")"
{
    sed -n 1,2p "$lab/seen"
    printf '%s\n' 'two words' "D $("$E2E_DAEMON" --version |
        sed -n '1s/.* //p')" OK inherited y
    cat "$lab/signals"
} >"$lab/wanted"
cmp "$lab/wanted" "$lab/seen" || fail "the command saw: $(cat "$lab/seen")"
daemon_take "SCDAEMON_INFO='$(sed -n 1p "$lab/seen")'"
[ "$(sed -n 2p "$lab/seen")" != "$daemon_pid" ] || fail 'one process too few'
daemon_left_nothing

# Its process is the one that was started.
# shellcheck disable=SC2016 # for the other shell
"$E2E_DAEMON" --daemon --homedir "$GNUPGHOME" -- \
    sh -c 'echo "$SCDAEMON_INFO" >"$0.new"; mv "$0.new" "$0"; exec sleep 300' \
    "$lab/info" &
started=$!
until_true [ -e "$lab/info" ]
daemon_take "SCDAEMON_INFO='$(cat "$lab/info")'"
must_serve
[ "$(stat_of "$daemon_pid" 2)" = "$started" ] ||
    fail 'the command is not the process that was started'
kill -KILL "$started"
daemon_left_nothing

# A command that cannot be run.
refuse timeout 60 "$E2E_DAEMON" --daemon --homedir "$GNUPGHOME" -- \
    "$lab/no-such-command"
[ "$refuse_rc" -eq 1 ] || fail "exit status $refuse_rc"
grep -q 'no-such-command: No such file' "$logs/gpg.log" || fail 'not a word'
[ -z "$(ls "$daemon_places")" ] || fail 'a socket stays'

# --no-detach: it stays where it is.
timeout 60 "$E2E_DAEMON" --daemon --no-detach --homedir "$GNUPGHOME" \
    >"$lab/line" 2>>"$logs/start.log" </dev/null
daemon_take "$(cat "$lab/line")"
must_serve
[ "$(stat_of "$daemon_pid" 4)" != "$daemon_pid" ] || fail 'a session of its own'
daemon_end
[ "$(wc -l <"$lab/line")" -eq 1 ] || fail "printed: $(cat "$lab/line")"

# Names of files begin where it was started, also of those that are written
# later: what a login has shown.
mkdir "$lab/there"
cp "$lab/home/gnupg-pkcs11-scd.conf" "$lab/there/other.conf"
rm -rf "$lab/home/gnupg-pkcs11-scd.d"
line=$(cd "$lab/there" && timeout 60 "$E2E_DAEMON" --daemon \
    --homedir ../home --options other.conf --log-file ./here.log)
daemon_take "$line"
must_serve
daemon_says 'CHECKPIN' | grep -q '^OK' || fail 'no login'
daemon_end
grep -q 'C_OpenSession' "$lab/there/here.log" || fail 'the log is elsewhere'
[ -n "$(ls "$lab/home/gnupg-pkcs11-scd.d")" ] || fail 'the home is elsewhere'
rm "$lab/there/here.log"

# So does that of the socket's place, a short one; the line has a full one.
start=$(dirname "$GNUPGHOME")
line=$(cd "$start" && GNUPG_PKCS11_SOCKETDIR=. timeout 60 "$E2E_DAEMON" \
    --daemon --homedir "$GNUPGHOME")
daemon_take "$line"
case $daemon_socket in
"$start/./gnupg-pkcs11-scd."*) ;;
*) fail "the socket is $daemon_socket" ;;
esac
must_serve
daemon_end

# A log that would go to a terminal ends, with a word, if somebody wants one.
sed '/^log-file/d; /^verbose/d; /^debug-all/d' \
    "$lab/home/gnupg-pkcs11-scd.conf" >"$lab/quiet.conf"
: >"$logs/start.log"
daemon_start --options "$lab/quiet.conf"
must_be_detached /dev/null
[ ! -s "$logs/start.log" ] || fail "said: $(cat "$logs/start.log")"
daemon_end
daemon_start --options "$lab/quiet.conf" --verbose
must_be_detached /dev/null
daemon_end
[ "$(grep -c . "$logs/start.log")" -eq 1 ] || fail "$(cat "$logs/start.log")"
grep -q 'its log ends here' "$logs/start.log" || fail 'the log ends silently'

# What cannot start says why, and leaves nothing.
must_not_start() {
    wanted=$1
    shift
    status=0
    timeout 60 "$E2E_DAEMON" --daemon --homedir "$GNUPGHOME" "$@" \
        >"$lab/out" 2>"$lab/err" || status=$?
    [ "$status" -eq 1 ] || fail "exit status $status: $*"
    [ ! -s "$lab/out" ] || fail "printed: $(cat "$lab/out")"
    grep -q "$wanted" "$lab/err" || fail "said: $(cat "$lab/err")"
    [ -z "$(ls "$daemon_places")" ] || fail "a socket stays: $*"
}
must_not_start 'could not be started: No such file' --options "$lab/absent"
# Nobody would know where the socket is.
status=0
timeout 60 "$E2E_DAEMON" --daemon --homedir "$GNUPGHOME" >/dev/full \
    2>"$lab/err" || status=$?
[ "$status" -eq 1 ] || fail "exit status $status with a full disk"
grep -q 'where the socket is: No space' "$lab/err" || fail "$(cat "$lab/err")"
[ -z "$(ls "$daemon_places")" ] || fail 'a socket that nobody knows stays'

# With closed descriptors, none of ours takes their place.
timeout 60 "$E2E_DAEMON" --daemon --homedir "$GNUPGHOME" >"$lab/line" <&- 2>&-
daemon_take "$(cat "$lab/line")"
must_serve
daemon_end
