# shellcheck shell=sh disable=SC2154 # variables of lib.sh and of scripts
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Token keys for ssh through gpg-agent, and a server to log in to.
#
# Sourced after lib.sh.  In the order in which they are needed:
#
#   ssh_open NAME             lab_open, if there are ssh's programs
#   ssh_home                  lab_home, and an agent that ssh talks to
#   ssh_public ID TYPE        the public key of the token's key ID as ssh
#                             writes it, in $lab/ssh/ID.pub
#   ssh_server                one for the keys in $lab/ssh/authorized_keys
#   ssh_login ID [OPTION...]  log in with this key and no other

ssh_open() {
    for ssh_program in ssh ssh-add ssh-keygen openssl base64; do
        command -v "$ssh_program" >/dev/null || skip "no $ssh_program"
    done
    export LC_ALL=C
    lab_open "$1"
}

ssh_home() {
    lab_home
    echo enable-ssh-support >>"$lab/home/gpg-agent.conf"
    unset SSH_AGENT_PID
    SSH_AUTH_SOCK=$(gpgconf --list-dirs agent-ssh-socket)
    export SSH_AUTH_SOCK
    mkdir "$lab/ssh"
    # ssh does not start it.
    must gpgconf --launch gpg-agent
}

# GnuPG 2.2 offers one key of each card to ssh; these keys as well.
ssh_control() {
    for ssh_id in "$@"; do
        ssh_grip=$(grip_of "$ssh_id") || fail "the daemon shows no key $ssh_id"
        echo "$ssh_grip 0"
    done >>"$lab/home/sshcontrol"
}

# --- Keys -------------------------------------------------------------------

# What the agent says a key is must be what the token says it is: this comes
# from the token, and gpg-agent has no part in it.
ssh_public() {
    "$E2E_KEYMAKER" "$MODULE" pubkey "$token" "$pin" "$1" \
        >"$lab/ssh/$1.spki" 2>>"$logs/token.log" ||
        fail "the token gives no public key $1"
    case $2 in
    ed25519)
        {
            printf '\000\000\000\013ssh-ed25519\000\000\000\040'
            tail -c 32 "$lab/ssh/$1.spki"
        } | base64 | tr -d '\n' | sed 's/^/ssh-ed25519 /'
        ;;
    *)
        openssl pkey -pubin -inform DER -in "$lab/ssh/$1.spki" \
            -out "$lab/ssh/$1.pem"
        ssh-keygen -i -m PKCS8 -f "$lab/ssh/$1.pem" | tr -d '\n'
        ;;
    esac >"$lab/ssh/$1.pub"
    echo >>"$lab/ssh/$1.pub"
}

# ssh-add shows these keys, and no other: ID...
must_offer() {
    for ssh_id in "$@"; do
        cat "$lab/ssh/$ssh_id.pub"
    done | sort >"$lab/ssh/expected"
    ssh-add -L >"$lab/ssh/listing" 2>>"$logs/ssh.log" ||
        fail "no listing: $(tail "$logs/ssh.log")"
    cut -d ' ' -f 1,2 "$lab/ssh/listing" | sort >"$lab/ssh/offered"
    cmp -s "$lab/ssh/expected" "$lab/ssh/offered" ||
        fail "the keys for ssh are not $*: $(cat "$lab/ssh/listing")"
}

# --- The server -------------------------------------------------------------

ssh_server_program() {
    command -v sshd || ls /usr/sbin/sshd /usr/local/sbin/sshd 2>/dev/null
}

# It takes no port: each login starts one that serves its standard input, as
# inetd would do it, and ends with the connection.
ssh_server() {
    ssh_daemon=$(ssh_server_program | sed -n 1p)
    [ -n "$ssh_daemon" ] || skip 'no sshd'
    must ssh-keygen -q -t ed25519 -N '' -f "$lab/ssh/host"
    printf 'lab %s\n' "$(cut -d ' ' -f 1,2 "$lab/ssh/host.pub")" \
        >"$lab/ssh/known_hosts"
    : >"$lab/ssh/authorized_keys"
    cat >"$lab/ssh/sshd_config" <<CONF
HostKey "$lab/ssh/host"
PidFile none
AuthorizedKeysFile "$lab/ssh/authorized_keys"
AuthenticationMethods publickey
PermitRootLogin yes
PermitUserRC no
StrictModes no
UsePAM no
LogLevel VERBOSE
CONF
    cat >"$lab/ssh/serve" <<SERVE
#!/bin/sh
exec '$ssh_daemon' -i -f '$lab/ssh/sshd_config' -E '$logs/sshd.log'
SERVE
    chmod 700 "$lab/ssh/serve"
    ssh_server_folder
    must "$ssh_daemon" -t -f "$lab/ssh/sshd_config"
}

# Debian makes the folder when it starts its own sshd, which need not be.
ssh_server_folder() {
    ssh_folder=$("$ssh_daemon" -t -f "$lab/ssh/sshd_config" 2>&1 |
        tr -d '\r' |
        sed -n 's/^Missing privilege separation directory: //p')
    [ -z "$ssh_folder" ] || (umask 022 && mkdir -p "$ssh_folder")
}

ssh_authorize() {
    for ssh_id in "$@"; do
        cat "$lab/ssh/$ssh_id.pub"
    done >"$lab/ssh/authorized_keys"
}

# What ssh thinks of it is in the log afterwards.
ssh_login() {
    ssh_key=$lab/ssh/$1.pub
    shift
    timeout --foreground 120 ssh -F /dev/null -vvv -o BatchMode=yes \
        -o "ProxyCommand='$lab/ssh/serve'" -o HostKeyAlias=lab \
        -o "UserKnownHostsFile='$lab/ssh/known_hosts'" \
        -o GlobalKnownHostsFile=/dev/null -o StrictHostKeyChecking=yes \
        -o IdentitiesOnly=yes -o "IdentityFile='$ssh_key'" "$@" \
        lab "echo logged in" >"$lab/ssh/said" 2>"$logs/ssh.log" &&
        grep -qx 'logged in' "$lab/ssh/said"
}
