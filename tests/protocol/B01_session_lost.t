# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A session that is gone is replaced, without a PIN as long as the token is
# still logged in.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
shim fail C_SignInit 1 CKR_SESSION_HANDLE_INVALID
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_OpenSession 1
shim fail C_Sign 1 CKR_SESSION_HANDLE_INVALID
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
shim fail C_Sign 1 CKR_SESSION_CLOSED
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
# So it is for other uses of the session.
let plain = random 32
let c = rsa-encrypt 01 {plain}
setdata {c}
each function C_DecryptInit C_Decrypt
shim fail {function} 1 CKR_SESSION_HANDLE_INVALID
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
unshim fail {function} 1 CKR_SESSION_HANDLE_INVALID
done
each function C_GetSessionInfo C_FindObjectsInit C_FindObjects C_GetAttributeValue
shim fail {function} 1 CKR_SESSION_HANDLE_INVALID
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<* OK
unshim fail {function} 1 CKR_SESSION_HANDLE_INVALID
done
> SETDATA {digest}
< OK
# If it is always gone, there is an end to it.
shim fail C_Sign 1 CKR_SESSION_HANDLE_INVALID *
> PKSIGN --hash=sha256 P15.01
< ERR {CARD_RESET} {_...}
unshim fail C_Sign 1 CKR_SESSION_HANDLE_INVALID *
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
