#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What the manual of gnupg-pkcs11-scd 0.10 tells gpg's users to do, step by step,
# for gpg 2.0 (a card of three keys) and for later ones (keys by keygrip).
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

lab_open manual_recipes
lab_token 'Recipe token' 'e2e-pin-recipe' rsa2048:01:signer:cert \
    rsa2048:02:reader:cert rsa2048:03:comer:cert
lab_home
echo 'Seven numbats by the book.' >"$lab/text"
lab_secret 'numbats by the book'

# --- "Acquire key ids" ------------------------------------------------------

# The first word behind KEY-FRIEDNLY is the keygrip, then comes the subject.
# Nothing has been done before this: neither gpg --card-status nor a PIN.
printf 'SCD LEARN\nBYE\n' |
    timeout 60 gpg-agent --server gpg-connect-agent >"$lab/learnt" \
        2>>"$logs/gpg.log" || fail 'gpg-agent --server does not end well'
friendly() {
    sed -n "s|^S KEY-FRIEDNLY \\([0-9A-F]\\{40\\}\\) .*/CN=$1 on Recipe token\$|\\1|p" \
        "$lab/learnt"
}
sign=$(friendly signer) encr=$(friendly reader) auth=$(friendly comer)
for grip in "$sign" "$encr" "$auth"; do
    [ ${#grip} -eq 40 ] || fail "not three keys: $(cat "$lab/learnt")"
done
must_have_prompted 0

# --- For gpg 2.1.19 and later -------------------------------------------------

must gpg --card-status
lab_list
[ "$(grip_of 01) $(grip_of 02)" = "$sign $encr" ] || fail 'other keys'
full_generate 13 01 late 'Sign Certify Encrypt Authenticate' E
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
add_key 13 02 late 'Sign Encrypt Authenticate' S
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_key late sec 01 sc
must_have_key late ssb 02 e
must_sign late
must_decrypt late
must_have_prompted 1
remove() {
    must gpg --delete-secret-and-public-key "$(fingerprint_of "$1@example.org")"
    # gpg would ask about it, should it make the same key of the same second.
    rm -rf "$lab/home/openpgp-revocs.d"
}
remove late

# --- For gpg 2.0: the keys become a card ---------------------------------------

configure() {
    printf '%s\n' "$@" >>"$lab/home/gnupg-pkcs11-scd.conf"
    lab_end_processes || fail 'agent or daemon does not end'
}
configure "openpgp-sign $sign" "openpgp-encr $encr" "openpgp-auth $auth"
must gpg --card-status
talk --card-edit <<DIALOGUE
< gpg/card>
> admin
< gpg/card>
> generate
< Key is valid for? (0)
> 0
< Is this correct? (y/N)
> y
$(say_user card o)
< gpg/card>
> quit
DIALOGUE
[ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
must_have_prompted 2

# NAME's keys are those of the card, and they work.  (GnuPG 2.4 leaves a stub
# that it has under the number of before.)
must_be_the_card() {
    keys_of "$1" >"$lab/list"
    for grip in "$sign" "$encr" "$auth"; do
        grep -Eq " $grip [scea]+ (D2760001240111503131|FF500B00)[0-9A-F]+\$" \
            "$lab/list" || fail "$1 has not $grip: $(cat "$lab/list")"
    done
    must_sign "$1"
    must_decrypt "$1"
}
must_be_the_card card
must_have_prompted 2

# "Reattach": the secret keys are removed, and found again by what "generate"
# does before it asks; with "n" nothing is made.
card=$(fingerprint_of card@example.org)
configure "openpgp-sign-fpr $card"
must gpg --delete-secret-keys "$card"
# (Later versions look for keys on the card without a stub, too.)
gpg_since 2.3 || [ -z "$(keys_of card)" ] || fail "still there: $(keys_of card)"
talk --card-edit <<DIALOGUE
< gpg/card>
> admin
< gpg/card>
> generate
< Replace existing keys? (y/N)
> n
< gpg/card>
> quit
DIALOGUE
[ "$(fingerprint_of card@example.org)" = "$card" ] || fail 'another key'
must_be_the_card card
must_have_prompted 3
remove card
sed -i '/^openpgp-sign-fpr/d' "$lab/home/gnupg-pkcs11-scd.conf"
configure '# none'

# "Add the existing keys as subkeys on an existing GPG master key."
must gpg --passphrase '' --pinentry-mode loopback \
    --quick-generate-key master@example.org ed25519 cert never
for number in 1 2 3; do
    talk --edit-key master@example.org <<DIALOGUE
< gpg>
> addcardkey
< Your selection?
> $number
< Key is valid for? (0)
> 0
< Is this correct? (y/N)
> y
< Really create? (y/N)
> y
< gpg>
> save
DIALOGUE
    [ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
done
must_be_the_card master
[ "$(keys_of master | awk '{ printf "%s:%s ", $1, $4 }')" = \
    'sec:c ssb:s ssb:e ssb:a ' ] || fail "other keys: $(keys_of master)"
