#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Fetch a Debian package and unpack it in a folder; nothing is installed.
#
#   unpack.sh FOLDER PACKAGE [LIBRARY]
#
# With the packages it depends on whose names begin with LIBRARY: what follows
# is different in each release.  FOLDER is there, whole, or not at all.
set -eu

folder=$1 package=$2 library=${3:-}

leave() {
    [ -z "${scratch:-}" ] || rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
scratch=$(mktemp -d "$(dirname -- "$folder")/unpack.XXXXXX")
scratch=$(CDPATH='' cd -- "$scratch" && pwd -P)
mkdir "$scratch/packages" "$scratch/files"

names() {
    echo "$package"
    [ -z "$library" ] || apt-cache depends "$package" |
        sed -n "s/^ *Depends: \\(${library}[^ ]*\\)\$/\\1/p"
}

# The folder is not one that apt's own user could write to.
fetch() {
    # shellcheck disable=SC2046 # names have no blanks
    (cd "$scratch/packages" &&
        apt-get -q -o APT::Sandbox::User=root download $(names))
}

# Where nobody has asked the mirror before, nothing is known of any package.
fetch || {
    [ "$(id -u)" -eq 0 ]
    apt-get -q update
    fetch
}
for file in "$scratch"/packages/*.deb; do
    dpkg -x "$file" "$scratch/files"
done
rm -rf "$folder"
mv "$scratch/files" "$folder"
