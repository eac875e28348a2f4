# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RANDOM: what the token's generator makes, in one call, without a PIN.
token demo
key rsa2048 01 mykey
start
> RANDOM 32
data-length 32
< OK
let first = data
> RANDOM 32
data-length 32
< OK
calls C_GenerateRandom 1
calls-any 1
let second = data
run [ {first} != {second} ]
> RANDOM 1
data-length 1
< OK
> RANDOM 65536
data-length 65536
< OK
calls C_GenerateRandom 1
calls-total C_Login 0
log-excludes {first}
