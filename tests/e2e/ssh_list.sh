#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ssh-add -L: the keys of all tokens that ssh can use, without a PIN.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_ssh.sh
. "$(dirname -- "$0")/lib_ssh.sh"

pin='e2e-pin-list'

ssh_open ssh_list

# A token whose first keys are none for ssh, and one more token.
lab_token 'Mixed token' "$pin" bp256:01:pool x25519:02:curve p256:03:first \
    rsa2048:04:reader:usage=d rsa2048:05:second ed25519:06:third
lab_token 'Plain token' "$pin" p384:11:plain p521:12:last
ssh_home
token='Mixed token'
ssh_public 03 p256
ssh_public 05 rsa
ssh_public 06 ed25519
token='Plain token'
ssh_public 11 p384
ssh_public 12 p521

# Nothing else has made the agent meet the tokens.
if gpg_since 2.4; then
    must_offer 03 05 06 11 12
else
    must_offer 03 11
fi

# ID LABEL NAME: the comment says on which token the key is, and to those who
# are shown several keys of it, which one it is.
must_have_comment() {
    comment=$(grep -F "$(cat "$lab/ssh/$1.pub")" "$lab/ssh/listing" |
        cut -d ' ' -f 3-)
    if gpg_since 2.4; then
        wanted="$(echo "$2" | tr ' ' _).*$3"
    else
        wanted=$2
    fi
    echo "$comment" | grep -q "^cardno:.*$wanted" ||
        fail "the comment does not name the key: $comment"
}

must_have_comment 03 'Mixed token' first
must_have_comment 11 'Plain token' plain
if gpg_since 2.4; then
    must_have_comment 05 'Mixed token' second
    must_have_comment 06 'Mixed token' third
    must_have_comment 12 'Plain token' last
fi

must_offer_the_same() {
    cp "$lab/ssh/offered" "$lab/ssh/before"
    ssh-add -L | cut -d ' ' -f 1,2 | sort >"$lab/ssh/offered"
    cmp -s "$lab/ssh/before" "$lab/ssh/offered" ||
        fail "another listing: $(cat "$lab/ssh/offered")"
}
must_offer_the_same
must gpg --card-status all
must_offer_the_same
lab_new_daemon
must_offer_the_same

# The keys that GnuPG 2.2 leaves out are there for who names them; the newer
# ones list no key twice that is named.
card_command 'KEYINFO --list' |
    awk '$2 == "KEYINFO" { print $3, $6 }' >"$lab/keys"
ssh_control 05 06 12
must_offer 03 05 06 11 12

# The keys of both tokens sign, each with its own token's PIN.
echo 'The aardvark speaks.' >"$lab/text"
for id in 05 12; do
    must ssh-keygen -Y sign -n file -f "$lab/ssh/$id.pub" "$lab/text"
    mv "$lab/text.sig" "$lab/$id.sig"
done
must_have_prompted 2
prompt_text 1 | grep -q 'Mixed token' || fail 'the first PIN is for another'
prompt_text 2 | grep -q 'Plain token' || fail 'the second PIN is for another'
must_offer 03 05 06 11 12
