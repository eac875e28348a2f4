# shellcheck shell=sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A throw-away token and GnuPG home for one test, and their end.
#
# Sourced by scripts that have set E2E_DAEMON (the daemon), E2E_KEYMAKER,
# E2E_SHIM (a module that obeys a script, tests/shim) and E2E_WORK (a folder to
# work in).  Afterwards:
#
#   lab_open NAME             a folder $lab for everything; ended on exit
#   lab_token LABEL PIN KEY.. a SoftHSM token with keys (make-token.sh's KEYs)
#   lab_home                  a GnuPG home that uses it through the daemon
#   lab_pins PIN...           what "the user" types from now on
#   lab_new_pins PIN...       the same, and what dialogs said is forgotten
#   lab_shim                  after lab_home: the shim's rules ($shim_script)
#   lab_answers ANSWER...     what "the user" does when asked something else
#
# On exit agent and daemon are ended and all files removed; the test fails if
# a process stays, a sanitizer complained or a log has a secret in it.

e2e=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

skip() {
    echo "skipped: $*"
    exit 77
}

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# Nothing here takes this long, but a test has to end by itself.
gpg() {
    timeout --foreground 120 gpg "$@"
}

card_command() {
    timeout --foreground 120 gpg-connect-agent "SCD $1" /bye
}

# Run a command that has to fail; what it says is kept in the log.
refuse() {
    refuse_rc=0
    "$@" >>"$logs/gpg.log" 2>&1 || refuse_rc=$?
    [ "$refuse_rc" -ne 0 ] || fail "should have failed: $*"
}

# Run a command that has to succeed; what it says is kept in the log.
must() {
    must_rc=0
    "$@" >>"$logs/gpg.log" 2>&1 || must_rc=$?
    [ "$must_rc" -eq 0 ] || fail "exit status $must_rc: $*"
}

lab_open() {
    umask 077
    for lab_program in gpg gpg-agent gpgconf gpg-connect-agent \
        softhsm2-util python3; do
        command -v "$lab_program" >/dev/null || skip "no $lab_program"
    done
    [ -x "$E2E_DAEMON" ] || fail "no daemon at $E2E_DAEMON"
    mkdir -p "$E2E_WORK"
    lab='' short='' GNUPGHOME=''
    trap lab_exit EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    lab=$(mktemp -d "$(CDPATH='' cd -- "$E2E_WORK" && pwd -P)/$1.XXXXXX")
    logs=$lab/logs
    mkdir "$logs" "$lab/home" "$lab/token"
    : >"$logs/gpg.log"
    : >"$lab/secrets"
    # What the daemon writes to its standard error goes nowhere under
    # gpg-agent; the reports of a sanitizer must not be lost.
    lab_suppressions="suppressions='$e2e/../lint/lsan.supp'"
    # The quotes in the options are for the sanitizers: a path may have blanks.
    # shellcheck disable=SC2089,SC2090
    export ASAN_OPTIONS="${ASAN_OPTIONS:-}:log_path='$logs/sanitizer'" \
        UBSAN_OPTIONS="${UBSAN_OPTIONS:-}:log_path='$logs/sanitizer'" \
        LSAN_OPTIONS="${LSAN_OPTIONS:-}:print_suppressions=0:$lab_suppressions"
    unset GPG_TTY DISPLAY GPG_AGENT_INFO
    # p11-kit's registry may have a module for the TPM of this machine.
    export TPM2_PKCS11_STORE="$lab/no-store" TPM2_PKCS11_TCTI=device:/nonexistent
}

# --- Token and home -------------------------------------------------------

lab_token() {
    lab_rc=0
    sh "$e2e/../token/make-token.sh" "$lab/token" "$E2E_KEYMAKER" "$@" \
        >"$lab/token.env" 2>"$logs/token.log" || lab_rc=$?
    [ "$lab_rc" -ne 77 ] || skip "$(cat "$logs/token.log")"
    [ "$lab_rc" -eq 0 ] || fail "no token: $(cat "$logs/token.log")"
    # shellcheck source=/dev/null
    . "$lab/token.env"
    export SOFTHSM2_CONF
    lab_pins "$2"
    lab_secret "$2"
}

