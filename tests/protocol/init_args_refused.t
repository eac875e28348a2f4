# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Most modules refuse arguments; an empty value in the environment is none.
token demo
key p256 02 mykey
direct
config provider-p-init-args unwanted
config providers p, shim
config provider-shim-library {shim}
env PKCS11H_INIT_ARGS_RESERVED=
shim init-args
start
> KEYINFO --list
< S KEYINFO {_} T {_} P15.02 {_}
< OK
log-has provider 'p': C_Initialize failed: CKR_ARGUMENTS_BAD
log-excludes unwanted
