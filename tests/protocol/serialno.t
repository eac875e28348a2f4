# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SERIALNO: one line, the same at every time, found again by --demand in either
# case; what is unknown is a card that is not present.
token demo
key rsa2048 01 mykey
start
> SERIALNO
< S SERIALNO {sn:FF500B00[0-9A-F]{16}}
< OK
> SERIALNO --all
< S SERIALNO {sn}
< OK
> SERIALNO openpgp
< S SERIALNO {sn}
< OK
> SERIALNO --all p15
< S SERIALNO {sn}
< OK
> SERIALNO --demand={sn}
< S SERIALNO {sn}
< OK
> SERIALNO --demand={sn} --all
< S SERIALNO {sn}
< OK
# GnuPG 2.2 compares the answer with what it sent.
let small = run echo {sn} | tr A-F a-f
> SERIALNO --demand={small}
< S SERIALNO {small}
< OK
> SERIALNO
< S SERIALNO {sn}
< OK
> SERIALNO --demand=FF500B000000000000000000
< ERR {CARD_NOT_PRESENT} {_...}
# The session's card did not change by that.
> GETATTR SERIALNO
< S SERIALNO {sn}
< OK
calls-total C_Login 0
