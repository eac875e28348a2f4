#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The example of a configuration is a configuration: as it is, with each line
# turned on by itself, and with all of them.
#
#   example_config.sh      (E2E_DAEMON and E2E_WORK are set)
set -eu

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

example=$(dirname -- "$0")/../../docs/gnupg-pkcs11-scd.conf.example
umask 077
mkdir -p "$E2E_WORK"
work=$(mktemp -d "$E2E_WORK/example_config.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"
conf=$work/gnupg-pkcs11-scd.conf
export HOME="$work/home"
unset GNUPGHOME

# What the daemon has to say of $conf.  No module is loaded by this.
report() {
    timeout 60 "$E2E_DAEMON" --server --options "$conf" --log-file stderr \
        </dev/null >"$work/out" 2>"$work/report" ||
        fail "does not start: $(cat "$work/report")"
    grep -q '^OK ' "$work/out" || fail "no greeting: $(cat "$work/report")"
    grep -F "$conf:" "$work/report" || :
}

must_be_fine() {
    found=$(report)
    [ -z "$found" ] || fail "$1: $found"
}

# A mistake would be seen.
echo 'pin-cash 20' >"$conf"
[ -n "$(report)" ] || fail 'this daemon does not report mistakes'

cp "$example" "$conf"
must_be_fine 'as it is'

# "#keyword" is a setting, "# text" is text.
sed 's/^#\([a-z]\)/\1/' "$example" >"$conf"
must_be_fine 'with all lines'

# Lines of a provider need that one, and nothing else.
sed -n 's/^#\([a-z]\)/\1/p' "$example" >"$work/lines"
[ "$(wc -l <"$work/lines")" -ge 20 ] || fail 'where are the lines?'
grep -E '^providers |-library ' "$work/lines" >"$work/provider"
while IFS= read -r line; do
    case $line in
    provider*) cp "$work/provider" "$conf" ;;
    *) : >"$conf" ;;
    esac
    grep -qxF -e "$line" "$conf" || printf '%s\n' "$line" >>"$conf"
    must_be_fine "$line"
done <"$work/lines"
echo "example: $(wc -l <"$work/lines") lines ok"