# Nothing that is named here may be found in a log.
lab_secret() {
    printf '%s\n' "$@" >>"$lab/secrets"
}

# A Unix socket's path has about 100 characters, and some of ours have 60 behind
# the home; a build folder may have more.
lab_short_home() {
    GNUPGHOME=$lab/home
    [ $((${#GNUPGHOME} + 60)) -gt 100 ] || return 0
    short=$(mktemp -d "${TMPDIR:-/tmp}/e2e.XXXXXX")
    if [ ${#short} -gt 60 ]; then
        rmdir "$short"
        short=$(mktemp -d /tmp/e2e.XXXXXX)
    fi
    ln -s "$lab/home" "$short/h"
    GNUPGHOME=$short/h
}

lab_home() {
    lab_short_home
    export GNUPGHOME
    E2E_PROMPTS=$logs/prompts
    : >"$E2E_PROMPTS"
    E2E_ANSWERS=$lab/answers
    export E2E_PINS E2E_PROMPTS E2E_ANSWERS
    cat >"$lab/home/gpg-agent.conf" <<CONF
scdaemon-program $E2E_DAEMON
pinentry-program $e2e/pinentry.sh
log-file $logs/agent.log
verbose
CONF
    cat >"$lab/home/gnupg-pkcs11-scd.conf" <<CONF
log-file $logs/daemon.log
verbose
debug-all
providers softhsm
provider-softhsm-library $MODULE
CONF
    cat >"$lab/home/gpg.conf" <<CONF
batch
yes
trust-model always
no-greeting
CONF
}

# Put the shim of tests/shim between daemon and token: from now on it obeys the
# file $shim_script.  After lab_home, and before the daemon is started.
lab_shim() {
    shim_script=$lab/script
    : >"$shim_script"
    P11SHIM_MODULE=$MODULE P11SHIM_SCRIPT=$shim_script
    export P11SHIM_MODULE P11SHIM_SCRIPT
    sed "s|^provider-softhsm-library .*|provider-softhsm-library $E2E_SHIM|" \
        "$lab/home/gnupg-pkcs11-scd.conf" >"$lab/conf"
    cp "$lab/conf" "$lab/home/gnupg-pkcs11-scd.conf"
}

# What "the user" does at each question from now on (see pinentry.sh).
lab_answers() {
    printf '%s\n' "$@" >"$E2E_ANSWERS"
    rm -f "$E2E_ANSWERS.taken"
}

lab_pins() {
    E2E_PINS=$lab/pins
    printf '%s\n' "$@" >"$E2E_PINS"
    rm -f "$E2E_PINS.typed"
}

# --- Looking at what happened ---------------------------------------------

# How often the user was asked.
prompts() {
    grep -c '^DIALOG: PIN' "$E2E_PROMPTS" || :
}

# How often the user was asked something else than a PIN.
questions() {
    grep -c '^DIALOG: CONFIRM' "$E2E_PROMPTS" || :
}

# The text of the I-th dialog.
prompt_text() {
    awk -v wanted="$1" '
        BEGIN { n = 1 }
        /^DIALOG: / { n++; next }
        n == wanted { print }
    ' "$E2E_PROMPTS"
}

must_have_prompted() {
    [ "$(prompts)" -eq "$1" ] ||
        fail "$(prompts) PIN prompts instead of $1: $(cat "$E2E_PROMPTS")"
}

# Forget what the dialogs said; type these PINs from now on.
lab_new_pins() {
    lab_pins "$@"
    : >"$E2E_PROMPTS"
}

must_have_said() {
    prompt_text "$1" | grep -Fq "$2" ||
        fail "dialog $1 does not say '$2': $(cat "$E2E_PROMPTS")"
}

# How often the daemon called a function of the module.
calls() {
    grep -c "$1\\>" "$logs/daemon.log" || :
}

# Let the agent start another daemon.  It may take a while until it notices
# that the one it had is gone.
lab_new_daemon() {
    lab_patience=300
    lab_old_pid=$(card_command 'GETINFO pid' | sed -n 's/^D //p')
    must card_command KILLSCD
    until card_command 'GETINFO pid' | grep '^D ' |
        grep -qvx "D $lab_old_pid"; do
        lab_patience=$((lab_patience - 1))
        [ "$lab_patience" -gt 0 ] || fail 'the agent starts no new daemon'
        sleep 0.1
    done
}

# --- Keys -----------------------------------------------------------------

# Keep what the token has in $lab/keys; GnuPG takes no notice.
lab_list() {
    must card_command 'LEARN --force'
    card_command 'LEARN --force' |
        sed -n 's/^S KEYPAIRINFO //p' >"$lab/keys"
}

# Let GnuPG meet the token, and keep what it tells in $lab/keys.
lab_learn() {
    must gpg --card-status
    lab_list
}

# The keygrip of the key with the CKA_ID $1.
grip_of() {
    awk -v ref="P15.$1" '$2 == ref { print $1; found = 1 }
        END { exit !found }' "$lab/keys"
}

# Lines of a parameter file for a key of a type on the token: $1 is Key for
# the primary key or Subkey, $2 the type, $3 its CKA_ID.
key_lines() {
    key_grip=$(grip_of "$3") || fail "the daemon shows no key $3"
    case $1 in
    Key) key_ec=ECDSA ;;
    *) key_ec=ECDH ;;
    esac
    case $2 in
    rsa*) echo "$1-Type: RSA" ;;
    p256 | p384 | p521)
        printf '%s-Type: %s\n%s-Curve: nist%s\n' "$1" "$key_ec" "$1" "$2"
        ;;
    bp*)
        printf '%s-Type: %s\n%s-Curve: brainpoolP%sr1\n' "$1" "$key_ec" \
            "$1" "${2#bp}"
        ;;
    k256)
        printf '%s-Type: %s\n%s-Curve: secp256k1\n' "$1" "$key_ec" "$1"
        ;;
    ed25519) printf '%s-Type: EDDSA\n%s-Curve: ed25519\n' "$1" "$1" ;;
    x25519) printf '%s-Type: ECDH\n%s-Curve: cv25519\n' "$1" "$1" ;;
    esac
    echo "$1-Grip: $key_grip"
}

