# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# 60 slots with a token in each, of which two are meant: only these two are
# opened and listed, and what the others are is asked once at each look.
token demo
key rsa2048 01 mykey
let g = keygrip 01
let digest = hash sha256 616263
shim more-slots 58
config match-uri pkcs11:token=demo
config match-uri pkcs11:token=more%2057
start
> GETINFO card_list
< S SERIALNO {sn}
< S SERIALNO {more}
< OK
calls C_GetSlotList 2
calls C_GetTokenInfo 60
calls C_GetSlotInfo 2
calls C_OpenSession 2
calls C_FindObjectsInit 4
> KEYINFO {g}
< S KEYINFO {g} T {sn} P15.01 {_}
< OK
calls-any 0
log-has slot 0x80000000, token 'more 0', serial '0': left out, no match-uri fits
log-has slot 0x80000038, token 'more 56', serial '56': left out, no match-uri
log-excludes slot 0x80000039, token 'more 57', serial
> LEARN --force
<* OK
> SERIALNO --demand={more}
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_:.*}Token: more 57{_...}
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_OpenSession 2
# What is left out is told once, not at each look.
run test $(grep -c "'more 3', serial '3': left out" $DIR/stderr) = 1
