# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a line of its own a provider gets what the environment has for all, as
# in release 0.10; a module that cannot lock gets it too.
token demo
key p256 02 mykey
let grip = keygrip 02
env PKCS11H_INIT_ARGS_RESERVED=configdir='/x'
shim init-args configdir='/x'
shim cannot-lock
start
> KEYINFO --list
< S KEYINFO {grip} T {_} P15.02 {_}
< OK
calls-total C_Initialize 2
