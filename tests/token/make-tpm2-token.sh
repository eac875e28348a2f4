#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Makes a throw-away tpm2-pkcs11 token with keys, in a TPM of software.
#
#   make-tpm2-token.sh DIR [LABEL PIN [TYPE:ID:LABEL[:OPTION,...]]...]
#   make-tpm2-token.sh --end DIR
#
# The first call starts the TPM (swtpm), a message bus of its own, and on that
# the resource manager (tpm2-abrmd) that lets several programs use the TPM;
# later calls add a token, or keys to one.  With nothing but DIR there is a TPM
# and nothing in it.  TYPE is one of tpm2_ptool's (rsa2048, ecc256), ID is text
# and not hex.  OPTION: aa, the key wants the PIN at every use; nopub, there is
# no public key object.
#
# Prints what programs need that use the TPM, for the shell: MODULE, and
# variables for their environment, whose names are in TPM2_VARIABLES.
# --end ends the three by their process ids; they end by themselves after an
# hour.  Exit status 77: something is missing on this machine.
set -eu

fail() {
    echo "make-tpm2-token.sh: $1" >&2
    exit "${2:-1}"
}

find_module() {
    for file in /usr/lib/*/libtpm2_pkcs11.so.1 \
        /usr/lib/*/pkcs11/libtpm2_pkcs11.so \
        /usr/lib*/pkcs11/libtpm2_pkcs11.so \
        /usr/local/lib/libtpm2_pkcs11.so.1; do
        [ -e "$file" ] || continue
        echo "$file"
        return 0
    done
    return 1
}

find_programs() {
    # A server may not be in the PATH of those who are not root.
    PATH=$PATH:/usr/sbin
    for program in swtpm dbus-daemon tpm2-abrmd tpm2_getrandom tpm2_ptool; do
        command -v "$program" >/dev/null || fail "there is no $program" 77
    done
    module=$(find_module) || fail 'there is no tpm2-pkcs11' 77
}

# --- Daemons ----------------------------------------------------------------

# When the process $1 began: a number that is used again began later.  Nothing
# if it has ended.
began() {
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'
}

# Start a program and write down which process it is; $1 is for its log.
start() {
    start_log=$dir/$1.log
    shift
    timeout 3600 "$@" >"$start_log" 2>&1 </dev/null &
    echo "$! $(began "$!")" >>"$dir/daemons"
}

# 1 if something does not end when it is told to.
end_daemon() {
    patience=100
    kill "$1" 2>/dev/null || return 0
    while [ "$(began "$1")" = "$2" ]; do
        patience=$((patience - 1))
        if [ "$patience" -eq 0 ]; then
            kill -9 "$1" || :
            return 1
        fi
        sleep 0.1
    done
}

# The last one first: it uses the others.
end_daemons() {
    [ -e "$1/daemons" ] || return 0
    end_rc=0
    sed '1!G;h;$!d' "$1/daemons" >"$1/daemons.end"
    while read -r pid birth; do
        [ "$(began "$pid")" != "$birth" ] || end_daemon "$pid" "$birth" ||
            end_rc=1
    done <"$1/daemons.end"
    [ ! -e "$1/sockets" ] || rm -rf "$(cat "$1/sockets")"
    rm -f "$1/daemons" "$1/daemons.end" "$1/sockets"
    return "$end_rc"
}

wait_for() {
    patience=100
    until "$@" >"$dir/wait.log" 2>&1; do
        patience=$((patience - 1))
        [ "$patience" -gt 0 ] ||
            fail "not ready: $*: $(cat "$dir"/*.log)"
        sleep 0.1
    done
}

