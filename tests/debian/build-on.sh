#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Build with warnings as errors, and run the unit tests and transcripts, on
# another release of Debian in a folder: trixie has libassuan 3.
#
#   build-on.sh SUITE FOLDER
#
# Root only.  FOLDER is made if absent and can be used again; the source that
# apt has on this machine serves the other release too.
set -eu

suite=$1 folder=$2
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
packages='gcc libc6-dev meson ninja-build pkg-config libassuan-dev
    libgpg-error-dev libgcrypt20-dev libksba-dev libp11-kit-dev libcmocka-dev
    softhsm2 openssl python3'

if [ "$(id -u)" -ne 0 ]; then
    echo 'build-on.sh: another Debian is made by root only' >&2
    exit 77
fi

# What it takes to make a Debian.
if ! command -v debootstrap >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get -q -y install \
        --no-install-recommends debootstrap
fi

# A folder that cannot start services, and whose last step leaves a mark.
make_release() {
    # shellcheck disable=SC2016 # apt's own variable
    uri=$(apt-get indextargets --format '$(REPO_URI)' | head -n 1)
    rm -rf "$folder"
    debootstrap --variant=minbase "$suite" "$folder" "${uri:?run apt-get update}"
    printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
    chmod +x "$folder/usr/sbin/policy-rc.d"
    # shellcheck disable=SC2086 # a list of package names
    chroot "$folder" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        install --no-install-recommends $packages
    : >"$folder/.complete"
}

[ -e "$folder/.complete" ] || make_release
rm -rf "$folder/src"
mkdir "$folder/src"
tar -C "$root" --exclude='./build*' --exclude=./.git -cf - . |
    tar -C "$folder/src" -xf -

# The mounts below end with the command that sees them.
rc=0
# shellcheck disable=SC2016 # for the other shell
unshare --mount --fork sh -eu -c '
    mount --make-rprivate /
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        LC_ALL=C.UTF-8 sh -eu -c "
            pkg-config --print-errors --modversion libassuan
            cd /src
            meson setup build -Dwerror=true
            meson compile -C build
            meson test -C build --quiet --print-errorlogs --timeout-multiplier 4 \
                --suite unit --suite protocol
        "
' sh "$folder" || rc=$?
python3 "$root/tests/lint/tally.py" \
    "$folder/src/build/meson-logs/testlog.json" || rc=1
exit "$rc"
