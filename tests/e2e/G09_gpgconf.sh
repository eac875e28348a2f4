#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What GnuPG's programs have in common: --gpgconf-list, --gpgconf-test,
# --dump-options and --debug-level; and what the real gpgconf makes of them.
#
#   G09_gpgconf.sh      (E2E_DAEMON and E2E_WORK are set)
set -eu

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

mkdir -p "$E2E_WORK"
work=$(mktemp -d "$(CDPATH='' cd -- "$E2E_WORK" && pwd -P)/gpgconf.XXXXXX")
trap 'rm -rf "$work"' EXIT
export GNUPG_PKCS11_SOCKETDIR="$work" HOME="$work"
unset GNUPGHOME POSIXLY_CORRECT
home=$work/home
conf=$home/gnupg-pkcs11-scd.conf
mkdir -m 700 "$home"

# run EXPECTED-STATUS ARGUMENT...
run() {
    expected=$1
    shift
    status=0
    "$E2E_DAEMON" "$@" </dev/null >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq "$expected" ] ||
        fail "exit status $status, not $expected: $* ($(cat "$work/err"))"
}

must_be_silent() {
    [ ! -s "$work/out" ] || fail "$1: standard output has $(cat "$work/out")"
    [ ! -s "$work/err" ] || fail "$1: standard error has $(cat "$work/err")"
}

# --- --gpgconf-test ---------------------------------------------------------

run 0 --gpgconf-test --homedir "$home"
must_be_silent 'no configuration'
printf 'log-file %s/log\nverbose\npin-cache 20\ndebug-level guru\n' "$work" \
    >"$conf"
run 0 --gpgconf-test --homedir "$home"
must_be_silent 'a good configuration'
[ ! -e "$work/log" ] || fail 'a test wrote to the log file'

printf 'emulate-openpgpg\n' >"$conf"
run 0 --gpgconf-test --homedir "$home"
grep -q "^gnupg-pkcs11-scd: $conf:1: " "$work/err" ||
    fail "a keyword without effect is not told: $(cat "$work/err")"

printf 'log-file %s/log\npin-cach 20\ndebug-level loud\n' "$work" >"$conf"
for arguments in "--homedir $home" "--options $conf"; do
    # shellcheck disable=SC2086 # two words each
    run 1 $arguments --gpgconf-test
    for line in 2 3; do
        grep -q "^gnupg-pkcs11-scd: $conf:$line: " "$work/err" ||
            fail "the mistake in line $line is not told: $(cat "$work/err")"
    done
    [ "$(wc -l <"$work/err")" -eq 2 ] || fail "not two mistakes: $(cat "$work/err")"
    [ ! -s "$work/out" ] || fail 'a test writes to standard output'
    [ ! -e "$work/log" ] || fail 'a test wrote to the log file'
done
run 0 --no-options --homedir "$home" --gpgconf-test
must_be_silent 'no file to be read'
run 1 --gpgconf-test --options "$work/absent"
grep -q "$work/absent" "$work/err" || fail 'the absent file is not named'

# --- --gpgconf-list ---------------------------------------------------------

run 0 --gpgconf-list --homedir "$work/a:b,c%d"
grep -Fxq "gpgconf-gnupg-pkcs11-scd.conf:16:\"$work/a%3Ab%2Cc%25d/gnupg-pkcs11-scd.conf:" \
    "$work/out" || fail "not the file: $(cat "$work/out")"
# Mistakes in the file change nothing about the list, nor are they told here.
run 0 --gpgconf-list --homedir "$home"
[ ! -s "$work/err" ] || fail "standard error has $(cat "$work/err")"
sed 1d "$work/out" >"$work/list"
for name in log-file verbose debug-level pin-cache providers match-uri; do
    grep -q "^$name:" "$work/list" || fail "the keyword $name is not listed"
done
[ -z "$(cut -d: -f1 "$work/list" | sort | uniq -d)" ] || fail 'a name is listed twice'
while IFS= read -r line; do
    case $line in
    *[!a-z0-9:\"-]* | :* | *::*) fail "what is $line?" ;;
    esac
    IFS=: read -r name flags default rest <<LINE
$line
LINE
    [ -z "$rest" ] || fail "too many fields: $line"
    # The default may be written into the file; and all names are keywords.
    printf '%s %s\n' "$name" "${default#\"}" >"$work/one.conf"
    case $flags in
    0 | 4)
        [ -z "$default" ] || fail "a default without the flag for it: $line"
        "$E2E_DAEMON" --gpgconf-test --options "$work/one.conf" 2>"$work/err" || :
        ! grep -q 'unknown' "$work/err" || fail "no keyword: $line"
        ;;
    16)
        [ -n "$default" ] || fail "no default: $line"
        run 0 --gpgconf-test --options "$work/one.conf"
        must_be_silent "$line"
        ;;
    *) fail "flags: $line" ;;
    esac
done <"$work/list"

# --- --dump-options ---------------------------------------------------------

