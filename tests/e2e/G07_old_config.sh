#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Configuration files as gnupg-pkcs11-scd 0.10's users have them: this daemon
# takes each, and so does 0.10 where it is there and knows the keywords.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/old_lib.sh
. "$(dirname -- "$0")/old_lib.sh"

pin='e2e-pin-config'

[ -e "$E2E_OLD" ] || skip "no gnupg-pkcs11-scd 0.10 in $E2E_OLD"
lab_open old_config
lab_token 'Only token' "$pin" rsa2048:01:signing:cert
old_home
old_daemon_script
conf=$lab/home/gnupg-pkcs11-scd.conf
tab=$(printf '\t') cr=$(printf '\r')

# The keys that a daemon shows with the configuration that is there.
keys_of() {
    keys_rc=0
    printf 'LEARN --force\nBYE\n' | timeout 60 "$lab/$1" --server \
        --homedir "$lab/home" >"$lab/answers" 2>>"$logs/$1.stderr" ||
        keys_rc=$?
    [ "$keys_rc" -eq 0 ] || return 1
    sed -n 's/^S KEYPAIRINFO \([0-9A-F]*\) .*/\1/p' "$lab/answers"
}

# Standard input is a configuration for the daemons named.
must_do_for() {
    cat >"$conf"
    for daemon in "$@"; do
        [ "$(keys_of "$daemon")" = "$grip" ] ||
            fail "$daemon: not with $(cat "$conf") but $(cat "$lab/answers")"
    done
}

grip=$(keys_of theirs)
[ ${#grip} -eq 40 ] || fail "0.10 shows no key: $grip"

# The least there can be, and all that the manual of 0.10 lists.
must_do_for theirs ours <<CONF
providers p1
provider-p1-library $MODULE
CONF
must_do_for theirs ours <<CONF
#log-file log1
verbose
debug-all
pin-cache 20
use-gnupg-pin-cache
providers p1
provider-p1-library $MODULE
provider-p1-allow-protected-auth
provider-p1-private-mask 0
#provider-p1-cert-private
CONF
must_do_for theirs ours <<CONF
pin-cache -1
providers p1
provider-p1-library $MODULE
provider-p1-private-mask 0A
CONF

# Its example as Debian installs it; and with each line that is a comment there.
example=$E2E_OLD/usr/share/doc/gnupg-pkcs11-scd/examples
example=$example/gnupg-pkcs11-scd.conf.example
[ -e "$example" ] || skip 'no example of 0.10'
sed "s|^provider-p1-library .*|provider-p1-library $MODULE|" "$example" \
    >"$lab/example"
must_do_for theirs ours <"$lab/example"
sed 's/^#\([a-z]\)/\1/' "$lab/example" >"$lab/all"
grep -q '^emulate-openpgpg$' "$lab/all" || fail 'the example is another one'
must_do_for ours <"$lab/all"
grep -v -e '^emulate' -e '-cert-private' "$lab/all" >"$lab/most"
must_do_for theirs ours <"$lab/most"

# From an editor of another system, and with blanks in all places.
must_do_for theirs ours <<CONF
# Karte$cr
$cr
  providers$tab  p1  ,${cr}
${tab}provider-p1-library$tab$tab$MODULE   # this one$cr
verbose$tab# too much?$cr
CONF

# The module before the list of names; a list that is replaced by another; a
# provider that is not in the list, another one that cannot be loaded.
must_do_for theirs ours <<CONF
provider-p1-library $MODULE
providers p1
CONF
must_do_for theirs ours <<CONF
providers absent
provider-absent-library $lab/absent.so
providers p1
provider-p1-library $MODULE
CONF
must_do_for theirs ours <<CONF
providers absent,p1
provider-absent-library $lab/absent.so
provider-p1-library $MODULE
CONF
must_do_for theirs ours <<CONF
providers p1,nothing
provider-p1-library $MODULE
CONF

# What works with 0.10 by accident: the module under another name than that in
# the list, and before it; a name that is there twice; a line of a provider
# that says nothing; numbers with something behind them; comments without a
# blank before them, also behind the path.
must_do_for theirs ours <<CONF
provider-other-library $MODULE
provider-other-allow-protected-auth
providers p1
CONF
must_do_for theirs ours <<CONF
provider-other-library $MODULE
providers p1,absent
provider-absent-library $lab/absent.so
CONF
must_do_for theirs ours <<CONF
providers p1,p1
provider-p1-library $lab/absent.so
provider-p1-library $MODULE
provider-p1
provider-p1 whatever
CONF
must_do_for theirs ours <<CONF
pin-cache 600s
providers p1
provider-p1-library $MODULE
provider-p1-private-mask 0x5 (sign, decrypt)
CONF
must_do_for theirs ours <<CONF
verbose#1
pin-cache 20#2
providers p1#3
provider-p1-library $MODULE#4
provider-p1-private-mask 5#5
CONF
# Numbers that are none, and a keygrip that is none.
must_do_for theirs ours <<CONF
pin-cache never
providers p1
provider-p1-library $MODULE
provider-p1-private-mask all
openpgp-sign mykey
CONF
# Twenty providers, the last of which is the one.
{
    for i in $(seq 19); do
        echo "provider-p$i-library $lab/absent$i.so"
    done
    printf 'providers %s\n' "$(seq -s, 20 | sed 's/\([0-9][0-9]*\)/p\1/g')"
    echo "provider-p20-library $MODULE"
} >"$lab/twenty"
must_do_for ours <"$lab/twenty"
sed -n '/^providers/p' "$lab/twenty" >"$lab/in-order"
sed '/^providers/d' "$lab/twenty" >>"$lab/in-order"
must_do_for theirs ours <"$lab/in-order"

# What 0.10 refuses, or takes for another thing, is in older files.
must_do_for ours <<CONF
emulate-openpgp
emulate-openpgpg
providers p1
provider-p1-library $MODULE
provider-p1-sign-mode recover
CONF
must_do_for ours <<CONF
providers p-1
provider-p-1-library $MODULE
CONF

# A key by its name: the two differ in what else they show then, but the key
# is there.
must_do_for theirs ours <<CONF
providers p1
provider-p1-library $MODULE
openpgp-sign $grip
openpgp-encr $grip
CONF

# What is no keyword keeps nobody from working, and is named with its place.
# For 0.10 it is reason to read another file.
must_do_for ours <<CONF
providers p1
provider-p1-library $MODULE
pin-cash 20
CONF
grep -q "$conf:3: .*pin-cash" "$logs/daemon.log" ||
    fail 'an unknown keyword is not named'
