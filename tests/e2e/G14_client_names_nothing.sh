#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# No command, and no OPTION, makes the daemon open a file that its client
# names: no library, no source of a PIN, no log.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-names'

lab_open names
lab_token 'Names' "$pin" rsa2048:01:mykey:cert p256:02:other
mkdir "$lab/bait"
cat >"$lab/home/gnupg-pkcs11-scd.conf" <<CONF
log-file $logs/daemon.log
verbose
debug-all
providers p
provider-p-library $MODULE
CONF
export GNUPG_PKCS11_SOCKETDIR="$lab"
serial=$(softhsm2-util --show-slots |
    sed -n 's/^ *Serial number: *\([0-9a-f]\{16\}\).*/\1/p')
timeout 240 python3 "$e2e/names.py" "$E2E_DAEMON" "$lab/home" "$lab/bait" \
    "$MODULE" "$serial" || fail 'see above'
