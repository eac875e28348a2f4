#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The demo: keys of a throw-away token sign and decrypt for the real gpg.
#
#   demo.sh BUILD-FOLDER
#
# Shows each command as a person would type it, and what came of it.
set -eu

build=$(CDPATH='' cd -- "$1" && pwd -P)
E2E_DAEMON=${E2E_DAEMON:-$build/src/gnupg-pkcs11-scd}
E2E_KEYMAKER=${E2E_KEYMAKER:-$build/tests/token/keymaker}
E2E_WORK=$build
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ] && [ -z "${NO_COLOR:-}" ]; then
    strong=$(printf '\033[1m') plain=$(printf '\033[0m')
else
    strong='' plain=''
fi

say() {
    printf '%s\n' "$@"
}

title() {
    printf '\n%s%s%s\n' "$strong" "$*" "$plain"
}

# A command as it is typed: words with anything special in them are quoted.
typed() {
    for typed_word in "$@"; do
        case $typed_word in
        *[!A-Za-z0-9_.,:@/+=-]*) printf " '%s'" "$typed_word" ;;
        *) printf ' %s' "$typed_word" ;;
        esac
    done
}

# Show a command, run it in the folder of messages, show the lines of its
# output that the awk condition $1 picks.
show() {
    show_lines=$1
    shift
    printf '  %s$%s%s\n' "$strong" "$(typed "$@")" "$plain"
    show_rc=0
    (cd "$messages" && timeout --foreground 120 "$@") >"$lab/output" 2>&1 || show_rc=$?
    cat "$lab/output" >>"$logs/gpg.log"
    awk "$show_lines"' { print "    " $0 }' "$lab/output"
    [ "$show_rc" -eq 0 ] && return 0
    sed 's/^/    /' "$lab/output"
    echo "    (exit status $show_rc)"
    return 1
}

# The same as part of a key's test: a failure is for the table at the end.
try() {
    show "$@" || verdict=FAILED
}

# Name of a key's owner, what signs, what decrypts, what a person calls them.
owners() {
    cat <<'LIST'
rita rsa3072:01 rsa3072:02 RSA-3072 RSA-3072
paul p256:03 p256:04 P-256 P-256
edda ed25519:05 x25519:06 Ed25519 X25519
LIST
}

make_keys() {
    title '3. OpenPGP keys around the keys of the token'
    say 'A parameter file names the keygrips. The private keys stay where' \
        'they are; the first signature needs the PIN:'
    owners >"$lab/owners"
    while read -r owner signer decrypter _; do
        openpgp_parameters "$owner" "$signer" "$decrypter"
        mv "$lab/$owner.parameters" "$messages/$owner.parameters"
        if [ "$owner" = rita ]; then
            sed 's/^/    | /' "$messages/$owner.parameters"
        fi
        show '/revocation/ && 0' gpg --generate-key "$owner.parameters" ||
            fail "no key for $owner"
        if [ "$owner" = rita ]; then
            say '' 'What the user saw, once for all that follows:'
            prompt_text 1 | sed 's/^SETDESC: //; /^SETPROMPT: /d; s/^/    | /'
            say ''
        fi
    done <"$lab/owners"
    show '/^(sec|ssb|uid)/' gpg --list-secret-keys
    say 'The ">" says: the private half is on a card.'
}

sign_and_decrypt() {
    title '4. Signing and decrypting'
    while read -r owner _ _ signs decrypts; do
        say "$owner signs with $signs:"
        verdict=ok
        try 0 gpg -u "$owner" --output "$owner.sig" --detach-sign letter
        try '/Good signature/' gpg --verify "$owner.sig" letter
        printf '%s|%s|signs|%s\n' "$owner" "$signs" "$verdict" >>"$lab/table"
        say "Somebody writes to $owner, who decrypts with $decrypts:"
        verdict=ok
        try 0 gpg --recipient "$owner" --output "$owner.gpg" \
            --encrypt letter
        try '/encrypted with/' gpg --output "$owner.txt" \
            --decrypt "$owner.gpg"
        try 0 cmp letter "$owner.txt"
        printf '%s|%s|decrypts|%s\n' "$owner" "$decrypts" "$verdict" \
            >>"$lab/table"
    done <"$lab/owners"
}

summary() {
    title 'Summary'
    awk -F'|' '{ printf "  %-6s %-10s %-9s %s\n", $1, $2, $3, $4 }' \
        "$lab/table"
    say "  PIN prompts: $(prompts)"
    n_results=$(wc -l <"$lab/table")
    n_failed=$(grep -c 'FAILED$' "$lab/table" || :)
    say "$((n_results - n_failed)) passed, $n_failed failed"
    [ "$n_failed" -eq 0 ]
}

lab_open demo
messages=$lab/messages
mkdir "$messages"
title 'gnupg-pkcs11-scd: keys of a PKCS#11 token for GnuPG'
say 'Everything below happens in a folder that is removed at the end; your own' \
    'keys, GnuPG home and agent are not touched.'

title '1. A token'
say 'SoftHSM plays the token: six keys, a certificate for only one of them.'
lab_token 'Demo token' 'demo-pin-123456' rsa3072:01:rita-sign:cert \
    rsa3072:02:rita-decrypt p256:03:paul-sign p256:04:paul-decrypt \
    ed25519:05:edda-sign x25519:06:edda-decrypt
lab_home
say 'Two files tell GnuPG about it (in the GnuPG home, usually ~/.gnupg):'
sed -n 's/^/    gpg-agent.conf          | /
    /scdaemon-program/p' "$GNUPGHOME/gpg-agent.conf"
sed -n 's/^/    gnupg-pkcs11-scd.conf   | /
    /provider/p' "$GNUPGHOME/gnupg-pkcs11-scd.conf"

title '2. GnuPG meets the token'
show '/^(Reader|Application|Serial)/' gpg --card-status ||
    fail 'no card'
say 'Which keys are there? Keygrip, reference, usage of each:'
show '/KEYPAIRINFO/' gpg-connect-agent 'SCD LEARN --force' /bye ||
    fail 'no keys'
sed -n 's/^S KEYPAIRINFO //p' "$lab/output" >"$lab/keys"

make_keys
echo 'Meet me where the river bends.' >"$messages/letter"
lab_secret 'where the river bends'
sign_and_decrypt
must_have_prompted 1
summary
