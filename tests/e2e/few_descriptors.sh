#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Descriptors or memory are used up: who is served goes on, who is not hears so
# or waits, and when there is room again everybody is served.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

daemon_lab few_descriptors
(
    # shellcheck disable=SC3045 # dash and bash have it
    ulimit -n 64
    daemon_start -v
    echo "$daemon_line" >"$lab/line"
)
daemon_take "$(cat "$lab/line")"
must python3 "$e2e/clients.py" fill "$daemon_socket" "$daemon_pid"
daemon_end

# A sanitizer ends the process when it gets no memory.
daemon_is_sanitized || {
    daemon_start -v
    ls "/proc/$daemon_pid/fd" >/dev/null 2>&1 ||
        skip 'only root sees the descriptors of the daemon'
    must python3 "$e2e/clients.py" no-thread "$daemon_socket" "$daemon_pid"
    daemon_end
}
