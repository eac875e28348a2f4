# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module whose path has number signs and blanks in it, and more than 1 KiB.
token demo
key p256 02 mykey
let part = repeat x#y 60
let folder = text {dir}/PKCS#11 modules/{part}/{part}/{part}/{part}/{part}/{part}
run mkdir -p '{folder}'; cp "$SHIM" '{folder}/p#1.so'; touch '{folder}/p#1.so.script'
no-provider
config providers p
config provider-p-library {folder}/p#1.so # a comment
start
> KEYINFO --list
< S KEYINFO {grip} T {sn} P15.02 sca
< OK
log-excludes gnupg-pkcs11-scd.conf:
