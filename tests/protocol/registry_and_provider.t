# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With "use-p11-kit" both count, and a module that is in both is used once.
direct
config use-p11-kit
# The registry may have other modules too, with leaks of their own.
env ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
token demo
key p256 02 mykey
start
> GETINFO card_list
< S SERIALNO {sn}
< OK
> KEYINFO --list
< S KEYINFO {grip} T {sn} P15.02 sca
< OK
log-excludes 'softhsm2': loaded from
