#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keys in NSS's database, which is found by arguments of C_Initialize: those of
# the provider, and those in the environment that release 0.10 knew.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-nss'

lab_open nss
command -v certutil >/dev/null || skip 'no certutil'
lab_token 'Not this one' "$pin" p256:01:other
lab_home
# NSS does not free everything at its end.
# shellcheck disable=SC2089,SC2090 # the quotes are for the sanitizer
export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"
mkdir "$lab/nss"
echo "$pin" >"$lab/nss/pin"
head -c 64 /dev/urandom >"$lab/nss/noise"
must certutil -N -d "sql:$lab/nss" -f "$lab/nss/pin"

# make_key NICKNAME TYPE...: a key with a certificate
make_key() {
    nickname=$1
    shift
    must certutil -S -d "sql:$lab/nss" -f "$lab/nss/pin" -n "$nickname" \
        -s "CN=$nickname" -x -t u,u,u -m 1 -z "$lab/nss/noise" "$@"
}

# configure [LINE]: NSS as another provider
configure() {
    cat >"$lab/home/gnupg-pkcs11-scd.conf" <<CONF
log-file $logs/daemon.log
verbose
debug-all
providers softhsm, nss
provider-softhsm-library $MODULE
provider-softhsm-match-uri pkcs11:token=nothing%20of%20it
provider-nss-library libsoftokn3.so
provider-nss-match-uri pkcs11:token=NSS%20Certificate%20DB
${1:-}
CONF
}

# The CKA_ID of the key with this type, as KEYPAIRINFO ends with it.
id_of() {
    awk -v type="$1" '$NF == type { print substr($2, 5); found = 1 }
        END { exit !found }' "$lab/keys"
}

# sign_with TYPE ALGORITHM: an OpenPGP signature by it
sign_with() {
    id=$(id_of "$2") || fail "NSS has no $2: $(cat "$lab/keys")"
    openpgp_key "nss-$1" "$1:$id" -
    must gpg -u "nss-$1@example.org" --output "$lab/$1.sig" \
        --detach-sign "$lab/text"
    must gpg --verify "$lab/$1.sig" "$lab/text"
}

make_key rsa -k rsa -g 2048
make_key ec -k ec -q nistp256
echo 'Six pangolins browse.' >"$lab/text"

arguments="configdir='sql:$lab/nss' flags=readOnly"
configure "provider-nss-init-args $arguments"
lab_learn
[ "$(wc -l <"$lab/keys")" -eq 2 ] || fail "keys: $(cat "$lab/keys")"
sign_with rsa2048 rsa2048
sign_with p256 nistp256
must_have_prompted 1

must timeout 60 gpgconf --kill gpg-agent
configure
export PKCS11H_INIT_ARGS_RESERVED="$arguments"
must gpg -u nss-p256@example.org --output "$lab/again.sig" \
    --detach-sign "$lab/text"
must gpg --verify "$lab/again.sig" "$lab/text"
must_have_prompted 2