run 0 --dump-options
[ ! -s "$work/err" ] || fail "standard error has $(cat "$work/err")"
cp "$work/out" "$work/options"
[ -z "$(sort "$work/options" | uniq -d)" ] || fail 'an option is listed twice'
! grep -Evx -e '--[a-z][a-z0-9-]*[a-z0-9]' "$work/options" ||
    fail 'there are lines that are no options'
# All that --help shows is listed, and so is what the manual of scdaemon has.
run 0 --help
for option in $(grep -o -e '--[a-z-]*' "$work/out" | grep -vx -e '--') \
    --reader-port --deny-admin --card-timeout --debug-wait --uid-acl; do
    grep -Fqx -e "$option" "$work/options" ||
        [ "$option" = --help ] || fail "$option is not listed"
done
# All that is listed is taken, in one way or the other.
while IFS= read -r option; do
    "$E2E_DAEMON" "$option" --dump-options >"$work/out" 2>"$work/err" ||
        "$E2E_DAEMON" "$option" 1 --dump-options >"$work/out" 2>"$work/err" ||
        fail "$option is listed, but: $(cat "$work/err")"
done <"$work/options"
for option in --d --no --c --l; do
    ! grep -Fqx -e "$option" "$work/options" || fail "$option is listed"
done

# --- --debug-level ----------------------------------------------------------

# log_with ARGUMENT...: what is logged of one command, with $conf.
log_with() {
    rm -f "$work/log"
    printf 'NOP\nGETINFO pid\n' |
        "$E2E_DAEMON" --server --homedir "$home" --log-file "$work/log" "$@" \
            >"$work/out" 2>"$work/err" || fail "$*: $(cat "$work/err")"
    [ -e "$work/log" ] || fail "no log: $*"
}
# must_log LEVEL: 0 nothing, 1 what is done, 2 each command too.
must_log() {
    case $1 in
    0) [ ! -s "$work/log" ] ;;
    1) grep -q ready "$work/log" && ! grep -q GETINFO "$work/log" ;;
    2) grep -q ready "$work/log" && grep -q GETINFO "$work/log" ;;
    esac || fail "$2: not level $1: $(cat "$work/log")"
}
: >"$conf"
for pair in none=0 0=0 basic=1 1=1 2=1 advanced=2 3=2 5=2 expert=2 6=2 8=2 \
    guru=2 9=2; do
    word=${pair%=*}
    log_with --debug-level "$word"
    must_log "${pair#*=}" "--debug-level $word"
    # The same in the configuration.
    echo "debug-level $word" >"$conf"
    log_with
    must_log "${pair#*=}" "debug-level $word"
    : >"$conf"
done
log_with --debug-all
must_log 2 --debug-all
log_with --verbose --debug-level none
must_log 1 '--verbose --debug-level none'
# What the command line says counts.
printf 'verbose\ndebug-all\n' >"$conf"
log_with
must_log 2 debug-all
log_with --debug-level none
must_log 0 'none over debug-all'
log_with --debug=0 -v
must_log 1 '--debug=0 -v over debug-all'
run 1 --server --debug-level loud
grep -q "none.*guru" "$work/err" || fail 'the levels are not told'
[ ! -s "$work/out" ] || fail 'served with a wrong level'

# --- The real gpgconf -------------------------------------------------------

# It takes the program from where the file beside it says.
gpgconf=$(command -v gpgconf) || {
    echo 'skipped: no gpgconf'
    exit 77
}
mkdir "$work/bin" "$work/libexec"
cp "$gpgconf" "$work/bin/gpgconf"
echo "rootdir=$work" >"$work/bin/gpgconf.ctl"
ln -s "$E2E_DAEMON" "$work/libexec/scdaemon"
ask() {
    GNUPGHOME=$home timeout 60 "$work/bin/gpgconf" "$@" >"$work/out" 2>"$work/err" ||
        fail "gpgconf $*: $(cat "$work/err")"
    [ ! -s "$work/err" ] || fail "gpgconf $* complains: $(cat "$work/err")"
}
ask --list-dirs libexecdir
[ "$(cat "$work/out")" = "$work/libexec" ] || {
    echo 'skipped: GnuPG here looks for no gpgconf.ctl'
    exit 77
}
echo 'verbose' >"$conf"
ask --check-options scdaemon
grep -q "^scdaemon:[^:]*:$work/libexec/scdaemon:1:1:" "$work/out" ||
    fail "gpgconf takes it for wrong: $(cat "$work/out")"
echo 'verbos' >"$conf"
ask --check-options scdaemon
grep -q "^scdaemon:[^:]*:$work/libexec/scdaemon:1:0:" "$work/out" ||
    fail "gpgconf takes it for right: $(cat "$work/out")"
ask --list-options scdaemon
for option in verbose log-file debug-level card-timeout deny-admin; do
    grep -q "^$option:" "$work/out" || fail "gpgconf does not find $option"
done
grep -q '^debug-level:.*:"none:' "$work/out" ||
    fail "gpgconf does not find the default of debug-level: $(cat "$work/out")"
echo 'gpgconf: ok'
