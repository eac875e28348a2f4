#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# git signs commits and tags with keys of the token, and verifies them.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

lab_open gpg_git
command -v git >/dev/null || skip 'no git'
lab_token 'Token of a committer' 'e2e-pin-git' rsa2048:01:rsa:usage=s \
    ed25519:02:ed25519 p384:03:p384:usage=s
lab_home
lab_learn
openpgp_key rsa rsa2048:01 -
openpgp_key eddsa ed25519:02 -
openpgp_key ecdsa p384:03 -
must_have_prompted 1

# Nobody's settings but ours.
HOME=$lab/user
GIT_CONFIG_GLOBAL=$lab/gitconfig
GIT_CONFIG_NOSYSTEM=1
GIT_CEILING_DIRECTORIES=$lab
export HOME GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_CEILING_DIRECTORIES
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
mkdir "$HOME"
work=$lab/work
must git init -q "$work"
committer() {
    for setting in "user.name $1" "user.email $1@example.org" \
        "user.signingKey $(fingerprint_of "$1@example.org")" \
        'gpg.program gpg' 'gpg.format openpgp'; do
        git config --global "${setting%% *}" "${setting#* }"
    done
}

in_work() {
    timeout --foreground 120 git -C "$work" "$@"
}

# git's verdict, as gpg reports it, is a good signature by $1.
verified() {
    user=$1
    shift
    in_work "$@" >"$lab/status" 2>&1 ||
        fail "$user: git $*: $(cat "$lab/status")"
    grep -q "^\\[GNUPG:\\] VALIDSIG .*$(fingerprint_of "$user@example.org")\$" \
        "$lab/status" || fail "signed by somebody else: $(cat "$lab/status")"
}

for user in rsa eddsa ecdsa; do
    committer "$user"
    echo "$user" >>"$work/file"
    must in_work add file
    must in_work commit -q -S -m "by $user"
    verified "$user" verify-commit --raw HEAD
    must in_work tag -s -m "tag of $user" "v-$user"
    verified "$user" verify-tag --raw "v-$user"
done
# Good, and of a key whose owner is trusted or not: that is a matter of how
# git asks gpg.
in_work log --format=%G? >"$lab/verdicts" 2>>"$logs/gpg.log"
[ "$(grep -c '^[GU]$' "$lab/verdicts")" -eq 3 ] ||
    fail "git log says $(in_work log --format='%G? %GF')"
must_have_prompted 1

# Every commit by itself, without -S; a rebase signs each of them again.
in_work config commit.gpgSign true
must in_work checkout -q -b topic HEAD~2
for i in 1 2 3; do
    echo "$i" >"$work/other"
    must in_work add other
    must in_work commit -q -m "change $i"
done
must in_work rebase -q v-ecdsa
for i in 0 1 2; do
    verified ecdsa verify-commit --raw "HEAD~$i"
done
must_have_prompted 1

# Without the PIN there is no commit; git says what gpg says.
lab_new_daemon
lab_pins CANCEL
head=$(in_work rev-parse HEAD)
echo unsigned >"$work/other"
refuse in_work commit -q -a -m 'never'
tail -n 5 "$logs/gpg.log" | grep -q 'failed to write commit object' ||
    fail "git has another reason: $(tail -n 5 "$logs/gpg.log")"
[ "$(in_work rev-parse HEAD)" = "$head" ] || fail 'an unsigned commit'

# Something that was changed is not what was signed.
in_work cat-file commit HEAD | sed 's/change 3/change 4/' >"$lab/forged"
forged=$(in_work hash-object -t commit -w "$lab/forged")
refuse in_work verify-commit "$forged"
