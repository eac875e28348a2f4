#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a word in the environment, the socket is in GnuPG's own folder if that
# is the user's alone, else in /tmp.  In a view of the file system of its own.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/lib_daemon.sh
. "$(dirname -- "$0")/lib_daemon.sh"

unshare --mount true 2>/dev/null || skip 'no mount of our own can be made'
daemon_lab socket_places

cat >"$lab/inside" <<'INSIDE'
set -eu
folder=/run/user/$(id -u)/gnupg
mount -t tmpfs none /run
# place EXPECTED [ARG...]
place() {
    expected=$1
    shift
    env -u GNUPG_PKCS11_SOCKETDIR -u TMPDIR "$E2E_DAEMON" --daemon \
        --homedir "$GNUPGHOME" "$@" -- sh -c 'case $SCDAEMON_INFO in
        "$0"/gnupg-pkcs11-scd.??????/agent.S:*) ;;
        *) echo "not in $0: $SCDAEMON_INFO"; exit 1 ;;
        esac' "$expected"
}
place /tmp
mkdir -p -m 700 "$folder"
place "$folder"
place /tmp --uid-acl 65534
chmod 750 "$folder"
place /tmp
chmod 700 "$folder"
mv "$folder" "$folder.real"
ln -s "$folder.real" "$folder"
place /tmp
rm "$folder"
: >"$folder"
place /tmp
INSIDE
must unshare --mount sh "$lab/inside"
