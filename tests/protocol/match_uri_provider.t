# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The lines of a provider count in its case, in place of those for all.
token demo
key p256 02 mykey
key p384 03 other
let g3 = keygrip 03
config match-uri pkcs11:token=demo;id=%02
config match-uri pkcs11:token=elsewhere
config provider-p-match-uri pkcs11:token=nowhere
config provider-p-match-uri pkcs11:id=%03?module-name=p11shim
start
> KEYINFO --list
< S KEYINFO {g3} T {sn} P15.03 {_}
< OK
