#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Makes a throw-away SoftHSM token with keys in a directory.
#
#   make-token.sh DIR [KEYMAKER LABEL PIN [TYPE:ID:LABEL[:OPTION,...]]...]
#
# DIR/softhsm2.conf and DIR/tokens are made by the first call; a later call
# with another LABEL adds a token, one with the same LABEL adds keys to it.
# With nothing but DIR there is no token yet.
# OPTION is one of keymaker's (see its usage), or "cert": a certificate from a
# CA that is made in DIR on demand.  SOPIN in the environment is the security
# officer's PIN.  Prints SOFTHSM2_CONF=... and MODULE=... for the shell.
# Exit status 77: there is no SoftHSM on this machine.
set -eu

fail() {
    echo "make-token.sh: $1" >&2
    exit "${2:-1}"
}

# The library, where distributions put it or where p11-kit says it is.
find_module() {
    for pattern in \
        '/usr/lib/*/softhsm/libsofthsm2.so' \
        '/usr/lib*/softhsm/libsofthsm2.so' \
        '/usr/lib*/pkcs11/libsofthsm2.so' \
        '/usr/lib*/libsofthsm2.so' \
        '/usr/local/lib*/softhsm/libsofthsm2.so' \
        '/opt/homebrew/lib/softhsm/libsofthsm2.so'; do
        # The shell expands the pattern to the files that exist.
        for file in $pattern; do
            if [ -e "$file" ]; then
                echo "$file"
                return 0
            fi
        done
    done
    for file in /usr/share/p11-kit/modules/softhsm2.module \
        /etc/pkcs11/modules/softhsm2.module; do
        [ -r "$file" ] || continue
        file=$(sed -n 's/^module:[[:space:]]*//p' "$file")
        if [ -e "$file" ]; then
            echo "$file"
            return 0
        fi
    done
    return 1
}

make_ca() {
    [ ! -e "$dir/ca.pem" ] || return 0
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -days 3650 -keyout "$dir/ca.key" -out "$dir/ca.pem" \
        -subj '/O=Test/CN=Test CA' 2>"$dir/openssl.log" ||
        fail "openssl cannot make a CA: $(cat "$dir/openssl.log")"
}

# make_cert TYPE ID LABEL [private]: a certificate for the key in DIR/spki.der.
make_cert() {
    case $1 in
    rsa*) usage=digitalSignature,nonRepudiation,keyEncipherment ;;
    x25519) usage=keyAgreement ;;
    ed25519) usage=digitalSignature,nonRepudiation ;;
    *) usage=digitalSignature,nonRepudiation,keyAgreement ;;
    esac
    make_ca
    printf '%s\n' 'basicConstraints=critical,CA:false' \
        "keyUsage=critical,$usage" \
        "subjectAltName=email:$3@example.org" >"$dir/cert.ext"
    { openssl pkey -pubin -inform DER -in "$dir/spki.der" \
        -out "$dir/spki.pem" &&
        openssl x509 -new -force_pubkey "$dir/spki.pem" \
            -subj "/O=Test/CN=$3" -days 3650 -CA "$dir/ca.pem" \
            -CAkey "$dir/ca.key" -set_serial "0x01$(openssl rand -hex 8)" \
            -extfile "$dir/cert.ext" -outform DER -out "$dir/cert.der"
    } 2>"$dir/openssl.log" ||
        fail "openssl cannot make a certificate: $(cat "$dir/openssl.log")"
    shift
    "$keymaker" "$module" cert "$token" "$pin" "$1" "$2" "$dir/cert.der" \
        ${3:+"$3"}
}

# make_key TYPE:ID:LABEL[:OPTION,OPTION...]
make_key() {
    with_cert=false
    old_ifs=$IFS
    IFS=:
    # shellcheck disable=SC2086 # split into fields
    set -- $1
    IFS=,
    type=$1 id=$2 label=$3
    # shellcheck disable=SC2086 # split into options
    set -- ${4:-}
    IFS=$old_ifs
    for option in "$@"; do
        shift
        case $option in
        cert) with_cert=true ;;
        *) set -- "$@" "$option" ;;
        esac
    done
    "$keymaker" "$module" gen "$token" "$pin" "$type" "$id" "$label" "$@" \
        spki="$dir/spki.der"
    case " $* " in *' noid '*) id= ;; esac
    case " $* " in *' private '*) private=private ;; *) private= ;; esac
    ! $with_cert || make_cert "$type" "$id" "$label" $private
}

[ $# -eq 1 ] || [ $# -ge 4 ] ||
    fail "usage: make-token.sh DIR [KEYMAKER LABEL PIN [KEY]...]" 2
mkdir -p "$1"
dir=$(CDPATH='' cd -- "$1" && pwd)
module=$(find_module) || fail "there is no SoftHSM here" 77

SOFTHSM2_CONF=$dir/softhsm2.conf
LSAN_OPTIONS=suppressions=$(dirname -- "$0")/lsan.supp:print_suppressions=0
export SOFTHSM2_CONF LSAN_OPTIONS
if [ ! -e "$SOFTHSM2_CONF" ]; then
    mkdir -m 700 "$dir/tokens"
    printf '%s\n' "directories.tokendir = $dir/tokens" \
        'objectstore.backend = file' 'log.level = ERROR' \
        'slots.removable = false' >"$SOFTHSM2_CONF"
fi
if [ $# -gt 1 ]; then
    keymaker=$2 token=$3 pin=$4
    shift 4
    "$keymaker" "$module" list "$token" >/dev/null 2>&1 ||
        "$keymaker" "$module" init "$token" "${SOPIN:-87654321}" "$pin" \
            >/dev/null
    for key in "$@"; do
        make_key "$key"
    done
fi
printf "SOFTHSM2_CONF='%s'\nMODULE='%s'\n" "$SOFTHSM2_CONF" "$module"
