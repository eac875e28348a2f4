# shellcheck shell=sh disable=SC2154 # variables of lib.sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The dialogues in which gpg makes OpenPGP keys of keys that exist.
#
# Sourced after lib.sh.  HOW is what is chosen in gpg's menu: 13, "Existing
# key" by its keygrip, or 14, "Existing key from card".  ACTIONS is what gpg
# has to call the possible actions of this key: "Sign Certify".

# Choose the key $2 (a CKA_ID) with HOW $1, where the possible actions have to
# be $3; take away the action $4 if there is one.
choose_key() {
    printf '< Your selection?\n> %s\n' "$1"
    case $1 in
    13) printf '< Enter the keygrip:\n> %s\n' "$(grip_of "$2")" ;;
    14)
        echo '< Available keys:'
        printf '~ \\(([0-9]+)\\) %s P15\\.%s \n' "$(grip_of "$2")" "$2"
        printf '< Your selection?\n> {1}\n'
        ;;
    esac
    printf '~ Possible actions for (?:a|this) \\S+ key: %s\n' "$3 ?\\n"
    [ -z "${4:-}" ] || printf '< Your selection?\n> %s\n' "$4"
    printf '< Your selection?\n> Q\n'
    printf '< Key is valid for? (0)\n> 0\n< Is this correct? (y/N)\n> y\n'
}

# Who the key is for; $2 is O for okay, Q for quit.
say_user() {
    printf '< Real name:\n> User %s\n' "$1"
    printf '< Email address:\n> %s@example.org\n< Comment:\n>\n' "$1"
    printf '< (O)kay/(Q)uit?\n> %s\n' "$2"
}

# full_generate HOW ID NAME ACTIONS [WITHOUT]
full_generate() {
    {
        choose_key "$1" "$2" "$4" "${5:-}"
        say_user "$3" O
    } >"$lab/dialogue"
    talk --expert --full-generate-key <"$lab/dialogue"
}

# add_key HOW ID NAME ACTIONS [WITHOUT]: a subkey for NAME.
add_key() {
    {
        printf '< gpg>\n> addkey\n'
        choose_key "$1" "$2" "$4" "${5:-}"
        printf '< Really create? (y/N)\n> y\n< gpg>\n> save\n'
    } >"$lab/dialogue"
    talk --expert --edit-key "$3@example.org" <"$lab/dialogue"
}

# What gpg has of the user NAME: for each of its keys a line
# "sec FINGERPRINT GRIP USAGE CARD", or "ssb ...".
keys_of() {
    gpg --with-colons --with-keygrip --list-secret-keys "$1@example.org" \
        2>>"$logs/gpg.log" | awk -F: '
        $1 == "sec" || $1 == "ssb" {
            kind = $1; usage = $12; card = $15
            gsub(/[^a-z]/, "", usage)
        }
        $1 == "fpr" { fingerprint = $10 }
        $1 == "grp" { print kind, fingerprint, $10, usage, card }
    '
}

# NAME's primary key (sec) or one of its subkeys (ssb) is the key ID of the
# token, for these usages: must_have_key NAME sec ID USAGE
must_have_key() {
    keys_of "$1" | awk -v kind="$2" -v grip="$(grip_of "$3")" -v usage="$4" '
        $1 == kind && $3 == grip && $4 == usage && $5 ~ /^FF500B00/ { n++ }
        END { exit n != 1 }
    ' || fail "$1 has no $2 of the key $3 for $4: $(keys_of "$1")"
}

# NAME signs, and gpg finds it good; with a subkey if it is named.
must_sign() {
    must gpg -u "${2:-$1@example.org}" --output "$lab/signed" --sign \
        "$lab/text"
    gpg --status-fd 1 --verify "$lab/signed" >"$lab/status" \
        2>>"$logs/gpg.log" || fail "$1: a bad signature"
    grep -q "^\\[GNUPG:\\] VALIDSIG .*$(fingerprint_of "$1@example.org")\$" \
        "$lab/status" || fail "$1: not the signer: $(cat "$lab/status")"
    rm "$lab/signed"
}

# NAME reads what is encrypted to it, or to one of its subkeys.
must_decrypt() {
    must gpg --recipient "${2:-$1@example.org}" --output "$lab/sealed" \
        --encrypt "$lab/text"
    must gpg --output "$lab/opened" --decrypt "$lab/sealed"
    cmp "$lab/text" "$lab/opened" || fail "$1: something else is decrypted"
    rm "$lab/sealed" "$lab/opened"
}

# Nothing was made for NAME.
must_not_exist() {
    refuse gpg --list-secret-keys "$1@example.org"
}

# Let the certificate of the key $3 on the token $1 with the PIN $2 begin in
# the year 2015.  Nobody here looks at its signature.
age_certificate() {
    python3 - "$lab/token/cert.der" "$lab/aged.der" <<'PYTHON'
import re
import sys

with open(sys.argv[1], "rb") as stream:
    der = stream.read()
aged, n_dates = re.subn(rb"\x17\x0d\d{12}Z", b"\x17\x0d150101000000Z", der,
                        count=1)
with open(sys.argv[2], "wb") as stream:
    stream.write(aged)
sys.exit(n_dates != 1)
PYTHON
    must "$E2E_KEYMAKER" "$MODULE" delete "$1" "$2" "$3" cert
    must "$E2E_KEYMAKER" "$MODULE" cert "$1" "$2" "$3" aged "$lab/aged.der"
}
