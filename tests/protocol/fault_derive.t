# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Failures around ECDH: the derived secret is destroyed whatever happens, and
# a token that wants a read-write session gets one.
token demo
key p256 01 mykey usage=d
let q x = ecdh 01
start
> SETDATA {q}
< OK
> PKDECRYPT P15.01
pin 123456
data-is 41{x}
< OK
shim fail C_GetAttributeValue 1 CKR_DEVICE_ERROR
> PKDECRYPT P15.01
< ERR {_} {_...}
calls C_DestroyObject 1
> PKDECRYPT P15.01
data-is 41{x}
< OK
shim fail C_DestroyObject 1 CKR_GENERAL_ERROR
> PKDECRYPT P15.01
data-is 41{x}
< OK
log-has a secret could not be destroyed
shim fail C_DeriveKey 1 CKR_SESSION_READ_ONLY
> PKDECRYPT P15.01
data-is 41{x}
< OK
shim fail C_DeriveKey 1 CKR_MECHANISM_INVALID
> PKDECRYPT P15.01
< ERR {_} {_...}
> PKDECRYPT P15.01
data-is 41{x}
< OK
calls-total C_Login 1
