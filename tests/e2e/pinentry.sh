#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A pinentry without a person: types PINs from a file, keeps what it was shown.
#
# E2E_PINS     a PIN a line, one for each time it is asked, the last one for
#              ever; the line "CANCEL" is somebody who presses that button
# E2E_ANSWERS  what is done at each question, a line each: "OK", "CANCEL", or a
#              command that is run before OK is pressed; CANCEL when there are
#              no more.  Without this file OK is pressed at every question
# E2E_PROMPTS  the texts of every dialog are appended here
set -eu

# The text $1 with its %XX undone.
decoded() {
    rest=$1
    while :; do
        case $rest in
        *%[0-9A-Fa-f][0-9A-Fa-f]*) ;;
        *) break ;;
        esac
        before=${rest%%\%[0-9A-Fa-f][0-9A-Fa-f]*}
        after=${rest#"$before"%}
        octal=$(printf '%03o' "0x${after%"${after#??}"}")
        # shellcheck disable=SC2059 # the format is the character
        printf '%s' "$before" && printf "\\$octal"
        rest=${after#??}
    done
    printf '%s\n' "$rest"
}

keep() {
    { printf '%s: ' "$1" && decoded "$2"; } >>"$E2E_PROMPTS"
}

# The PIN that is next; how many were typed before is kept in a file.
next_pin() {
    typed=0
    [ ! -s "$E2E_PINS.typed" ] || typed=$(cat "$E2E_PINS.typed")
    typed=$((typed + 1))
    echo "$typed" >"$E2E_PINS.typed"
    [ "$typed" -le "$(wc -l <"$E2E_PINS")" ] || typed='$'
    sed -n "${typed}p" "$E2E_PINS"
}

get_pin() {
    keep DIALOG PIN
    pin=$(next_pin)
    if [ "$pin" = CANCEL ]; then
        echo 'ERR 83886179 Operation cancelled <Pinentry>'
    else
        printf 'D %s\nOK\n' "$(printf '%s' "$pin" | sed 's/%/%25/g')"
    fi
}

# Do what is next; false for CANCEL.  How many were taken is kept in a file.
next_answer() {
    [ -e "$E2E_ANSWERS" ] || return 0
    taken=0
    [ ! -s "$E2E_ANSWERS.taken" ] || taken=$(cat "$E2E_ANSWERS.taken")
    taken=$((taken + 1))
    echo "$taken" >"$E2E_ANSWERS.taken"
    answer=$(sed -n "${taken}p" "$E2E_ANSWERS")
    case $answer in
    OK) ;;
    CANCEL | '') return 1 ;;
    *) eval "$answer" >&2 ;;
    esac
}

answer_question() {
    if next_answer; then
        echo OK
    else
        echo 'ERR 83886179 Operation cancelled <Pinentry>'
    fi
}

echo 'OK Pleased to meet you'
while read -r command argument; do
    case $command in
    SETDESC | SETPROMPT | SETERROR | SETTITLE)
        keep "$command" "$argument"
        echo OK
        ;;
    GETPIN) get_pin ;;
    CONFIRM | MESSAGE)
        keep DIALOG "$command $argument"
        answer_question
        ;;
    GETINFO)
        [ "$argument" != pid ] || echo "D $$"
        [ "$argument" != flavor ] || echo 'D script'
        echo OK
        ;;
    BYE)
        echo OK
        exit 0
        ;;
    *) echo OK ;;
    esac
done
