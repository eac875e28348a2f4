#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Fifty messages to a key of the type named are all decrypted, with one PIN.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

type=$1
pin='e2e-pin-decrypt'
n_messages=50

lab_open "decrypt-$type"
lab_token 'Decrypting token' "$pin" "$type:0A:decrypting"
lab_home
lab_learn
openpgp_key reader - "$type:0A"

# Different lengths and contents, so that numbers of all shapes come up.
mkdir "$lab/in" "$lab/out"
i=0
while [ "$i" -lt "$n_messages" ]; do
    i=$((i + 1))
    {
        echo "Message $i of the wombat post."
        head -c $((i * 7)) /dev/urandom
    } >"$lab/in/$i"
done
lab_secret 'of the wombat post'
must gpg --recipient reader@example.org --multifile --encrypt "$lab"/in/*
mv "$lab"/in/*.gpg "$lab/out"
must_have_prompted 0

must gpg --multifile --decrypt "$lab"/out/*.gpg
for message in "$lab"/in/*; do
    cmp "$message" "$lab/out/${message##*/}" ||
        fail "message ${message##*/} is not what was sent"
done
must_have_prompted 1

# The session key is what the daemon had in its hands (RSA), or made from it.
gpg --show-session-key --output "$lab/again" --decrypt "$lab/out/1.gpg" \
    2>"$lab/session" || fail "cannot decrypt again: $(cat "$lab/session")"
session_key=$(sed -n "s/.*session key: '[0-9]*:\\([0-9A-F]*\\)'.*/\\1/p" \
    "$lab/session")
[ ${#session_key} -ge 32 ] || fail "no session key: $(cat "$lab/session")"
lab_secret "hex:$session_key"
cmp "$lab/in/1" "$lab/again" || fail 'the second time is different'

# To a recipient who is not named.
must gpg --hidden-recipient reader@example.org --output "$lab/hidden.gpg" \
    --encrypt "$lab/in/2"
must gpg --output "$lab/hidden" --decrypt "$lab/hidden.gpg"
cmp "$lab/in/2" "$lab/hidden" || fail 'the hidden message is different'
must_have_prompted 1

# A damaged message is an error and nothing else.
size=$(wc -c <"$lab/out/3.gpg")
byte=$(tail -c 5 "$lab/out/3.gpg" | head -c 1 | od -An -tu1)
{
    head -c $((size - 5)) "$lab/out/3.gpg"
    # shellcheck disable=SC2059 # the format is the byte, turned over
    printf "\\$(printf '%03o' $((255 - byte)))"
    tail -c 4 "$lab/out/3.gpg"
} >"$lab/damaged.gpg"
[ "$(wc -c <"$lab/damaged.gpg")" -eq "$size" ] || fail 'damaged too much'
refuse gpg --output "$lab/damaged" --decrypt "$lab/damaged.gpg"
must gpg --output "$lab/last" --decrypt "$lab/out/4.gpg"
cmp "$lab/in/4" "$lab/last" || fail 'the last message is different'
must_have_prompted 1
