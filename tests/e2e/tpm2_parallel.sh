#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# tpm2-pkcs11 is not safe with several calls at a time: eight clients that sign,
# and give sessions back meanwhile, do not notice.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_tpm2.sh
. "$(dirname -- "$0")/lib_tpm2.sh"

pin='e2e-pin-tpm2'
n_clients=8
n_rounds=20

lab_open tpm2_parallel
tpm2_token 'Busy TPM' "$pin" rsa2048:rs:rsa ecc256:ec:ec
tpm2_home
lab_list
must card_command CHECKPIN
must_have_prompted 1

digest=$(printf '%064d' 0)
# Every client has keys in another order; every second use is one that fails,
# which costs a session.
client() {
    round=0
    while [ "$round" -lt "$n_rounds" ]; do
        round=$((round + 1))
        case $(((round + $1) % 4)) in
        0) printf 'SCD SETDATA %s\nSCD PKSIGN --hash=sha256 P15.7273\n' "$digest" ;;
        1) printf 'SCD SETDATA %s\nSCD PKSIGN --hash=sha256 P15.6563\n' "$digest" ;;
        *) printf 'SCD SETDATA %0512d\nSCD PKDECRYPT P15.7273\n' 1 ;;
        esac
    done | timeout 120 gpg-connect-agent >"$lab/client.$1" 2>&1
}

clients=
number=0
while [ "$number" -lt "$n_clients" ]; do
    number=$((number + 1))
    client "$number" &
    clients="$clients $!"
done
# shellcheck disable=SC2086 # process ids
wait $clients

# Half of the uses are signatures, all of them good; the others all fail, as
# they should.
cat "$lab"/client.* >"$lab/answers"
n_uses=$((n_clients * n_rounds / 2))
[ "$(grep -ac '^D ' "$lab/answers")" -eq "$n_uses" ] ||
    fail "not $n_uses signatures: $(grep -a ^ERR "$lab/answers" | sort | uniq -c)"
[ "$(grep -ac '^ERR .*Decryption failed' "$lab/answers")" -eq "$n_uses" ] ||
    fail "not $n_uses errors: $(grep -a ^ERR "$lab/answers" | sort | uniq -c)"
must_have_prompted 1
grep -q 'its calls are serialised' "$logs/daemon.log" || fail 'not serialised'