# A socket's path has to be short; the path of DIR may be long.
make_sockets() {
    sockets=$(mktemp -d "${TMPDIR:-/tmp}/tpm2.XXXXXX")
    if [ ${#sockets} -gt 80 ]; then
        rmdir "$sockets"
        sockets=$(mktemp -d /tmp/tpm2.XXXXXX)
    fi
    echo "$sockets" >"$dir/sockets"
}

# The library that speaks to swtpm takes the control socket's name to be the
# other one's with ".ctrl" after it.
start_tpm() {
    mkdir "$dir/tpm" "$dir/store"
    start swtpm swtpm socket --tpm2 --tpmstate "dir=$dir/tpm" \
        --server "type=unixio,path=$sockets/tpm" \
        --ctrl "type=unixio,path=$sockets/tpm.ctrl" \
        --flags not-need-init,startup-clear
    start bus dbus-daemon --session --nofork --nopidfile --nosyslog \
        --address="$DBUS_SESSION_BUS_ADDRESS"
    wait_for test -S "$sockets/tpm"
    wait_for test -S "$sockets/bus"
    set -- --session --flush-all "--tcti=swtpm:path=$sockets/tpm"
    [ "$(id -u)" -ne 0 ] || set -- --allow-root "$@"
    start abrmd tpm2-abrmd "$@"
    wait_for tpm2_getrandom --hex 4
}

# --- The token --------------------------------------------------------------

ptool() {
    tpm2_ptool "$@" >>"$dir/ptool.log" 2>&1 ||
        fail "tpm2_ptool $1: $(cat "$dir/ptool.log")"
}

# Every token has a primary object of the TPM; all of ours have the same.
make_token() {
    tpm2_ptool listtokens --pid=1 2>/dev/null | grep -q "label: $label\$" &&
        return 0
    tpm2_ptool listprimaries 2>/dev/null | grep -q 'id: 1$' || ptool init
    ptool addtoken --pid=1 --label="$label" --userpin="$pin" \
        --sopin="${SOPIN:-87654321}"
}

# make_key TYPE:ID:LABEL[:OPTION,OPTION...]
make_key() {
    old_ifs=$IFS
    IFS=:
    # shellcheck disable=SC2086 # split into fields
    set -- $1
    IFS=$old_ifs
    options=,${4:-},
    set -- --label="$label" --userpin="$pin" --algorithm="$1" --id="$2" \
        --key-label="$3"
    case $options in *,aa,*) set -- "$@" --attr-always-authenticate ;; esac
    ptool addkey "$@"
    # Of a new key the public half is the object that was made last.
    case $options in
    *,nopub,*)
        ptool objdel "$(tpm2_ptool listobjects --label="$label" |
            sed -n 's/^  id: //p' | tail -n 1)"
        ;;
    esac
}

case ${1:-}/$# in
--end/2)
    end_daemons "$2"
    exit
    ;;
-*/* | */0 | */2)
    fail "usage: make-tpm2-token.sh DIR [LABEL PIN [KEY]...]" 2
    ;;
esac
find_programs
mkdir -p "$1"
dir=$(CDPATH='' cd -- "$1" && pwd -P)
shift

complete=
leave() {
    [ -n "$complete" ] || end_daemons "$dir"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

[ -e "$dir/sockets" ] || make_sockets
sockets=$(cat "$dir/sockets")
export DBUS_SESSION_BUS_ADDRESS="unix:path=$sockets/bus" \
    TPM2_PKCS11_STORE="$dir/store" \
    TPM2_PKCS11_TCTI=tabrmd:bus_type=session \
    TPM2TOOLS_TCTI=tabrmd:bus_type=session
[ -e "$dir/daemons" ] || start_tpm

if [ $# -gt 0 ]; then
    label=$1 pin=$2
    shift 2
    make_token
    for key in "$@"; do
        make_key "$key"
    done
fi
cat <<LINES
MODULE='$module'
TPM2_VARIABLES='DBUS_SESSION_BUS_ADDRESS TPM2_PKCS11_STORE TPM2_PKCS11_TCTI
TPM2TOOLS_TCTI'
DBUS_SESSION_BUS_ADDRESS='$DBUS_SESSION_BUS_ADDRESS'
TPM2_PKCS11_STORE='$TPM2_PKCS11_STORE'
TPM2_PKCS11_TCTI='$TPM2_PKCS11_TCTI'
TPM2TOOLS_TCTI='$TPM2TOOLS_TCTI'
LINES
complete=yes
