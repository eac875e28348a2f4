# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# C_Login fails for other reasons than the PIN: one error, the PIN is not asked
# for again by itself, and not sent twice.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
shim fail C_Login 1 CKR_GENERAL_ERROR
> PKSIGN --hash=sha256 P15.01
pin 123456
< ERR {CARD} {_...}
calls C_Login 1
shim fail C_Login 1 CKR_DEVICE_ERROR
> PKSIGN --hash=sha256 P15.01
pin 123456
< ERR {CARD} {_...}
calls C_Login 1
shim fail C_Login 1 CKR_DEVICE_REMOVED
> PKSIGN --hash=sha256 P15.01
pin 123456
< ERR {CARD_REMOVED} {_...}
calls C_Login 1
shim fail C_Login 1 CKR_SESSION_HANDLE_INVALID
> PKSIGN --hash=sha256 P15.01
pin 123456
< ERR {CARD_RESET} {_...}
calls C_Login 1
> SERIALNO
< S SERIALNO {_}
< OK
# Somebody else logged in: that is as good.
shim fail C_Login 1 CKR_USER_ALREADY_LOGGED_IN
> CHECKPIN
pin 123456
< OK
calls C_Login 1
