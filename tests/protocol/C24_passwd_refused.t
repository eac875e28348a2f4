# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What takes the PIN of the security officer (gpg's admin PIN, PUK and reset
# code) is refused in clear words: it is never asked for.
token demo
key rsa2048 01 mykey
start
> PASSWD  3
< ERR {NOT_SUPPORTED} {_} {_...}SO PIN (admin PIN) is not asked for here: change it with the token's own tool
> PASSWD OPENPGP.3
< ERR {NOT_SUPPORTED} {_} {_...}SO PIN{_...}
> PASSWD --reset 1
< ERR {NOT_SUPPORTED} {_} {_...}SO PIN (PUK) is not asked for here: unblock the PIN with the token's own tool
> PASSWD --reset 2
< ERR {NOT_SUPPORTED} {_} {_...}own tool
> PASSWD --nullpin P15.01
< ERR {NOT_SUPPORTED} {_} {_...}set the first PIN with the token's own tool
> CHECKPIN {serial}[CHV3]
< ERR {_} {_...}
> CHECKPIN 3
< ERR {_} {_...}
> PASSWD --clear --reset 1
< ERR {PARAMETER} {_...}
> PASSWD --frobnicate 1
< ERR {PARAMETER} {_...}
> PASSWD 1 2 3
< ERR {PARAMETER} {_...}
> PASSWD 4
< ERR {_} {_...}
calls-total C_SetPIN 0
calls-total C_Login 0
calls-total C_InitPIN 0
log-has SO PIN (admin PIN)
