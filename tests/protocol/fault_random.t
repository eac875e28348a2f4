# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RANDOM, and each call of the module fails in turn: an error and no data, never
# a number from elsewhere; the next one works.
token demo
key rsa2048 01 mykey
start
> SERIALNO
<* OK
each code CKR_GENERAL_ERROR CKR_FUNCTION_FAILED CKR_ARGUMENTS_BAD CKR_HOST_MEMORY CKR_DEVICE_ERROR CKR_DEVICE_REMOVED CKR_DEVICE_MEMORY CKR_OPERATION_ACTIVE CKR_USER_NOT_LOGGED_IN CKR_TOKEN_NOT_PRESENT CKR_VENDOR_DEFINED
shim fail C_GenerateRandom 1 {code}
> RANDOM 16
< ERR {_} {_...}
calls C_GenerateRandom 1
> SERIALNO
<* OK
> RANDOM 16
data-length 16
< OK
> DISCONNECT
< OK
shim fail C_OpenSession 1 {code}
> RANDOM 16
< ERR {_} {_...}
calls C_GenerateRandom 0
> SERIALNO
<* OK
> RANDOM 16
data-length 16
< OK
done
# A session that was lost: once more.
each code CKR_SESSION_HANDLE_INVALID CKR_SESSION_CLOSED CKR_CRYPTOKI_NOT_INITIALIZED
shim fail C_GenerateRandom 1 {code}
> RANDOM 16
data-length 16
< OK
calls C_GenerateRandom 2
shim fail C_GenerateRandom 1 {code} 2
> RANDOM 16
< ERR {_} {_...}
calls C_GenerateRandom 2
done
calls-total C_Login 0
