#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# --edit-key, addkey: keys of the token become subkeys, in dialogue.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_generate.sh
. "$e2e/lib_generate.sh"

# Those on curves sign or decrypt, as their CKA_SIGN and CKA_DERIVE say.
lab_open gpg_addkey
lab_token 'Subkey token' 'e2e-pin-sub' p256:01:primary rsa2048:02:rsa:usage=d \
    p256:03:p256:usage=d p384:04:p384:usage=d p521:05:p521:usage=d \
    bp256:06:bp256:usage=d bp384:07:bp384:usage=d k256:08:k256:usage=d \
    x25519:09:x25519 ed25519:0A:ed25519 rsa2048:0B:signer:usage=s \
    p521:0C:p521 rsa2048:0D:other-rsa:usage=d p256:0E:other-p256:usage=d \
    x25519:0F:other-x25519 rsa2048:10:other-signer:usage=s
lab_home
lab_learn
lab_secret 'koalas under a key'
echo 'Nine koalas under a key.' >"$lab/text"
openpgp_key owner p256:01 -
openpgp_key other - -
must_have_prompted 1

# The fingerprint of the subkey of NAME that is the key ID.
subkey() {
    keys_of "$1" | awk -v grip="$(grip_of "$2")" '$3 == grip { print $2 }'
}

# NAME HOW ID USAGE ACTIONS [WITHOUT]
add_one() {
    add_key "$2" "$3" "$1" "$5" "${6:-}"
    [ "$talk_rc" -eq 0 ] || fail "exit status $talk_rc: $(cat "$lab/said")"
    must_have_key "$1" ssb "$3" "$4"
    case $4 in
    e) must_decrypt "$1" "$(subkey "$1" "$3")!" ;;
    *) must_sign "$1" "$(subkey "$1" "$3")!" ;;
    esac
}

# From the card, under a primary key of the card.
add_one owner 14 02 e Encrypt
add_one owner 14 03 e Encrypt
add_one owner 14 04 e Encrypt
add_one owner 14 05 e Encrypt
add_one owner 14 06 e Encrypt
add_one owner 14 07 e Encrypt
add_one owner 14 08 e Encrypt
add_one owner 14 09 e Encrypt
add_one owner 14 0B sa 'Sign Authenticate'
add_one owner 14 0C sa 'Sign Authenticate'

# By keygrip, under a primary key on disk.  Not those from above: a key that was
# made a subkey twice in one second has one fingerprint and two owners.
add_one other 13 0D e 'Sign Encrypt Authenticate' S
add_one other 13 0E e Encrypt
add_one other 13 0F e Encrypt
add_one other 13 0A s 'Sign Authenticate'
add_one other 13 10 s 'Sign Encrypt Authenticate' E
must_have_prompted 1

# A key that only decrypts does not become one that signs.
add_key 13 04 other Encrypt
must_have_key other ssb 04 e
before=$(keys_of owner)
talk --expert --edit-key owner@example.org <<DIALOGUE
< gpg>
> addkey
< Your selection?
> 13
< Enter the keygrip:
> 0123456789012345678901234567890123456789
< No key with this keygrip
< Enter the keygrip:
> $(grip_of 0B)
~ Possible actions for (?:a|this) RSA key: Sign Encrypt Authenticate ?\\n
< Your selection?
> Q
< Key is valid for? (0)
> 0
< Is this correct? (y/N)
> y
< Really create? (y/N)
> n
< gpg>
> quit
DIALOGUE
[ "$(keys_of owner)" = "$before" ] || fail 'a key that was not wanted'
