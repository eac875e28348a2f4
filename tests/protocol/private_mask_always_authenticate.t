# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants its PIN at each use gets it with "private-mask" too, with
# recovery as well.  There is no such login for C_UnwrapKey.
token demo
key rsa2048 01 mykey aa
config provider-p-private-mask B
let digest = hash sha256 616263
let cipher = rsa-encrypt 01 00112233
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
calls C_Sign 1
# Refused after the PIN was used up: it is asked for again for the other way.
shim fail C_Sign 1 CKR_FUNCTION_NOT_SUPPORTED
> PKSIGN --hash=sha256 P15.01
pin 123456
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 2
calls C_Sign 1
calls C_SignRecover 1
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
calls C_SignRecover 1
run grep -A 2 '^C_SignRecoverInit' calls | tail -n 3 | cut -d' ' -f1 | tr '\n' ' ' | grep -x 'C_SignRecoverInit C_Login C_SignRecover '
setdata {cipher}
> PKDECRYPT P15.01
< S PADDING 0
data-is 00112233
< OK
calls C_Login 0
calls C_UnwrapKey 1
