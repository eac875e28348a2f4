#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Can keymaker make every kind of key, and are they what was asked for?
#   test-keymaker.sh MAKE_TOKEN KEYMAKER
set -eu

dir=$(mktemp -d "${TMPDIR:-/tmp}/test-keymaker.XXXXXX")
trap 'rm -rf "$dir"' EXIT
make_token=$1 keymaker=$2
LSAN_OPTIONS=suppressions=$(dirname -- "$0")/lsan.supp:print_suppressions=0
export LSAN_OPTIONS

fail() {
    echo "test-keymaker.sh: $1" >&2
    exit 1
}

# expect TEXT: the list of objects has it as a line.
expect() {
    printf '%s\n' "$list" | grep -Fqx "$1" || fail "no '$1' in:
$list"
}
expect_not() {
    ! printf '%s\n' "$list" | grep -Fqx "$1" || fail "there is '$1' in:
$list"
}

# A public key from the token is the one openssl has in mind.
expect_key() {
    "$keymaker" "$MODULE" pubkey 'tok one' 123456 "$1" >"$dir/key.der"
    openssl pkey -pubin -inform DER -in "$dir/key.der" -noout -text |
        grep -Fq "$2" || fail "key $1 is not $2"
}

# Exit status 1 and a message for what cannot be done, 2 for a wrong call.
expect_status() {
    expected=$1
    shift
    status=0
    "$keymaker" "$@" >/dev/null 2>"$dir/message" || status=$?
    [ "$status" = "$expected" ] || fail "status $status of keymaker $*"
    [ -s "$dir/message" ] || fail "no message from keymaker $*"
}

vars=$("$make_token" "$dir" "$keymaker" 'tok one' 123456 \
    rsa1024:01:r1 rsa2048:02:r2:cert p256:03:p256:usage=s,cert \
    p384:04:p384:usage=d p521:05:p521 bp256:06:bp256 bp384:07:bp384 \
    bp512:08:bp512 k256:09:k256 ed25519:0a:ed ed25519:0b:edoid:oid,cert \
    x25519:0c:x x25519:0d:xoid:oid rsa1024:0e:np:nopub,cert \
    rsa1024:0f:aa:aa rsa1024:10:noid:noid,cert)
eval "$vars"
export SOFTHSM2_CONF

list=$("$keymaker" "$MODULE" list 'tok one' 123456)
expect "pub type 0x0 id 01 label 'r1'"
expect "priv type 0x0 id 01 label 'r1' sign decrypt unwrap"
expect "priv type 0x3 id 03 label 'p256' sign"
expect "priv type 0x3 id 04 label 'p384' derive"
expect "priv type 0x3 id 05 label 'p521' sign derive"
expect "priv type 0x40 id 0A label 'ed' sign"
expect "priv type 0x40 id 0C label 'x' derive"
expect "pub type 0x40 name id 0A label 'ed'"
expect "pub type 0x40 oid id 0B label 'edoid'"
expect "pub type 0x40 name id 0C label 'x'"
expect "pub type 0x40 oid id 0D label 'xoid'"
expect "cert id 02 label 'r2'"
expect "cert id 0B label 'edoid'"
expect "priv type 0x0 id 0E label 'np' sign decrypt unwrap"
expect "cert id 0E label 'np'"
expect_not "pub type 0x0 id 0E label 'np'"
expect "priv type 0x0 id 0F label 'aa' sign decrypt unwrap""\
 always-authenticate"
expect "priv type 0x0 id  label 'noid' sign decrypt unwrap"
expect "cert id  label 'noid'"
list=$("$keymaker" "$MODULE" list 'tok one')
expect "pub type 0x0 id 01 label 'r1'"
case $list in *priv*) fail "private keys without PIN" ;; esac

expect_key 01 '(1024 bit)'
expect_key 02 '(2048 bit)'
expect_key 03 prime256v1
expect_key 04 secp384r1
expect_key 05 secp521r1
expect_key 06 brainpoolP256r1
expect_key 07 brainpoolP384r1
expect_key 08 brainpoolP512r1
expect_key 09 secp256k1
expect_key 0a ED25519
expect_key 0b ED25519
expect_key 0c X25519
expect_key 0d X25519
expect_key 0e '(1024 bit)'

# A key made elsewhere.
openssl genrsa -traditional -out "$dir/rsa.pem" 1024 2>"$dir/message" ||
    fail "openssl makes no key: $(cat "$dir/message")"
openssl rsa -traditional -in "$dir/rsa.pem" -outform DER -out "$dir/rsa.der" \
    2>"$dir/message" || fail "openssl: $(cat "$dir/message")"
"$keymaker" "$MODULE" import 'tok one' 123456 20 imported "$dir/rsa.der"
expect_key 20 '(1024 bit)'
list=$("$keymaker" "$MODULE" list 'tok one' 123456)
expect "priv type 0x0 id 20 label 'imported' sign decrypt unwrap"
openssl rsa -in "$dir/rsa.pem" -pubout -outform DER -out "$dir/rsa.pub" \
    2>"$dir/message" || fail "openssl: $(cat "$dir/message")"
cmp "$dir/rsa.pub" "$dir/key.der" || fail "another key was imported"
expect_status 1 "$MODULE" import 'tok one' 123456 21 x "$dir/rsa.pem"
expect_status 1 "$MODULE" import 'tok one' 123456 21 x "$dir/absent"

"$make_token" "$dir" "$keymaker" second 4321 p256:01:x >/dev/null
"$keymaker" "$MODULE" delete second 4321 01 pub
list=$("$keymaker" "$MODULE" list second 4321)
[ "$list" = "priv type 0x3 id 01 label 'x' sign derive" ] ||
    fail "delete left: $list"

expect_status 1 "$MODULE" list nosuchtoken
expect_status 1 "$MODULE" list second 999999
expect_status 1 "$MODULE" delete second 4321 01 pub
expect_status 1 "$MODULE" pubkey second 4321 99
expect_status 1 "$dir/absent.so" list second
expect_status 2 "$MODULE" gen second 4321 rsa77 01 x
expect_status 2 "$MODULE" gen second 4321 p256 0 x
expect_status 2 "$MODULE" gen second 4321 p256 01 x unknown
expect_status 2 "$MODULE" nonsense
expect_status 2
