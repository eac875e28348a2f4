# shellcheck shell=sh disable=SC2154 # variables of lib.sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Daemons in the background that a test starts without gpg-agent.
#
# Sourced after lib.sh:
#
#   daemon_lab NAME KEY...  a home with a token, whose PIN nobody has to type;
#                           an RSA key is there without a word
#   daemon_start ARG...     start one as users do; $daemon_socket, $daemon_pid
#   daemon_end              end it by a signal; everything of it has to go
#   daemon_says COMMAND     what it answers through its socket

daemon_pin='e2e-pin-daemon'

daemon_lab() {
    lab_open "$1"
    shift
    lab_token 'Daemon token' "$daemon_pin" rsa2048:01:signing "$@"
    lab_home
    printf '%s\n' "$daemon_pin" >"$lab/pin"
    echo "provider-softhsm-pin-source file:$lab/pin" \
        >>"$lab/home/gnupg-pkcs11-scd.conf"
    daemon_places=$GNUPGHOME/s
    mkdir "$daemon_places"
    GNUPG_PKCS11_SOCKETDIR=$daemon_places
    export GNUPG_PKCS11_SOCKETDIR
    unset SCDAEMON_INFO
}

# Take the line that the daemon has printed apart.
daemon_take() {
    eval "$1"
    daemon_socket=${SCDAEMON_INFO%:*:1}
    daemon_pid=${SCDAEMON_INFO%:1}
    daemon_pid=${daemon_pid##*:}
    [ "$SCDAEMON_INFO" = "$daemon_socket:$daemon_pid:1" ] ||
        fail "SCDAEMON_INFO is $SCDAEMON_INFO"
}

# What a sanitizer would not let happen is not to be looked for.
daemon_is_sanitized() {
    grep -q __asan_init "$E2E_DAEMON"
}

daemon_start() {
    daemon_line=$(timeout 60 "$E2E_DAEMON" --daemon --homedir "$GNUPGHOME" \
        "$@" 2>>"$logs/start.log") || fail "no daemon: $(cat "$logs/start.log")"
    daemon_take "$daemon_line"
}

# Does the process $1 exist?  One that has ended and that nobody has waited for
# does not; but while a thread of it is left, its files are still open.
is_running() {
    case $(sed -n 's/^State:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null) in
    '') return 1 ;;
    [ZX]*) [ "$(find "/proc/$1/task" -mindepth 1 -maxdepth 1 2>/dev/null |
        wc -l)" -gt 1 ] ;;
    esac
}

# until_true COMMAND...: wait until it is so.
until_true() {
    daemon_patience=300
    until "$@"; do
        daemon_patience=$((daemon_patience - 1))
        [ "$daemon_patience" -gt 0 ] || fail "has not come true: $*"
        sleep 0.1
    done
}

daemon_is_gone() {
    ! is_running "$daemon_pid"
}

daemon_left_nothing() {
    until_true daemon_is_gone
    [ ! -e "$daemon_socket" ] || fail "$daemon_socket stays"
    [ ! -e "$(dirname "$daemon_socket")" ] || fail "$daemon_socket's folder stays"
}

daemon_end() {
    kill -TERM "$daemon_pid"
    daemon_left_nothing
}

daemon_says() {
    timeout 60 gpg-connect-agent --no-autostart --raw-socket "$daemon_socket" \
        "$@" /bye 2>>"$logs/gpg.log"
}
