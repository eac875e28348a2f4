#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Key stubs that older daemons left behind work at once, and still when GnuPG
# has looked at the card.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/e2e/old_lib.sh
. "$(dirname -- "$0")/old_lib.sh"

pin='e2e-pin-stubs'
first_label='Büro #1, rot' second_label='tok_2'

python3 "$e2e/old_stub.py" --self-test || fail 'old_stub.py does not work'
lab_open old_stubs
# Nothing but a stub's reference says which of two keys with one ID is meant.
lab_token "$first_label" "$pin" rsa2048:A1:signing rsa2048:0B:reading
lab_token "$second_label" "$pin" rsa2048:A1:signing rsa2048:0B:reading
old_home
card_command 'KEYINFO --list' | sed -n 's/^S KEYINFO //p' >"$lab/keys"
[ "$(wc -l <"$lab/keys")" -eq 4 ] || fail "not four keys: $(cat "$lab/keys")"

# The serial number that SoftHSM gave to the token with a label.
token_number() {
    softhsm2-util --show-slots | awk -v label="$1" '
        $1 == "Serial" { number = $3 }
        $1 == "Label:" && substr($0, index($0, ":") + 1) ~ "^ *" label " *$" {
            print number
        }'
}

# Which key on which token has a keygrip: TOKEN/ID.
where_is() {
    where_number=$(card_command "GETATTR \$DISPSERIALNO $1" |
        sed -n 's/^S .DISPSERIALNO //p')
    where_ref=$(awk -v grip="$1" '$1 == grip { print $4 }' "$lab/keys")
    case $where_number in
    *"$first_number"*) echo "first/${where_ref#P15.}" ;;
    *"$second_number"*) echo "second/${where_ref#P15.}" ;;
    *) fail "$1 is on a token with number \"$where_number\"" ;;
    esac
}

first_number=$(token_number "$first_label")
second_number=$(token_number "$second_label")
while read -r grip _ serial _; do
    must timeout 60 gpg-connect-agent "SCD SERIALNO --demand=$serial" \
        LEARN /bye
    echo "$grip $(where_is "$grip")"
done <"$lab/keys" >"$lab/where"
grip_at() {
    awk -v where="$1" '$2 == where { print $1 }' "$lab/where"
}
old_openpgp_key first "$(grip_at first/A1)" "$(grip_at first/0B)"
old_openpgp_key second "$(grip_at second/A1)" "$(grip_at second/0B)"

# What older daemons called the key with the ID $2 on the token $1: sets
# upstream_serial, upstream_ref, fedora_serial and fedora_ref.
old_names() {
    case $1 in
    first) old_number=$first_number old_label=$first_label ;;
    *) old_number=$second_number old_label=$second_label ;;
    esac
    python3 "$e2e/old_stub.py" names 'SoftHSM project' 'SoftHSM v2' \
        "$old_number" "$old_label" "$2" >"$lab/names"
    {
        read -r upstream_serial
        read -r upstream_ref
        read -r fedora_serial
        read -r fedora_ref
    } <"$lab/names"
}

other_of() {
    case $1 in
    first) echo second ;;
    *) echo first ;;
    esac
}

# The serial number that stubs of a kind had for the key $2 of the token $1.
kind_serial() {
    case $kind in
    empty-slot) echo D27600012401115031319909A5ED1111 ;;
    emulated) echo D2760001240111111111111111111111 ;;
    0.7.5) echo D2760001240111504B43532331311111 ;;
    absent) echo D2760001240111503131DEADBEEF1111 ;;
    other-token)
        old_names "$(other_of "$1")" "$2"
        echo "$upstream_serial"
        ;;
    upstream) echo "$upstream_serial" ;;
    fedora) echo "$fedora_serial" ;;
    fedora-absent) echo D276000124011150313100C0FFEE1111 ;;
    esac
}

# Write the four stubs of a kind in a form.
write_stubs() {
    while read -r grip where; do
        old_names "${where%/*}" "${where#*/}"
        case $kind in
        fedora*) reference=$fedora_ref ;;
        *) reference=$upstream_ref ;;
        esac
        serial=$(kind_serial "${where%/*}" "${where#*/}")
        python3 "$e2e/old_stub.py" write "$form" \
            "$lab/home/private-keys-v1.d/$grip.key" "$serial" "$reference" ||
            fail "$kind, $form: no stub"
    done <"$lab/where"
}

must_not_have_asked_more() {
    must_have_prompted 2
    [ "$(grep -c '^DIALOG:' "$E2E_PROMPTS")" -eq 2 ] ||
        fail "$kind, $form: another dialog: $(cat "$E2E_PROMPTS")"
}

form=extended
for kind in empty-slot emulated 0.7.5 other-token absent upstream fedora \
    fedora-absent; do
    case $form in
    canonical) form=extended ;;
    *) form=canonical ;;
    esac
    write_stubs
    old_must_work "$kind, $form" first second
    must_not_have_asked_more
    # Stubs may have our names now; which ones is GnuPG's affair.
    must gpg --card-status
    old_must_work "$kind, $form, seen" first second
    must_not_have_asked_more
done

# Written anew, all of them, a token at a time.
write_stubs
awk '{ print $3 }' "$lab/keys" | sort -u >"$lab/serials"
while read -r serial; do
    must timeout 60 gpg-connect-agent "SCD SERIALNO --demand=$serial" \
        'LEARN --force' /bye
done <"$lab/serials"
while read -r grip _ serial ref _; do
    stub=$(python3 "$e2e/old_stub.py" show \
        "$lab/home/private-keys-v1.d/$grip.key")
    [ "$stub" = "$(printf '%s\n%s' "$serial" "$ref")" ] ||
        fail "$grip was not written anew: $stub"
done <"$lab/keys"
old_must_work 'written anew' first second
must_not_have_asked_more

# A person who does not have the other token says so, if asked for it.
cat >"$lab/pinentry" <<'SCRIPT'
#!/bin/sh
echo 'OK Pleased to meet you'
while read -r command argument; do
    printf '%s %s\n' "$command" "$argument" >>"$E2E_PROMPTS"
    case $command in
    CONFIRM) echo 'ERR 83886179 Operation cancelled <Pinentry>' ;;
    GETPIN) printf 'D %s\nOK\n' "$(head -n 1 "$E2E_PINS")" ;;
    *) echo OK ;;
    esac
    [ "$command" != BYE ] || exit 0
done
SCRIPT
chmod +x "$lab/pinentry"
sed "s|^pinentry-program .*|pinentry-program $lab/pinentry|" \
    "$lab/home/gpg-agent.conf" >"$lab/agent.conf"
mv "$lab/agent.conf" "$lab/home/gpg-agent.conf"

# The key of a token that is gone is missed by that name, not looked for on
# another one with the same ID, and no PIN is asked for it.
must softhsm2-util --delete-token --token "$second_label"
echo "one token" >"$lab/text"
for kind in empty-slot upstream fedora; do
    write_stubs
    lab_end_processes || fail 'the daemon does not end'
    : >"$E2E_PROMPTS"
    rm -f "$lab/text.sig"
    refuse gpg -u second@example.org --detach-sign "$lab/text"
    [ ! -e "$lab/text.sig" ] || fail "$kind: a signature without its token"
    case $(gpg --version | head -n 1) in
    *' 2.2.'*) grep -q 'signing failed: Card not present' "$logs/gpg.log" ||
        fail "$kind: no clear error" ;;
    esac
    ! grep -q GETPIN "$E2E_PROMPTS" || fail "$kind: a PIN for an absent token"
    must gpg -u first@example.org --output "$lab/text.sig" \
        --detach-sign "$lab/text"
done
