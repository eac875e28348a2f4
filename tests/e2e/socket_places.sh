#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a word in the environment, the socket is in GnuPG's own folder if that
# is the user's alone, else in /tmp; a relative name of a place begins where the
# program was started.  Where no place will do, the screen says what to do.  In a
# view of the file system of its own.
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

mkdir /run/start /run/start/place
cd /run/start
for how in --verbose --no-detach; do
    GNUPG_PKCS11_SOCKETDIR=place "$E2E_DAEMON" --daemon $how --no-options -- \
        sh -c 'echo "$SCDAEMON_INFO"' >line 2>/run/start/said
    case $(cat line) in
    /run/start/place/gnupg-pkcs11-scd.??????/agent.S:*) ;;
    *) echo "$how: not in the relative place: $(cat line)" && exit 1 ;;
    esac
done

# What is tried would go with it.
case $E2E_DAEMON in
/tmp/*) exit 0 ;;
esac
mount -t tmpfs -o ro none /tmp
rc=0
TMPDIR='' GNUPG_PKCS11_SOCKETDIR=absent "$E2E_DAEMON" --daemon --no-options \
    >line 2>said || rc=$?
[ "$rc" -eq 1 ] && [ ! -s line ] || { echo "exit status $rc" && exit 1; }
for text in 'no socket in /run/start/absent: No such file or directory' \
    'no socket in /tmp: ' \
    'set GNUPG_PKCS11_SOCKETDIR to a folder that can be written to'; do
    grep -q "$text" said || { echo "not said: $text" && cat said && exit 1; }
done
INSIDE
must unshare --mount sh "$lab/inside"