# What an OpenPGP key $1@example.org is to be made of.  $2: type:CKA_ID of the key on the
# token that signs, or "-" for one on disk; $3: the same for the key that
# decrypts, or "-" for none.
openpgp_parameters() {
    {
        case $2 in
        -) printf 'Key-Type: EDDSA\nKey-Curve: ed25519\n' ;;
        *) key_lines Key "${2%%:*}" "${2#*:}" ;;
        esac
        echo 'Key-Usage: sign,cert'
        case $3 in
        -) ;;
        *)
            key_lines Subkey "${3%%:*}" "${3#*:}"
            echo 'Subkey-Usage: encrypt'
            ;;
        esac
        printf 'Name-Real: %s\nName-Email: %s@example.org\n' "$1" "$1"
        printf 'Expire-Date: 0\n%%no-protection\n%%commit\n'
    } >"$lab/$1.parameters"
}

openpgp_key() {
    openpgp_parameters "$@"
    must gpg --generate-key "$lab/$1.parameters"
}

# The fingerprint of the primary key of the user $1.
fingerprint_of() {
    gpg --with-colons --list-secret-keys "$1" 2>>"$logs/gpg.log" |
        awk -F: '$1 == "fpr" { print $10; exit }'
}

# --- What depends on GnuPG's version --------------------------------------

# Is this gpg $1 (like 2.4) or later?
gpg_since() {
    lab_version=$(gpg --version | sed -n '1s/.* \([0-9][0-9.]*\).*/\1/p')
    printf '%s\n' "$1" "$lab_version" | sort -VC
}

# --- Dialogues ------------------------------------------------------------

