# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module reads where its files are from the environment, and the lines of its
# provider set that: of several with one name the last counts.
token demo
key p256 02 mykey
let grip = keygrip 02
env SOFTHSM2_CONF=/nowhere
config provider-p-env SOFTHSM2_CONF=/elsewhere
config provider-p-env SOFTHSM2_CONF={dir}/softhsm2.conf
config provider-p-env EMPTY=
start
> KEYINFO --list
< S KEYINFO {grip} T {_} P15.02 {_}
< OK
log-excludes softhsm2.conf
