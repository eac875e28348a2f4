# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A provider's own arguments of C_Initialize come before those of the
# environment.
token demo
key p256 02 mykey
let grip = keygrip 02
env PKCS11H_INIT_ARGS_RESERVED=for all
shim init-args configdir='sql:/secret dir' flags=readOnly
config provider-p-init-args configdir='sql:/secret dir' flags=readOnly
start
> KEYINFO --list
< S KEYINFO {grip} T {_} P15.02 {_}
< OK
calls-total C_Initialize 1
log-excludes secret dir