# Hold the dialogue on standard input (see dialogue.py) with gpg, in a
# terminal.  What was said is in $lab/said, gpg's exit status in $talk_rc.
talk() {
    talk_rc=0
    python3 "$e2e/dialogue.py" --transcript "$lab/said" \
        gpg --no-options --trust-model always "$@" \
        >"$lab/surprise" 2>&1 || talk_rc=$?
    cat "$lab/said" >>"$logs/gpg.log"
    [ "$talk_rc" -ne 99 ] || fail "gpg $*: $(cat "$lab/surprise")"
}

# --- Tokens as gpg knows them ---------------------------------------------

# The serial number by which GnuPG knows the token $1.
serial_of() {
    for lab_serial in $(card_command 'GETINFO card_list' 2>>"$logs/gpg.log" |
        sed -n 's/^S SERIALNO \([0-9A-F]*\)$/\1/p'); do
        ! gpg-connect-agent "SCD SERIALNO --demand=$lab_serial" \
            'SCD GETATTR READER' /bye 2>>"$logs/gpg.log" |
            grep -Fq "S READER $(printf %s "$1" | tr ' ' '+')+(" || {
            echo "$lab_serial"
            return 0
        }
    done
    return 1
}

agent_pid() {
    gpg-connect-agent 'GETINFO pid' /bye 2>>"$logs/gpg.log" |
        sed -n 's/^D //p'
}

# --- The end --------------------------------------------------------------

# The agent and the daemon of this home, and whatever else was started for it:
# all of them have it on their command line.
lab_processes() {
    grep -lszFx -f "$lab/pattern" /proc/[0-9]*/cmdline | cut -d/ -f3
}

lab_wait_for_end() {
    lab_patience=300
    while [ -n "$(lab_processes)" ]; do
        lab_patience=$((lab_patience - 1))
        [ "$lab_patience" -gt 0 ] || return 1
        sleep 0.1
    done
}

# End what runs for this home; 1 if something had to be killed.
lab_end_processes() {
    [ -n "$GNUPGHOME" ] || return 0
    printf '%s\n' "$GNUPGHOME" >"$lab/pattern"
    timeout 60 gpgconf --kill gpg-agent >/dev/null 2>&1 || :
    ! lab_wait_for_end || return 0
    for lab_pid in $(lab_processes); do
        echo "still running: $(tr '\0' ' ' <"/proc/$lab_pid/cmdline")"
        kill -9 "$lab_pid" || :
    done
    return 1
}

# For tokens that are more than files.
lab_end_token() {
    :
}

# The log is as talkative as can be: calls of the module are in it.
lab_search_logs() {
    [ -e "$lab/keys" ] || return 0
    grep -qs 'C_OpenSession' "$logs/daemon.log" || {
        echo 'the log of the daemon is not there'
        return 1
    }
    python3 "$e2e/find-secrets.py" "$lab/secrets" "$logs"
}

lab_sanitizers() {
    for lab_report in "$logs"/sanitizer.*; do
        [ ! -e "$lab_report" ] || return 1
    done
}

lab_show_logs() {
    for lab_log in "$logs"/*; do
        [ -s "$lab_log" ] || continue
        echo "--- $(basename "$lab_log")"
        tail -n 60 "$lab_log"
    done
}

lab_exit() {
    lab_status=$?
    trap - EXIT
    [ -n "$lab" ] || exit "$lab_status"
    if ! lab_end_processes; then
        echo 'FAILED: a process outlived its agent'
        lab_status=1
    fi
    if ! lab_end_token; then
        echo 'FAILED: the token does not end'
        lab_status=1
    fi
    if ! lab_search_logs; then
        echo 'FAILED: a secret, or nothing, is in the log'
        lab_status=1
    fi
    if ! lab_sanitizers; then
        echo 'FAILED: a sanitizer complained'
        lab_status=1
    fi
    case $lab_status in
    0 | 77 | 129 | 130 | 143) ;;
    *) lab_show_logs ;;
    esac
    [ -z "$short" ] || rm -rf "$short"
    rm -rf "$lab"
    exit "$lab_status"
}
