#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A change of the configuration, through a running gpg-agent: after RELOADCONF,
# or SIGUSR1, the same daemon has it, and gpg goes on, with its PIN asked for
# again.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

lab_open reload
lab_token 'Reload token' 'e2e-pin-reload' rsa2048:01:rsa
lab_home
lab_learn
conf="$lab/home/gnupg-pkcs11-scd.conf"

sign() {
    rm -f "$lab/text.gpg"
    must gpg --output "$lab/text.gpg" --sign "$lab/text"
    must gpg --verify "$lab/text.gpg"
}

reload() {
    card_command RELOADCONF | grep -q '^OK' ||
        fail 'RELOADCONF is not answered by OK'
}

echo 'One aardvark.' >"$lab/text"
openpgp_key signer rsa2048:01 -
sign
must_have_prompted 1
daemon=$(card_command 'GETINFO pid' | sed -n 's/^D //p')

echo 'no-such-keyword' >>"$conf"
card_command RELOADCONF >"$lab/answer" || fail 'no answer'
grep -q '^S WARNING configuration 0 1 line cannot be used' "$lab/answer" ||
    fail "who typed RELOADCONF sees nothing of it: $(cat "$lab/answer")"
grep -q '^OK' "$lab/answer" || fail 'a mistake is an error'
sign
must_have_prompted 2
grep -q "unknown keyword 'no-such-keyword'" "$logs"/* ||
    fail 'the mistake is not in the log'

# Without its module there is no token, and with it there is.
cp "$conf" "$conf.good"
sed -i 's|^provider-softhsm-library .*|provider-softhsm-library /nowhere.so|' \
    "$conf"
kill -USR1 "$daemon"
n=0
while card_command SERIALNO | grep -q '^S SERIALNO'; do
    n=$((n + 1))
    [ "$n" -lt 500 ] || fail 'SIGUSR1 has no effect'
    sleep 0.02
done
mv "$conf.good" "$conf"
reload
sign
must_have_prompted 3
[ "$(card_command 'GETINFO pid' | sed -n 's/^D //p')" = "$daemon" ] ||
    fail 'it is another daemon'
