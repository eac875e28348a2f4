# shellcheck shell=sh disable=SC2154 # variables of lib.sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Homes of gnupg-pkcs11-scd 0.10: its daemon and ours in turn, and its stubs.
#
# Sourced after lib.sh.  E2E_OLD is a folder in which Debian's package
# gnupg-pkcs11-scd is unpacked; it may be absent.

# The program of 0.10 as a script.  Its log has PINs in it, always, so it is
# kept out of the logs that must have none.
old_daemon_script() {
    old_libraries=$(dirname -- "$(find "$E2E_OLD/usr/lib" \
        -name 'libpkcs11-helper.so.1' | head -n 1)")
    cat >"$lab/theirs" <<SCRIPT
#!/bin/sh
export LD_LIBRARY_PATH="$old_libraries" GNUPG_PKCS11_SOCKETDIR="$GNUPGHOME"
exec "$E2E_OLD/usr/bin/gnupg-pkcs11-scd" --log-file "$lab/old.log" "\$@"
SCRIPT
    chmod +x "$lab/theirs"
    case $("$lab/theirs" --version 2>&1) in
    'gnupg-pkcs11-scd 0.10'* | 'gnupg-pkcs11-scd 0.11'*) ;;
    *) skip 'the old daemon does not run here' ;;
    esac
}

# A home for both daemons, with a configuration that both read.  Where the log
# goes and what is in it is the only thing said on the command line.
old_home() {
    lab_home
    cat >"$lab/home/gnupg-pkcs11-scd.conf" <<CONF
# Which token it is.
providers p1
provider-p1-library $MODULE	# SoftHSM
CONF
    cat >"$lab/ours" <<SCRIPT
#!/bin/sh
exec "$E2E_DAEMON" --log-file "$logs/daemon.log" --verbose --debug "\$@"
SCRIPT
    chmod +x "$lab/ours"
    old_use ours
}

# A gpg-agent that starts the daemon named: "ours" or "theirs".
old_use() {
    old_who=$1
    lab_end_processes || fail "the daemon before \"$old_who\" does not end"
    sed "s|^scdaemon-program .*|scdaemon-program $lab/$old_who|" \
        "$lab/home/gpg-agent.conf" >"$lab/agent.conf"
    mv "$lab/agent.conf" "$lab/home/gpg-agent.conf"
}

# Which daemon it really is that the agent talks to.
old_must_be_in_use() {
    old_version=$(card_command 'GETINFO version' | sed -n 's/^D //p')
    case $1/$old_version in
    theirs/0.1[01].* | ours/[1-9]*) ;;
    *) fail "the agent uses version \"$old_version\", not $1" ;;
    esac
}

# The keygrip that the daemon in use shows for a key: the grip of the key whose
# reference ends in $1.
old_grip() {
    old_found=$(card_command 'LEARN --force' |
        end=$1 awk '
            BEGIN { end = ENVIRON["end"] }
            $2 != "KEYPAIRINFO" { next }
            substr($4, length($4) - length(end) + 1) == end { print $3 }
        ')
    [ ${#old_found} -eq 40 ] || fail "not one key \"$1\": $old_found"
    echo "$old_found"
}

# What a person answers to gpg's menus, a line for each question.
answer() {
    answer_lines=$1
    shift
    printf '%s\n' "$answer_lines" | must gpg --no-batch --no-tty --status-fd 2 \
        --command-fd 0 --expert "$@"
}

# An OpenPGP key $1@example.org from keys that are there: the keygrip $2 signs
# and $3 decrypts.  It is entry 13 in the menus of 2.2 and of 2.4.
old_openpgp_key() {
    answer "13
$2
=sc
0
$1
$1@example.org
" --full-generate-key
    answer "addkey
13
$3
=e
0
save" --edit-key "$1@example.org"
}

# Encrypt $lab/text to $1.  A number that begins with a zero byte is not used:
# 0.10 cannot decrypt one message in 256.
old_encrypt() {
    for old_try in 1 2 3 4 5 6 7 8; do
        rm -f "$lab/text.gpg"
        must gpg -r "$1@example.org" --encrypt "$lab/text"
        # shellcheck disable=SC2046 # the two bytes of the packet's length
        set -- "$1" $(od -An -tu1 -j1 -N2 "$lab/text.gpg")
        [ $((($2 * 256 + $3 - 12) % 64)) -ne 0 ] || return 0
    done
    fail "$1: no ciphertext of full length in $old_try tries"
}

# Every key named signs and decrypts, each with what it did last time too.
old_must_work() {
    old_when=$1
    shift
    for old_name in "$@"; do
        echo "$old_name, $old_when" >"$lab/text"
        rm -f "$lab/text.sig" "$lab/text.gpg" "$lab/plain"
        must gpg -u "$old_name@example.org" --detach-sign "$lab/text"
        must gpg --verify "$lab/text.sig" "$lab/text"
        old_encrypt "$old_name"
        must gpg --output "$lab/plain" --decrypt "$lab/text.gpg"
        cmp "$lab/text" "$lab/plain" || fail "$old_name: another plaintext"
        [ ! -e "$lab/$old_name.gpg" ] || {
            gpg --decrypt "$lab/$old_name.gpg" 2>>"$logs/gpg.log" |
                cmp - "$lab/$old_name.text" ||
                fail "$old_name: the older message is lost"
        }
        mv "$lab/text.gpg" "$lab/$old_name.gpg"
        mv "$lab/text" "$lab/$old_name.text"
    done
}

# The S-expression in a key's file, in words that a shell can look at.
old_stub() {
    tr -d '\n ' <"$lab/home/private-keys-v1.d/$1.key"
}
