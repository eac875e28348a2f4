#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Nothing but the line in gpg-agent.conf: there is no configuration, and the
# tokens of p11-kit's registry are there.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

[ ! -e /etc/gnupg-pkcs11-scd.conf ] || skip 'this machine has a configuration'
grep -qs '^module:.*softhsm' /usr/share/p11-kit/modules/*.module ||
    skip "SoftHSM is not in p11-kit's registry"
lab_open no_configuration
lab_token 'Found token' 'e2e-pin-found' p256:01:signer x25519:02:reader
lab_home
rm "$lab/home/gnupg-pkcs11-scd.conf"
# The log is what the test reads; the registry may have modules that leak.
cat >"$lab/daemon" <<SCRIPT
#!/bin/sh
ASAN_OPTIONS="\${ASAN_OPTIONS:-}:detect_leaks=0" exec "$E2E_DAEMON" \\
    --log-file "$logs/daemon.log" --verbose --debug "\$@"
SCRIPT
chmod +x "$lab/daemon"
sed -i "s|^scdaemon-program .*|scdaemon-program $lab/daemon|" \
    "$lab/home/gpg-agent.conf"
lab_learn
grep -q "loaded from p11-kit's registry" "$logs/daemon.log" ||
    fail "not from the registry: $(cat "$logs/daemon.log")"
[ "$(wc -l <"$lab/keys")" -eq 2 ] || fail "not two keys: $(cat "$lab/keys")"
openpgp_key finder p256:01 x25519:02
echo 'One potoroo was found.' >"$lab/text"
lab_secret 'potoroo was found'
must_sign finder
must_decrypt finder
must_have_prompted 1
[ -z "$(find "$lab/home" -name 'gnupg-pkcs11-scd.conf')" ] ||
    fail 'a configuration was made'
