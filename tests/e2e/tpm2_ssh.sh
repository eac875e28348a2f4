#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ssh with keys in a TPM.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_ssh.sh
. "$(dirname -- "$0")/lib_ssh.sh"
# shellcheck source=tests/e2e/lib_tpm2.sh
. "$(dirname -- "$0")/lib_tpm2.sh"

token='TPM to log in' pin='e2e-pin-tpm2'

ssh_open tpm2_ssh
tpm2_token "$token" "$pin" rsa2048:rs:rsa ecc256:ec:ec
ssh_home
tpm2_provider
ssh_server
lab_learn
gpg_since 2.4 || ssh_control 7273
ssh_public 7273 rsa
ssh_public 6563 p256
must_offer 7273 6563
must_have_prompted 0

ssh_authorize 7273 6563
for login in 7273:rsa-sha2-256 7273:rsa-sha2-512 6563:ecdsa-sha2-nistp256; do
    ssh_login "${login%:*}" -o "PubkeyAcceptedAlgorithms=${login#*:}" ||
        fail "no login with $login: $(grep -v '^debug' "$logs/ssh.log")"
    grep -q "signing using ${login#*:} " "$logs/ssh.log" ||
        fail "it was not ${login#*:}"
done
must_have_prompted 1
