#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Which configuration counts: the user's file or, only if there is none, the
# system's; and which folder is GnuPG's home.
#
# E2E_OTHER_SYSTEM is the daemon built with a file in the current folder for
# the system's.
set -eu
# shellcheck source=tests/e2e/lib_config.sh
. "$(dirname -- "$0")/lib_config.sh"

config_open config_search
mkdir home system
home=$config/home
user=$home/gnupg-pkcs11-scd.conf
system=system/gnupg-pkcs11-scd.conf
daemon=$E2E_OTHER_SYSTEM

# The user's file, else the system's, else none.
dump 0 --homedir "$home"
has "# not there: $user"
has "# not there: $system"
has "# GnuPG's home: $home (from --homedir)"
has "# the modules of p11-kit's registry: used"
echo 'pin-cache 1' >$system
dump 0 --homedir "$home"
has "# not there: $user"
has "# read: $system, lines that cannot be used: 0"
has "pin-cache 1  # $system:1"
: >"$user"
dump 0 --homedir "$home"
has "# read: $user, lines that cannot be used: 0"
has_not "$system"
has '#pin-cache -1  # default'

# The user's file with mistakes counts as far as it goes, and is not replaced.
printf 'pin-cash 2\nsession-timeout 3\n' >"$user"
dump 1 --homedir "$home"
has "# read: $user, lines that cannot be used: 1"
has "session-timeout 3  # $user:2"
has_not "$system"
says "$user:1: unknown keyword 'pin-cash', did you mean 'pin-cache'?"

# Nor is one that cannot be read, whatever the reason; in server mode the
# daemon starts all the same, and loads nothing that it was not told to.
unreadable() {
    dump 1 --homedir "$home"
    has "# cannot be read: $user: $1"
    has_not "$system"
    has "# the modules of p11-kit's registry: not used"
    says "$user cannot be read, so that no module is loaded: $1"
    printf 'SERIALNO\nBYE\n' | "$daemon" --server --homedir "$home" \
        >"$out" 2>"$err" || fail "does not start: $(cat "$err")"
    grep -q '^ERR .*' "$out" || fail "a token was found: $(cat "$out")"
    says "$user cannot be read, so that no module is loaded: $1"
}
rm "$user"
mkdir "$user"
unreadable 'Is a directory'
rmdir "$user"
ln -s nowhere "$user"
unreadable 'Link has been severed'
rm "$user"
ln -s gnupg-pkcs11-scd.conf "$user"
unreadable 'Too many levels of symbolic links'
rm "$user"
head -c 1048577 /dev/zero | tr '\0' '#' >"$user"
unreadable 'Provided object is too large'
rm "$user"
rmdir "$home"
ln -s not-mounted "$home"
unreadable 'Link has been severed'
rm "$home"
: >"$home"
unreadable 'Not a directory'
rm "$home"

# A home that is not there has no file; a system's file that cannot be read is
# no reason to load what it would have kept out either.
dump 0 --homedir "$home"
has "pin-cache 1  # $system:1"
rm $system
mkdir $system
dump 1 --homedir "$home"
has "# cannot be read: $system: Is a directory"
has "# the modules of p11-kit's registry: not used"
rmdir $system

# --options: that file and no other, or an error; --no-options: none.
mkdir "$home"
echo 'pin-cache 1' >$system
echo 'pin-cache 2' >"$user"
echo 'session-timeout 4' >other.conf
dump 0 --homedir "$home" --options other.conf
has "session-timeout 4  # $config/other.conf:1"
has_not "$user"
has_not "$system"
has '#pin-cache -1  # default'
for mode in --dump-config --server --multi-server; do
    rc=0
    "$daemon" $mode --homedir "$home" --options absent.conf </dev/null \
        >"$out" 2>"$err" || rc=$?
    [ "$rc" -eq 1 ] || fail "$mode without its file: exit status $rc"
    [ ! -s "$out" ] || fail "$mode without its file: $(cat "$out")"
    says "cannot read $config/absent.conf: No such file or directory"
done
# A file that somebody opened for us, as shells do it for <(...): once.  Its
# name is another file's later, and no client is to write our configuration.
echo 'pin-cache 9' | {
    dump 0 --homedir "$home" --options /dev/fd/7 7<&0
    has 'pin-cache 9  # /dev/fd/7:1'
}
printf 'RELOADCONF\nBYE\n' | timeout 60 "$daemon" --server \
    --homedir "$home" --options /dev/fd/7 7<other.conf >"$out" 2>"$err" ||
    fail "does not start: $(cat "$err")"
grep -q '^ERR ' "$out" || fail "a file that is gone was read: $(cat "$out")"
says '/dev/fd/7 can be read once only'
mkfifo pipe
timeout 60 sh -c 'echo "pin-cache 9" >pipe' &
printf 'RELOADCONF\nBYE\n' | timeout 60 "$daemon" --server \
    --homedir "$home" --options pipe >"$out" 2>"$err" ||
    fail "it waits: $(cat "$err")"
grep -q '^ERR ' "$out" || fail "an empty pipe was read: $(cat "$out")"
says "$config/pipe can be read once only"

dump 0 --homedir "$home" --no-options
has '# no file was looked for'
has '#pin-cache -1  # default'

# Where GnuPG's home is.
dump 0 --homedir home
has "# GnuPG's home: $home (from --homedir)"
has "pin-cache 2  # $user:1"
dump 0 --homedir ./home//
has "# GnuPG's home: $config/./home (from --homedir)"
has "pin-cache 2  # $config/./home/gnupg-pkcs11-scd.conf:1"
export GNUPGHOME="$home/"
dump 0
has "# GnuPG's home: $home (from GNUPGHOME)"
has "pin-cache 2  # $user:1"
GNUPGHOME=home dump 0
has "# GnuPG's home: $home (from GNUPGHOME)"
mkdir elsewhere
dump 0 --homedir elsewhere
has "# not there: $config/elsewhere/gnupg-pkcs11-scd.conf"
has "pin-cache 1  # $system:1"
mkdir .gnupg
echo 'pin-cache 5' >.gnupg/gnupg-pkcs11-scd.conf
export GNUPGHOME=
dump 0
has "# GnuPG's home: $config/.gnupg (from HOME)"
has "pin-cache 5  # $config/.gnupg/gnupg-pkcs11-scd.conf:1"
unset GNUPGHOME
dump 0
has "# GnuPG's home: $config/.gnupg (from HOME)"
# Without HOME it is the user's; what is in there is not for a test to read.
folder=$(getent passwd "$(id -u)" | cut -d: -f6)
for value in unset ''; do
    export HOME="$value"
    [ "$value" != unset ] || unset HOME
    dump 0 --no-options
    has "# GnuPG's home: ${folder%/}/.gnupg (from the list of users, as HOME is not set)"
done
