#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A log file that may not become any larger ends nothing: standard error is told
# once, and the client is served.
set -eu
# shellcheck source=tests/e2e/lib_config.sh
. "$(dirname -- "$0")/lib_config.sh"

config_open log_file_limit
i=0
while [ "$i" -lt 200 ]; do
    echo 'GETINFO version'
    i=$((i + 1))
done >commands
(
    # One block, for all files that are written below: standard error is short,
    # and the answers go through a pipe.
    ulimit -f 1
    "$E2E_DAEMON" --server --no-options --debug-all --log-file "$config/log" \
        <commands 2>"$err" || echo "exit status $?"
) | cat >"$out"
[ "$(grep -c '^D ' "$out")" -eq 200 ] || fail "not served: $(tail -n 3 "$out")"
! grep -q 'exit status' "$out" || fail "$(tail -n 1 "$out")"
says "cannot write the log to $config/log: File too large; lines are lost"
[ "$(wc -l <"$err")" -eq 1 ] || fail "told more than once: $(cat "$err")"
