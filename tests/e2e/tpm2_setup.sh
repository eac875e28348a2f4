#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The commands of docs/tokens.md make a token in an empty TPM; gpg uses it with
# nothing configured but the daemon, by p11-kit's registry.  So it does one
# without a PIN, which nobody is asked for.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_tpm2.sh
. "$(dirname -- "$0")/lib_tpm2.sh"

lab_open tpm2_setup
# tpm2-pkcs11 loses the 41 bytes that open a token without a PIN.  It is gone
# when leaks are looked for, so that they cannot be told from others.
# shellcheck disable=SC2090 # the quotes are for the sanitizers
export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"
# shellcheck disable=SC2119 # no token yet
tpm2_token

# The block of commands that is called $1 in the document.
commands() {
    awk -v title="$1" '
        /^```/ { inside = 0 }
        inside { print }
        /^```sh/ && seen { inside = 1; seen = 0 }
        index($0, title) == 1 { seen = 1 }
    ' "$e2e/../../docs/tokens.md" >"$lab/commands"
    [ -s "$lab/commands" ] || fail "no commands '$1' in docs/tokens.md"
    sh -eu "$lab/commands" >>"$logs/token.log" 2>&1 ||
        fail "commands of '$1': $(cat "$logs/token.log")"
}

commands 'A token with '
commands 'A token without '
pin=$(sed -n 's/.*--userpin=\([0-9a-z]*\).*/\1/p' "$e2e/../../docs/tokens.md" |
    sed -n 1p)
lab_secret "$pin"
lab_pins "$pin"
lab_home
printf '%s\n' "log-file $logs/daemon.log" verbose debug-all \
    >"$lab/home/gnupg-pkcs11-scd.conf"
lab_list
grep -q "loaded from p11-kit's registry" "$logs/daemon.log" ||
    fail 'the registry has not been used'

for label in 'My TPM' 'No PIN'; do
    serial=$(serial_of "$label") || fail "no token '$label'"
    gpg-connect-agent "SCD SERIALNO --demand=$serial" 'SCD LEARN --force' /bye \
        >"$lab/learned" 2>>"$logs/gpg.log"
    must gpg-connect-agent "SCD SERIALNO --demand=$serial" LEARN /bye
    sed -n 's/^S KEYPAIRINFO //p' "$lab/learned" >"$lab/keys"
    case $label in
    'My TPM')
        openpgp_key mine rsa2048:7369676E rsa2048:64656372797074
        openpgp_key curve p256:70323536 -
        ;;
    'No PIN') openpgp_key free p256:66726565 - ;;
    esac
done
must_have_prompted 1

echo 'Six wallabies at home.' >"$lab/text"
lab_secret 'wallabies at'
for name in mine curve free; do
    must gpg -u "$name@example.org" --output "$lab/$name.gpg" --sign "$lab/text"
    must gpg --verify "$lab/$name.gpg"
done
must gpg --recipient mine@example.org --output "$lab/sealed" --encrypt \
    "$lab/text"
must gpg --output "$lab/opened" --decrypt "$lab/sealed"
cmp "$lab/text" "$lab/opened" || fail 'something else is decrypted'
must_have_prompted 1
[ "$(calls C_Login)" -eq 1 ] || fail "$(calls C_Login) logins"
