# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a provider in the configuration, the modules of p11-kit's registry
# are used, once each; SoftHSM's package registers it.
no-provider
# The registry may have other modules too, with leaks of their own.
env ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
token demo
key p256 02 mykey
start
> KEYINFO --list
< S KEYINFO {grip} T {sn} P15.02 sca
< OK
> KEYINFO {grip}
< S KEYINFO {grip} T {sn} P15.02 sca
< OK
log-has loaded from p11-kit's registry
