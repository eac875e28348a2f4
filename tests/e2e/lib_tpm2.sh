# shellcheck shell=sh disable=SC2034,SC2154 # variables of lib.sh and of scripts
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token in a TPM of software, in place of SoftHSM's.
#
# Sourced after lib.sh.  In the order in which they are needed:
#
#   tpm2_token LABEL PIN KEY..  as lab_token, with make-tpm2-token.sh's KEYs
#   tpm2_home                   lab_home with tpm2-pkcs11 as the provider, or
#   tpm2_provider               the latter only
#
# With no LABEL there is a TPM, and nothing in it.

tpm2_token() {
    tpm2_rc=0
    sh "$e2e/../token/make-tpm2-token.sh" "$lab/tpm2" "$@" \
        >"$lab/token.env" 2>"$logs/token.log" || tpm2_rc=$?
    [ "$tpm2_rc" -ne 77 ] || skip "$(cat "$logs/token.log")"
    [ "$tpm2_rc" -eq 0 ] || fail "no token: $(cat "$logs/token.log")"
    # shellcheck source=/dev/null
    . "$lab/token.env"
    # shellcheck disable=SC2086,SC2163 # names
    export $TPM2_VARIABLES
    [ $# -gt 0 ] || return 0
    lab_pins "$2"
    lab_secret "$2"
}

lab_end_token() {
    sh "$e2e/../token/make-tpm2-token.sh" --end "$lab/tpm2"
}

tpm2_provider() {
    cat >"$lab/home/gnupg-pkcs11-scd.conf" <<CONF
log-file $logs/daemon.log
verbose
debug-all
providers tpm2
provider-tpm2-library $MODULE
CONF
}

tpm2_home() {
    lab_home
    tpm2_provider
}
