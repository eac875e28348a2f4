# shellcheck shell=sh disable=SC2154 # $daemon is of the script
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A folder for a test of configurations, and what --dump-config says there.
#
# Sourced by scripts that have set E2E_WORK (a folder to work in).  Afterwards:
#
#   config_open NAME        a folder $config to be in, which is HOME and has no
#                           home of GnuPG; removed on exit
#   dump STATUS OPTION...   run "$daemon --dump-config OPTION..."
#   has LINE                it wrote this line
#   has_not TEXT            this is in no line
#   says TEXT               standard error has this

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

config_open() {
    umask 022
    mkdir -p "$E2E_WORK"
    config=$(mktemp -d "$(CDPATH='' cd -- "$E2E_WORK" && pwd -P)/$1.XXXXXX")
    chmod 755 "$config"
    trap 'rm -rf "$config"' EXIT
    cd "$config" || exit 1
    out=$config/out err=$config/err
    export HOME="$config" GNUPG_PKCS11_SOCKETDIR="$config"
    unset GNUPGHOME
    # What p11-kit's registry has of the machine need not be there.
    export TPM2_PKCS11_STORE="$config/no-store" \
        TPM2_PKCS11_TCTI=device:/nonexistent
}

dump() {
    dump_wanted=$1
    shift
    dump_rc=0
    "$daemon" --dump-config "$@" </dev/null >"$out" 2>"$err" || dump_rc=$?
    dump_what="--dump-config $*"
    [ "$dump_rc" -eq "$dump_wanted" ] ||
        fail "exit status $dump_rc, not $dump_wanted: $dump_what ($(cat "$err"))"
}

has() {
    grep -Fqx -e "$1" "$out" ||
        fail "$dump_what: there is no line \"$1\" in: $(cat "$out")"
}

has_not() {
    ! grep -Fq -e "$1" "$out" || fail "$dump_what: \"$1\" is in: $(cat "$out")"
}

says() {
    grep -Fq -e "$1" "$err" || fail "\"$1\" is not said, but: $(cat "$err")"
}
