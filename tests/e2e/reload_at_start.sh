#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SIGUSR1 does not end a daemon that is still reading its configuration for the
# first time; it reads it again when it is ready.
set -eu
# shellcheck source=tests/e2e/lib_config.sh
. "$(dirname -- "$0")/lib_config.sh"

config_open reload_at_start
mkfifo conf in
# Somebody has the other end of its standard input.
exec 4<>in
"$E2E_DAEMON" --server --options conf --log-file "$config/log" --verbose \
    <in 4<&- >"$out" 2>"$err" &
daemon=$!

logged() {
    n=0
    until grep -q "$1" log 2>"$err"; do
        n=$((n + 1))
        [ "$n" -lt 600 ] || fail "the log lacks '$1': $(cat log)"
        sleep 0.1
    done
}

# The daemon has opened the file when this comes back from the first line; a
# FIFO is not read a second time, a file in its place is.
# shellcheck disable=SC2016 # the inner shell expands it
timeout 60 sh -c 'exec 3>conf && rm conf && echo "pin-cash 2" >conf &&
    kill -USR1 "$1" && echo "pin-cache 1" >&3' sh "$daemon" ||
    fail 'it does not read its configuration'
logged 'ready'
logged 'conf:1: unknown keyword'
logged 'the configuration was read anew'
kill -TERM "$daemon"
wait "$daemon" || fail "exit status $?"
