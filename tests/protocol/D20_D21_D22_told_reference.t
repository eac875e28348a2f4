# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With "card-type pkcs11" the reference that is told has the token's label in
# it, whatever bytes that has: it makes no line of its own, and the key is found
# by it, with every command that takes one.
config card-type pkcs11
run L=$(printf 'a b%%0AOK\r\nOK\n+"\245\351\377\\/x'); "$KEYMAKER" "$MODULE" init "$L" 87654321 123456 && "$KEYMAKER" "$MODULE" gen "$L" 123456 rsa2048 01 key
let digest = hash sha256 616263
start
> LEARN --keypairinfo
< S KEYPAIRINFO {grip} {ref:[!-~]+/01} {_} {_:[0-9]+} rsa2048
< OK
# 0.10's spelling of that label, nothing left out.
run printf '%s\n' '{ref}' | grep -qF 'a\x20b\x250AOK\x0D\x0AOK\x0A\x2B\x22\xA5\xE9\xFF\x5C\x2Fx/01'
> KEYINFO {grip}
< S KEYINFO {grip} T {sn} {ref} {_}
< OK
> READKEY --info-only -- {ref}
< S KEYPAIRINFO {grip} {ref} {_} {_:[0-9]+} rsa2048
< OK
> GETATTR KEY-LABEL {ref}
< S KEY-LABEL {ref} key
< OK
> CHECKPIN {ref}
pin 123456
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {ref}
data-length 256
< OK
> PKAUTH {ref}
data-length 256
< OK
> GETATTR $SIGNKEYID
< S $SIGNKEYID {ref}
< OK
