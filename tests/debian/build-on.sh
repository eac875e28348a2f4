#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Run a word of ./dev on another release of Debian, which is made in a folder:
# trixie has libassuan 3 and GnuPG 2.4.
#
#   build-on.sh SUITE FOLDER WORD [ARGUMENT...]
#
# Root only.  FOLDER is made if it is not there, and used again; a copy of this
# checkout is in FOLDER/src, built with warnings as errors.  The word installs
# in there what it needs.  The source that apt has on this machine serves the
# other release too.
set -eu

suite=$1 folder=$2
shift 2
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)

if [ "$(id -u)" -ne 0 ]; then
    echo 'build-on.sh: another Debian is made and used by root only' >&2
    exit 1
fi

# A Debian that cannot start services, and whose last step leaves a mark.
make_release() {
    # shellcheck disable=SC2016 # apt's own variable
    uri=$(apt-get indextargets --format '$(SUITE) $(ORIGIN) $(REPO_URI)' |
        awk '$2 == "Debian" && $1 !~ /-/ { print $3; exit }')
    mkdir -p "$folder"
    find "$folder" -mindepth 1 -maxdepth 1 ! -name .dev-lock -exec rm -rf {} +
    echo "Making a Debian $suite in $folder"
    debootstrap --variant=minbase "$suite" "$folder" \
        "${uri:?run apt-get update}" >"$folder/debootstrap.log" 2>&1 || {
        cat "$folder/debootstrap.log"
        return 1
    }
    printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
    chmod +x "$folder/usr/sbin/policy-rc.d"
    : >"$folder/.complete"
}

# What was built from the copy before is kept, for the compiler's sake.
copy_source() {
    mkdir -p "$folder/src"
    find "$folder/src" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    tar -C "$root" --exclude='./build*' --exclude=./.git -cf - . |
        tar -C "$folder/src" -xf -
}

if [ ! -e "$folder/.complete" ]; then make_release; fi
copy_source

# The mounts and the processes in there end with the command that sees them:
# /proc, the devices with the pseudo-terminals among them, and an empty /tmp
# and /run.  There is no /run/user.  The folder is a mount itself, as a root has
# to be for whoever wants mounts of his own in there.
# shellcheck disable=SC2016 # for the other shell
exec unshare --mount --pid --fork --kill-child sh -eu -c '
    folder=$1
    shift
    mount --make-rprivate /
    mount --bind "$folder" "$folder"
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$folder/tmp"
    mount -t tmpfs -o mode=755 tmpfs "$folder/run"
    chroot "$folder" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        LC_ALL=C.UTF-8 ${http_proxy:+"http_proxy=$http_proxy"} \
        sh -eu -c "
            cd /src
            ./dev build -Dwerror=true
            ./dev \"\$@\"
        " sh "$@"
' sh "$folder" "$@"
