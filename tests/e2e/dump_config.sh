#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# --dump-config shows what counts and where it is from, can be read again, and
# does nothing else.
set -eu
# shellcheck source=tests/e2e/lib_config.sh
. "$(dirname -- "$0")/lib_config.sh"

config_open dump_config
mkdir -m 700 .gnupg
conf=$config/.gnupg/gnupg-pkcs11-scd.conf
daemon=$E2E_DAEMON
# Whoever opens this one waits for ever.
mkfifo module.so
cat >"$conf" <<CONF
# Of my own.
log-file $config/log
verbose
providers my-hsm
provider-my-hsm-library $config/module.so
provider-my-hsm-env PASSWORD=hunter2
match-uri pkcs11:token=a
match-uri pkcs11:token=b
CONF

dump 0 --debug
has "log-file $config/log  # $conf:2"
has '#verbose  # default'
has 'debug-level guru  # command line'
has "match-uri pkcs11:token=a  # $conf:7"
has "match-uri pkcs11:token=b  # $conf:8"
has "provider-my-hsm-library $config/module.so  # $conf:5"
has '#provider-my-hsm-private-mask 0  # default'
has "# read: $conf, lines that cannot be used: 0"
[ ! -s "$err" ] || fail "says $(cat "$err")"
# No value of the environment, no log, no socket.
has_not hunter2
made=$(find . -mindepth 1 -newer "$conf" ! -name out ! -name err)
[ -z "$made" ] || fail "made $made"
# The command line counts.
dump 0 --verbose
has 'verbose  # command line'
has '#debug-level none  # default'
dump 0
has "verbose  # $conf:3"
dump 0 --log-file "$config/other log"
has "log-file $config/other log  # command line"
[ ! -e "$config/other log" ] || fail 'a log was made'

# Read again: the same lines, and other places for them.
dump 0 --verbose --log-file x
sed 's/  # .*//; /^#/d' "$out" >first
mv "$out" dumped.conf
dump 0 --options dumped.conf
sed 's/  # .*//; /^#/d' "$out" | cmp first - || fail 'it does not read the same'
grep -q "^verbose  # $config/dumped.conf:[0-9]*\$" "$out" || fail 'no place'

# Mistakes: told, counted, and the exit status.
printf 'frobnicate\npin-cache\nemulate-openpgp\n' >>"$conf"
dump 1
has "# read: $conf, lines that cannot be used: 2"
says "$conf:9: unknown keyword 'frobnicate'"
says "$conf:10: 'pin-cache' needs a value"
says "$conf:11: 'emulate-openpgp' does nothing in this version"
has_not emulate
# What cannot be written is an error.
rc=0
"$daemon" --dump-config --no-options >/dev/full 2>"$err" || rc=$?
[ "$rc" -eq 1 ] || fail "exit status $rc, not 1, with a full disk"
says 'cannot write to standard output: No space left on device'
