# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Libraries that are missing, no module, or a directory get one clear line each,
# and the other provider works.
no-provider
let crypto = run ldd "$DAEMON" | sed -n "s,.* => \(.*libgpg-error[^ ]*\) .*,\1,p"
token demo
key rsa2048 01 mykey
config providers missing, folder, text, other, good
config provider-missing-library {dir}/nowhere.so
config provider-folder-library {dir}
config provider-text-library {dir}/softhsm2.conf
config provider-other-library {crypto}
config provider-good-library {shim}
start
> KEYINFO --list
< S KEYINFO {_...}
< OK
log-has provider 'missing': cannot load {dir}/nowhere.so
log-has provider 'folder': cannot load {dir}
log-has provider 'text': cannot load {dir}/softhsm2.conf
log-has provider 'other': {crypto} is not a PKCS#11 module
run test "$(grep -c "'missing'" stderr)" -eq 1
run test "$(grep -c "'folder'" stderr)" -eq 1
run test "$(grep -c "'text'" stderr)" -eq 1
run test "$(grep -c "'other'" stderr)" -eq 1
