# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Ed25519 messages of any length, behind the header that gpg-agent has them
# with; SETDATA takes them in parts.
token demo
key ed25519 01 ed
let header = text 3021300906052B0E03021A05000414
start
> CHECKPIN
pin 123456
< OK
# Nothing at all is a message as well (one that openssl cannot verify; the
# daemon did).
> SETDATA {header}
< OK
> PKAUTH P15.01
data-length 64
< OK
each length 1 19 20 21 63 64 65 127 128 1000 4096 40000 64497
let message = random {length}
setdata {header}{message}
> PKAUTH P15.01
data-verify-eddsa 01 {message}
< OK
> PKSIGN P15.01
data-verify-eddsa 01 {message}
< OK
calls-any 2
done
let message = random 64512
setdata {message}
> PKAUTH P15.01
data-verify-eddsa 01 {message}
< OK
# More could not be verified.
> SETDATA --append 00
< OK
> PKAUTH P15.01
< ERR {TOO_LARGE} {_...}
calls-any 0
calls-total C_Login 1
