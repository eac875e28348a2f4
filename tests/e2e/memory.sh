#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# READKEY, LEARN or PKSIGN, thousands of times: the daemon's memory stays as it
# was after a few.
#
#   memory.sh readkey|learn|pksign
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

pin='e2e-pin-memory'
[ -r "/proc/$$/status" ] || skip 'there is no /proc'
lab_open memory
lab_token 'Memory token' "$pin" rsa2048:01:one:cert p256:02:two:cert \
    ed25519:03:three
lab_short_home
printf '%s\n' "log-file $logs/daemon" 'providers softhsm' \
    "provider-softhsm-library $MODULE" >"$lab/home/gnupg-pkcs11-scd.conf"

# As often as is promised, and more often where one lost allocation has to be
# seen among what else a heap does.
if grep -q __asan_init "$E2E_DAEMON"; then
    export MEMORY_ONLY_LEAKS=1
    rounds() { echo "$1"; }
else
    rounds() { echo "$2"; }
fi

# memory FEW ROUNDS COMMAND...: all of them in each round.
memory() {
    python3 "$e2e/memory.py" "$E2E_DAEMON" "$GNUPGHOME" "$pin" "$@" ||
        fail 'the memory grows'
}

# Not of the Edwards key: SoftHSM loses memory with each of its signatures.
data=BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD
case $1 in
readkey)
    memory 20 "$(rounds 1000 4000)" 'READKEY P15.01'
    memory 20 "$(rounds 1000 4000)" 'READKEY --format=ssh P15.02' \
        'READKEY --advanced P15.03' 'READKEY --info-only P15.01'
    ;;
learn)
    memory 20 "$(rounds 300 4000)" LEARN
    # Where all objects are read anew, the holes in the heap are of many
    # sizes: it is some pages larger until each has found its place.
    memory "$(rounds 20 4000)" "$(rounds 300 6000)" 'LEARN --force'
    ;;
pksign)
    memory 20 "$(rounds 300 4000)" "SETDATA $data" 'PKSIGN --hash=sha256 P15.01'
    memory 20 "$(rounds 300 4000)" "SETDATA $data" 'PKSIGN --hash=sha256 P15.02'
    ;;
esac
lab_sanitizers || fail 'a sanitizer complained'
echo "memory: ok"
