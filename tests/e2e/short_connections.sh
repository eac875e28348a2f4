#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# 3,000 short connections beside four clients that sign all the time: nothing
# is lost, and no descriptor stays.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

daemon_lab short_connections
sed '/^debug-all/d' "$lab/home/gnupg-pkcs11-scd.conf" >"$lab/conf"
cp "$lab/conf" "$lab/home/gnupg-pkcs11-scd.conf"
daemon_start -v
ls "/proc/$daemon_pid/fd" >/dev/null 2>&1 ||
    skip 'only root sees the descriptors of the daemon'
must python3 "$e2e/clients.py" short "$daemon_socket" 3000 "$daemon_pid"
daemon_end
