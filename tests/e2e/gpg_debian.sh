#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A Debian package is signed with a key of the token, and checked with gpgv.
set -eu
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "$0")/lib.sh"

lab_open gpg_debian
command -v gpgv >/dev/null || skip 'no gpgv'
lab_token 'Token of a maintainer' 'e2e-pin-deb' rsa3072:01:rsa:usage=s
lab_home
lab_learn
openpgp_key maintainer rsa3072:01 -
fingerprint=$(fingerprint_of maintainer@example.org)
gpg --output "$lab/keyring.gpg" --export "$fingerprint"
must_have_prompted 1

# What dpkg-buildpackage leaves behind, small.
mkdir "$lab/upload"
cd "$lab/upload"
echo 'not a tarball' >pangolin_1.0.tar.xz
sums() {
    for sums_file; do
        printf ' %s %s %s\n' "$(sha256sum "$sums_file" | cut -d' ' -f1)" \
            "$(wc -c <"$sums_file")" "$sums_file"
    done
}
cat >pangolin_1.0.dsc <<DSC
Format: 3.0 (native)
Source: pangolin
Binary: pangolin
Architecture: all
Version: 1.0
Maintainer: maintainer <maintainer@example.org>
Checksums-Sha256:
$(sums pangolin_1.0.tar.xz)
Files:
 $(md5sum pangolin_1.0.tar.xz | cut -d' ' -f1) $(wc -c <pangolin_1.0.tar.xz) pangolin_1.0.tar.xz
DSC
changes() {
    cat <<CHANGES
Format: 1.8
Date: Thu, 01 Jan 2026 00:00:00 +0000
Source: pangolin
Architecture: source
Version: 1.0
Distribution: unstable
Urgency: medium
Maintainer: maintainer <maintainer@example.org>
Changed-By: maintainer <maintainer@example.org>
Description:
 pangolin - scales
Changes:
 pangolin (1.0) unstable; urgency=medium
 .
   * - A line that a clear signature has to escape.
Checksums-Sha1:
 $(sha1sum pangolin_1.0.dsc | cut -d' ' -f1) $(wc -c <pangolin_1.0.dsc) pangolin_1.0.dsc
 $(sha1sum pangolin_1.0.tar.xz | cut -d' ' -f1) $(wc -c <pangolin_1.0.tar.xz) pangolin_1.0.tar.xz
Checksums-Sha256:
$(sums pangolin_1.0.dsc pangolin_1.0.tar.xz)
Files:
 $(md5sum pangolin_1.0.dsc | cut -d' ' -f1) $(wc -c <pangolin_1.0.dsc) misc optional pangolin_1.0.dsc
 $(md5sum pangolin_1.0.tar.xz | cut -d' ' -f1) $(wc -c <pangolin_1.0.tar.xz) misc optional pangolin_1.0.tar.xz
CHANGES
}

# The same with debsign where there is one, and as debsign calls gpg.
sign_as_debsign_does() {
    {
        cat "$1"
        echo
    } >"$lab/unsigned"
    must gpg --no-auto-check-trustdb --local-user "0x$fingerprint" \
        --clearsign --list-options no-show-policy-urls --armor --textmode \
        --output "$1.asc" - <"$lab/unsigned"
    mv "$1.asc" "$1"
}

must_verify() {
    gpgv --status-fd 1 --keyring "$lab/keyring.gpg" "$1" >"$lab/status" \
        2>>"$logs/gpg.log" || fail "gpgv does not accept $1"
    grep -q "^\\[GNUPG:\\] VALIDSIG $fingerprint " "$lab/status" ||
        fail "$1 is signed by somebody else: $(cat "$lab/status")"
}

cp pangolin_1.0.dsc ../dsc
changes >pangolin_1.0_source.changes
sign_as_debsign_does pangolin_1.0.dsc
changes >pangolin_1.0_source.changes
sign_as_debsign_does pangolin_1.0_source.changes
must_verify pangolin_1.0.dsc
must_verify pangolin_1.0_source.changes
sed 's/urgency=medium/urgency=high/' pangolin_1.0_source.changes >forged
refuse gpgv --keyring "$lab/keyring.gpg" forged
must_have_prompted 1

# A detached signature, as for an archive's Release file or a tarball.
must gpg --armor --detach-sign pangolin_1.0.tar.xz
must gpgv --keyring "$lab/keyring.gpg" pangolin_1.0.tar.xz.asc \
    pangolin_1.0.tar.xz
refuse gpgv --keyring "$lab/keyring.gpg" pangolin_1.0.tar.xz.asc ../dsc

command -v debsign >/dev/null || exit 0
cp ../dsc pangolin_1.0.dsc
changes >pangolin_1.0_source.changes
HOME=$lab/user
export HOME
mkdir "$HOME"
must timeout --foreground 120 debsign --no-conf --re-sign -k"$fingerprint" \
    pangolin_1.0_source.changes
must_verify pangolin_1.0.dsc
must_verify pangolin_1.0_source.changes
if command -v dscverify >/dev/null; then
    must dscverify --keyring "$lab/keyring.gpg" pangolin_1.0_source.changes
fi
must_have_prompted 1
