#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Install Debian packages that tests need; no service starts because of them.
#
#   install.sh PACKAGE...      (root only)
set -eu

policy=/usr/sbin/policy-rc.d
made_policy=

leave() {
    [ -z "$made_policy" ] || rm -f "$policy"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# The administrator's own policy, if there is one, stays in force.
if [ ! -e "$policy" ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"
}

apt_install "$@" || { apt-get -q update && apt_install "$@"; }

# Tests start servers of their own.  One that nobody asked for must not be
# there after the next boot either.
for package in "$@"; do
    case $package in
    openssh-server) update-rc.d ssh disable ;;
    tpm2-abrmd) update-rc.d tpm2-abrmd disable ;;
    esac
done
