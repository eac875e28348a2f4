# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that no URI means is not asked for its slots; those for all are for
# modules of the registry too.
# The registry may have other modules too, with leaks of their own.
env ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
token demo
key p256 02 mykey
let g2 = keygrip 02
config use-p11-kit
config match-uri pkcs11:library-description=Implementation%20of%20PKCS11;id=%02?module-path={module}
config match-uri pkcs11:library-version=99.1
config match-uri pkcs11:library-manufacturer=SoftHSM?module-name=softhsm
start
> KEYINFO --list
< S KEYINFO {g2} T {sn} P15.02 {_}
< OK
log-has provider 'p': left out, no match-uri fits
log-has loaded from p11-kit's registry
log-excludes no token matches
calls-total C_GetInfo 1
calls-total C_GetSlotList 0
