#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# 64 clients at once: each gets its own signatures, and none waits for ever.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

daemon_lab many_clients
daemon_start -v
must python3 "$e2e/clients.py" together "$daemon_socket" 64
must_have_prompted 0
daemon_end
