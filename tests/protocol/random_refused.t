# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# How much may be asked for, and a token without a generator: never a number
# from anywhere else.
token demo
key rsa2048 01 mykey
start
> RANDOM
< ERR {PARAMETER} {_...}
> RANDOM 1 2
< ERR {PARAMETER} {_...}
each line 0 00 -1 0x10 ten 3.5
> RANDOM {line}
< ERR {PARAMETER} {_...}
done
each n 65537 99999999999999999999999999
> RANDOM {n}
< ERR {TOO_LARGE} {_...}
done
each code CKR_RANDOM_NO_RNG CKR_FUNCTION_NOT_SUPPORTED
shim fail C_GenerateRandom 1 {code}
> RANDOM 16
< ERR {NOT_SUPPORTED} {_} {_...}the token has no random number generator
done
calls-total C_GenerateRandom 2
shim token-flags -CKF_RNG
> SERIALNO
<* OK
> RANDOM 16
< ERR {NOT_SUPPORTED} {_} {_...}the token has no random number generator
calls-total C_GenerateRandom 2
unshim token-flags -CKF_RNG
> SERIALNO
<* OK
> RANDOM 16
data-length 16
< OK
