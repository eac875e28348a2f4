#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ssh with token keys, into an sshd of the test's own.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_ssh.sh
. "$(dirname -- "$0")/lib_ssh.sh"

token='Login token' pin='e2e-pin-login'

ssh_open ssh_login
lab_token "$token" "$pin" rsa2048:01:rsa p256:02:p256 p384:03:p384 \
    p521:04:p521 ed25519:05:ed25519 rsa2048:06:other
ssh_home
ssh_server
lab_learn
gpg_since 2.4 || ssh_control 02 03 04 05 06
ssh_public 01 rsa
ssh_public 02 p256
ssh_public 03 p384
ssh_public 04 p521
ssh_public 05 ed25519
ssh_public 06 rsa

# ID ALGORITHM: the other side accepts this key with this kind of signature.
must_log_in() {
    ssh_login "$1" -o "PubkeyAcceptedAlgorithms=$2" ||
        fail "no login with $2: $(grep -v '^debug' "$logs/ssh.log")"
    grep -q "signing using $2 " "$logs/ssh.log" || fail "it was not $2"
}

ssh_authorize 01 02 03 04 05
must_log_in 01 rsa-sha2-256
must_log_in 01 rsa-sha2-512
must_log_in 02 ecdsa-sha2-nistp256
must_log_in 03 ecdsa-sha2-nistp384
must_log_in 04 ecdsa-sha2-nistp521
must_log_in 05 ssh-ed25519
must_have_prompted 1
prompt_text 1 | grep -q "$token" || fail 'the dialog does not name the token'

# Not with a key that is not known there.
ssh_authorize 06
! ssh_login 01 || fail 'logged in with another key'
grep -q 'Permission denied' "$logs/ssh.log" || fail 'no login, but why?'
must_log_in 06 rsa-sha2-512
must_have_prompted 1

# A person who does not type the PIN does not get in, and gets in afterwards.
lab_new_daemon
lab_pins CANCEL
! ssh_login 06 || fail 'logged in without a PIN'
must_have_prompted 2
lab_pins "$pin"
must_log_in 06 rsa-sha2-256
must_have_prompted 3
