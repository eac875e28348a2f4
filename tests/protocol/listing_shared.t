# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Clients that use a token at once right after its first login: its objects are
# read for one of them, and the others wait for that.
token demo
key rsa2048 01 mykey
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
start
> KEYINFO --list
<~ S KEYINFO {_} T {_} P15.01 {_}
< OK
calls-total C_FindObjectsInit 2
calls-total C_GetAttributeValue 1
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
3> SETDATA {digest}
3< OK
4> SETDATA {digest}
4< OK
5> SETDATA {digest}
5< OK
shim delay C_FindObjectsInit 300
> PKSIGN --hash=sha256 P15.01
2> PKSIGN --hash=sha256 P15.01
3> PKSIGN --hash=sha256 P15.01
4> PKSIGN --hash=sha256 P15.01
5> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
2data-verify 01 sha256 {digest}
2< OK
3data-verify 01 sha256 {digest}
3< OK
4data-verify 01 sha256 {digest}
4< OK
5data-verify 01 sha256 {digest}
5< OK
calls-total C_Login 1
calls-total C_FindObjectsInit 4
calls-total C_GetAttributeValue 3
