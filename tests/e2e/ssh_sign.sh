#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Signatures of files and commits in ssh's format, with token keys.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_ssh.sh
. "$(dirname -- "$0")/lib_ssh.sh"

token='Signing token' pin='e2e-pin-ssh-sign'

ssh_open ssh_sign
lab_token "$token" "$pin" rsa2048:01:rsa p256:02:p256 p384:03:p384 \
    p521:04:p521 ed25519:05:ed25519
ssh_home
lab_learn
gpg_since 2.4 || ssh_control 02 03 04 05
ssh_public 01 rsa
ssh_public 02 p256
ssh_public 03 p384
ssh_public 04 p521
ssh_public 05 ed25519
for id in 01 02 03 04 05; do
    echo "key-$id@example.org $(cat "$lab/ssh/$id.pub")"
done >"$lab/ssh/allowed_signers"

# Is $1 signed by the key $2?
verified() {
    ssh-keygen -Y verify -n file -f "$lab/ssh/allowed_signers" \
        -I "key-$2@example.org" -s "$lab/ssh/$2.sig" <"$1" \
        >>"$logs/ssh.log" 2>&1
}

echo 'The aardvark signs.' >"$lab/text"
echo 'The aardvark did not sign.' >"$lab/other"
for id in 01 02 03 04 05; do
    must ssh-keygen -Y sign -n file -f "$lab/ssh/$id.pub" "$lab/text"
    mv "$lab/text.sig" "$lab/ssh/$id.sig"
    verified "$lab/text" "$id" || fail "bad: $(tail "$logs/ssh.log")"
    ! verified "$lab/other" "$id" || fail 'it is good for another text too'
done
must_have_prompted 1

command -v git >/dev/null || exit 0

# git signs with the agent's key if it is given a public one.
GIT_CONFIG_GLOBAL=$lab/gitconfig GIT_CONFIG_NOSYSTEM=1 GIT_DIR=$lab/repository
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_DIR
unset GIT_WORK_TREE GIT_INDEX_FILE
cat >"$GIT_CONFIG_GLOBAL" <<CONF
[user]
    name = key-02
    email = key-02@example.org
    signingkey = $lab/ssh/02.pub
[gpg]
    format = ssh
[gpg "ssh"]
    allowedSignersFile = $lab/ssh/allowed_signers
CONF
must git init --quiet --bare "$GIT_DIR"
tree=$(git hash-object -t tree -w --stdin </dev/null)
commit=$(echo 'Dig' | git commit-tree -S "$tree" 2>>"$logs/gpg.log") ||
    fail 'git makes no signed commit'
git verify-commit "$commit" >"$lab/verified" 2>&1 ||
    fail "bad commit: $(cat "$lab/verified")"
grep -q 'Good "git" signature for key-02@example.org' "$lab/verified" ||
    fail "whose commit? $(cat "$lab/verified")"
must_have_prompted 1
