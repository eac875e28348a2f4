#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What verifying signatures costs, measured with a throw-away token:
#   bench/run.sh BUILD [ROUNDS]
# The numbers also go to BUILD/bench.tsv, as bench.c describes them.
set -eu

fail() {
    echo "bench: $1" >&2
    exit "${2:-1}"
}

[ $# -ge 1 ] || fail 'usage: bench/run.sh BUILD [ROUNDS]' 2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
build=$(CDPATH='' cd -- "$1" && pwd)
rounds=${2:-300}
dir=$(mktemp -d "${TMPDIR:-/tmp}/bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
pin=123456

# The table's rows: name, type for keymaker.
set --
keys=
id=1
for name in rsa2048 rsa3072 p256 p384 ed25519; do
    keys="$keys $name:0$id:$name"
    set -- "$@" "$name=P15.0$id"
    id=$((id + 1))
done
# shellcheck disable=SC2086 # a list of keys
vars=$("$here/../tests/token/make-token.sh" "$dir/token" \
    "$build/tests/token/keymaker" bench "$pin" $keys) ||
    fail 'there is no token to measure with' "$?"
eval "$vars"
export SOFTHSM2_CONF

for home in on off; do
    mkdir -m 700 "$dir/$home"
    {
        printf '%s\n' 'providers softhsm' \
            "provider-softhsm-library $MODULE" "log-file $dir/$home/log"
        [ "$home" = on ] || echo no-verify-signatures
    } >"$dir/$home/gnupg-pkcs11-scd.conf"
done

"$build/bench/bench" "$build/src/gnupg-pkcs11-scd" "$dir/on" "$dir/off" \
    "$pin" "$rounds" "$@" >"$dir/tsv" ||
    { cat "$dir"/*/log >&2; fail 'the measurement failed'; }
cp "$dir/tsv" "$build/bench.tsv"

echo "PKSIGN, $rounds signatures of each kind, in microseconds"
awk -F '\t' '
    BEGIN { print "                     median                   |" \
                  "       shortest"
            f = "%-8s %9s %12s %6s %6s | %9s %12s %6s\n"
            printf f, "key", "verified", "not verified", "ratio", "extra",
                "verified", "not verified", "ratio" }
    { printf "%-8s %9.0f %12.0f %6.2f %6.0f | %9.0f %12.0f %6.2f\n",
        $1, $3, $4, $5, $6, $7, $8, $7 / $8 }
' "$dir/tsv"
echo "The same for programs: $build/bench.tsv"
