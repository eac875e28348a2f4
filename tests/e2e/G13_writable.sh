#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A configuration, or a home, that others can write is warned about, and used.
set -eu
# shellcheck source=tests/e2e/lib_config.sh
. "$(dirname -- "$0")/lib_config.sh"

config_open writable
mkdir home system
home=$config/home
user=$home/gnupg-pkcs11-scd.conf
system=$config/system/gnupg-pkcs11-scd.conf
daemon=$E2E_OTHER_SYSTEM
echo 'pin-cache 7' >"$user"

# warned TEXT OPTION...: it is, in one line, in server mode too; and the file
# is used.
warned() {
    text=$1
    shift
    dump 0 "$@"
    grep -q '^pin-cache 7  # ' "$out" || fail "$dump_what: not used"
    says "$text"
    [ "$(wc -l <"$err")" -eq 1 ] || fail "$dump_what: not once: $(cat "$err")"
    "$daemon" --server "$@" </dev/null >"$out" 2>"$err" || fail "$* ends badly"
    grep -q '^OK' "$out" || fail "no greeting: $*"
    says "$text"
}

# silent OPTION...
silent() {
    dump 0 "$@"
    [ ! -s "$err" ] || fail "$dump_what: says $(cat "$err")"
}

silent --homedir "$home"
# The file.
for mode in 0664:0664:'its group' 0602:0602:everybody 0666:0666:everybody; do
    chmod "${mode%%:*}" "$user"
    warned "$user can be written by ${mode##*:} (mode ${mode%%:*}): " \
        --homedir "$home"
    says "chmod go-w $user"
done
chmod 444 "$user"
silent --homedir "$home"
chmod 600 "$user"
# The home, in which others could put a file.
for mode in 0775:'its group' 0777:everybody 1777:everybody; do
    chmod "${mode%%:*}" "$home"
    warned "$home can be written by ${mode##*:} (mode ${mode%%:*}): " \
        --homedir "$home"
    says "chmod go-w $home"
done
chmod 755 "$home"
silent --homedir "$home"

# A link is as good as what it leads to, and where that is.
mkdir shared
mv "$user" shared/real.conf
ln -s ../shared/real.conf "$user"
silent --homedir "$home"
chmod 666 shared/real.conf
warned "$config/shared/real.conf can be written by everybody (mode 0666): " \
    --homedir "$home"
chmod 600 shared/real.conf
chmod 777 shared
warned "$config/shared can be written by everybody (mode 0777): " \
    --homedir "$home"
# The file of --options: its folder counts, and the home does not.
chmod 777 "$home"
warned "$config/shared can be written by everybody (mode 0777): " \
    --homedir "$home" --options shared/real.conf
# Where everybody may make files, but not replace those of others.
chmod 1777 shared
silent --homedir "$home" --options shared/real.conf
silent --homedir "$home" --no-options
# Nobody has to close a device.
"$daemon" --gpgconf-test --options /dev/null >"$out" 2>"$err" ||
    fail 'no configuration is a wrong one'
[ ! -s "$err" ] || fail "/dev/null: says $(cat "$err")"
chmod 755 "$home"
# The system's file, and a home without a file.
rm "$user"
mv shared/real.conf "$system"
silent --homedir "$home"
chmod 664 "$system"
warned "system/gnupg-pkcs11-scd.conf can be written by its group (mode 0664): " \
    --homedir "$home"
chmod 644 "$system"
chmod 777 system
warned "$config/system can be written by everybody (mode 0777): " \
    --homedir "$home"
chmod 755 system
chmod 775 "$home"
warned "$home can be written by its group (mode 0775): " --homedir "$home"
chmod 755 "$home"

# Files of somebody else, who can give themselves the right to write.  Only
# root can make some.
[ "$(id -u)" -eq 0 ] || exit 0
chown 65534 "$system"
warned "system/gnupg-pkcs11-scd.conf belongs to another user (uid 65534): " \
    --homedir "$home"
says 'chown 0 '
chown 0 "$system"
chown 65534 "$home"
warned "$home belongs to another user (uid 65534): " --homedir "$home"
