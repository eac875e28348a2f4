# shellcheck shell=sh disable=SC2154 # variables of lib.sh and of scripts
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Certificates for token keys, and a home in which gpgsm asks no network.
#
# Sourced after lib.sh.  In the order in which they are needed:
#
#   gpgsm_open NAME           lab_open, if there is a gpgsm and an openssl
#   chain_make                a root and an intermediate CA in $lab/ca
#   chain_leaf ID NAME USAGE  a certificate for the token's key with this
#                             CKA_ID: $lab/ca/NAME.der and .pem, not on the
#                             token; USAGE is openssl's keyUsage
#   token_cert ID NAME        put $lab/ca/NAME.der onto the token
#   gpgsm_home                lab_home, and gpgsm's part of it
#   trust_root                the user trusts the root
#   gpgsm_no_network          fail if gpgsm wanted to talk to dirmngr

gpgsm() {
    timeout --foreground 120 gpgsm --batch --yes "$@"
}

gpgsm_open() {
    for gpgsm_program in gpgsm openssl; do
        command -v "$gpgsm_program" >/dev/null || skip "no $gpgsm_program"
    done
    # What gpgsm says is looked at.
    export LC_ALL=C
    lab_open "$1"
}

# --- Certificates -----------------------------------------------------------

openssl_quiet() {
    openssl "$@" >>"$logs/openssl.log" 2>&1 ||
        fail "openssl $*: $(cat "$logs/openssl.log")"
}

# NAME SUBJECT ISSUER DAYS, and the extensions on standard input; the public
# key is in $lab/ca/NAME.pub.  An issuer that is NAME itself makes a root.
chain_issue() {
    cat >"$lab/ca/$1.ext"
    set -- "$1" "$2" "$3" "$4" "$lab/ca/$3"
    if [ "$1" = "$3" ]; then
        set -- "$@" -key "$5.key"
    else
        set -- "$@" -force_pubkey "$lab/ca/$1.pub" -CA "$5.pem" -CAkey "$5.key"
    fi
    chain_name=$1 chain_subject=$2 chain_days=$4
    shift 5
    openssl_quiet x509 -new -subj "$chain_subject" -days "$chain_days" \
        -set_serial "0x01$(openssl rand -hex 8)" -sha256 \
        -extfile "$lab/ca/$chain_name.ext" -out "$lab/ca/$chain_name.pem" "$@"
    openssl_quiet x509 -in "$lab/ca/$chain_name.pem" -outform DER \
        -out "$lab/ca/$chain_name.der"
}

chain_ca() {
    openssl_quiet genpkey -quiet -algorithm RSA \
        -pkeyopt rsa_keygen_bits:2048 -out "$lab/ca/$1.key"
    openssl_quiet pkey -in "$lab/ca/$1.key" -pubout -out "$lab/ca/$1.pub"
    chain_issue "$1" "/O=Lab/CN=Lab $1" "$2" 3650 <<'EXT'
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
EXT
}

chain_make() {
    mkdir "$lab/ca"
    chain_ca root root
    chain_ca intermediate root
}

chain_leaf() {
    "$E2E_KEYMAKER" "$MODULE" pubkey "$token" "$pin" "$1" \
        >"$lab/ca/$2.spki" 2>>"$logs/token.log" ||
        fail "the token gives no public key $1"
    openssl_quiet pkey -pubin -inform DER -in "$lab/ca/$2.spki" \
        -out "$lab/ca/$2.pub"
    chain_end_entity "$2" "$3"
}

# NAME USAGE: a certificate of a person.
chain_end_entity() {
    chain_issue "$1" "/O=Lab/CN=$1" intermediate 365 <<EXT
basicConstraints=critical,CA:false
keyUsage=critical,$2
subjectAltName=email:$1@example.org
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
EXT
}

# Somebody whose key is not on the token: $lab/ca/stranger.der.
chain_stranger() {
    openssl_quiet genpkey -quiet -algorithm RSA \
        -pkeyopt rsa_keygen_bits:2048 -out "$lab/ca/stranger.key"
    openssl_quiet pkey -in "$lab/ca/stranger.key" -pubout \
        -out "$lab/ca/stranger.pub"
    chain_end_entity stranger digitalSignature,keyEncipherment
}

token_cert() {
    "$E2E_KEYMAKER" "$MODULE" cert "$token" "$pin" "$1" "$2" \
        "$lab/ca/$2.der" 2>>"$logs/token.log" ||
        fail "the token takes no certificate $2"
}

# Upper-case SHA-1 fingerprint of NAME, as gpgsm writes them.
certificate_fingerprint() {
    openssl x509 -in "$lab/ca/$1.pem" -noout -fingerprint -sha1 |
        sed 's/.*=//; s/://g'
}

# --- gpgsm ------------------------------------------------------------------

# Nothing of gpgsm's work here needs a CRL; a dirmngr that is started in spite
# of it leaves a note.
gpgsm_home() {
    lab_home
    # Whom to trust is in trustlist.txt, and asked nobody.
    echo no-allow-mark-trusted >>"$lab/home/gpg-agent.conf"
    cat >"$lab/dirmngr" <<NOTE
#!/bin/sh
echo "\$*" >>'$logs/dirmngr'
exit 1
NOTE
    chmod 700 "$lab/dirmngr"
    cat >"$lab/home/gpgsm.conf" <<CONF
disable-dirmngr
disable-crl-checks
dirmngr-program $lab/dirmngr
CONF
}

trust_root() {
    printf '%s S\n' "$(certificate_fingerprint root)" \
        >>"$lab/home/trustlist.txt"
}

# Does gpgsm find a chain of good certificates from NAME's to a trusted root?
chain_is_good() {
    gpgsm --list-chain --with-validation "$1@example.org" \
        >"$lab/validated" 2>>"$logs/gpg.log" || return 1
    [ "$(grep -c 'certificate is good' "$lab/validated")" -eq 3 ]
}

gpgsm_no_network() {
    [ ! -e "$logs/dirmngr" ] ||
        fail "dirmngr was asked: $(cat "$logs/dirmngr")"
}

# Records of certificates with a secret key (or, with -k, of all): a
# fingerprint a line.
gpgsm_fingerprints() {
    gpgsm --with-colons "${1:--K}" 2>>"$logs/gpg.log" |
        awk -F: '$1 == "crt" || $1 == "crs" { fresh = 1 }
            $1 == "fpr" && fresh { print $10; fresh = 0 }' | sort
}

# What gpgsm lists with the option $1 has to be the certificates $2...
must_list() {
    list_option=$1
    shift
    for list_name in "$@"; do
        certificate_fingerprint "$list_name"
    done | sort >"$lab/listing.expected"
    gpgsm_fingerprints "$list_option" >"$lab/listing"
    cmp -s "$lab/listing.expected" "$lab/listing" ||
        fail "gpgsm $list_option is not $*: $(gpgsm "$list_option" 2>&1)"
}
