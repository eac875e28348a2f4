# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Two tokens that tell the same four names, with a serial number of zeros, and
# have keys with the same CKA_ID: each has a serial number of its own, is found
# by it, and its dialog says in which slot it is.
token one pin=11111111
key p256 01 k1
key rsa2048 02 k1b
token two pin=22222222
key p256 01 k2
let g1 = keygrip k1
let g1b = keygrip k1b
let g2 = keygrip k2
let digest = hash sha256 616263
shim token-text * serial 0000000000000000
shim token-text * label tpm
start
> KEYINFO --list
<~ S KEYINFO {g1} T {one} P15.01 sca
<~ S KEYINFO {g1b} T {one} P15.02 {_}
<~ S KEYINFO {g2} T {two} P15.01 sca
< OK
run test {one} != {two}
run echo {one} {two} | grep -Eqx 'FF500B00[0-9A-F]* FF500B00[0-9A-F]*'
> GETINFO card_list
<~ S SERIALNO {one}
<~ S SERIALNO {two}
< OK
> SETDATA {digest}
< OK
> SERIALNO --demand={one}
< S SERIALNO {one}
< OK
> GETATTR SERIALNO
< S SERIALNO {one}
< OK
> GETATTR $DISPSERIALNO
< S $DISPSERIALNO tpm+#{_}
< OK
> LEARN --keypairinfo
< S KEYPAIRINFO {g1} P15.01 {_...}
< S KEYPAIRINFO {g1b} P15.02 {_...}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_:.*}Token: tpm{_:.*}%0AReader: {_:.*}%0ASlot: {slot1:0x[0-9a-f]+} of provider p%0AKey: k1
> D 11111111
> END
data-verify k1 sha256 {digest}
< OK
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
> LEARN --keypairinfo
< S KEYPAIRINFO {g2} P15.01 {_...}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_:.*}Token: tpm{_:.*}%0AReader: {_:.*}%0ASlot: {slot2:0x[0-9a-f]+} of provider p%0AKey: k2
> D 22222222
> END
data-verify k2 sha256 {digest}
< OK
run test {slot1} != {slot2}
calls-total C_Login 2
# The other one's slots, and a new start: the serial numbers stay.
shim reverse-slots
eof
exit 0
start
> KEYINFO --list
<~ S KEYINFO {g1} T {one} P15.01 sca
<~ S KEYINFO {g2} T {two} P15.01 sca
<* OK
> SETDATA {digest}
< OK
> SWITCHCARD {two}
< S SERIALNO {two}
< OK
> PKSIGN --hash=sha256 {g2}
< INQUIRE NEEDPIN {_:.*}Slot: {slot2} of{_...}
> CAN
< ERR {CANCELED} {_...}
# Pulled out, the right one is missing.
shim absent two
> SERIALNO --demand={one}
< S SERIALNO {one}
< OK
> KEYINFO {g1}
< S KEYINFO {g1} T {plain} P15.01 sca
< OK
# Alone it has the serial number of its names; the dialog says no more.
run test {plain} != {one} && test {plain} != {two}
> SERIALNO --demand={plain}
< S SERIALNO {plain}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {prompt...}
> CAN
< ERR {CANCELED} {_...}
run case '{prompt}' in *Slot:*|*Reader:*) exit 1;; esac
> SERIALNO --demand={two}
< ERR {CARD_NOT_PRESENT} {_...}
unshim absent two
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
> KEYINFO {g1}
< S KEYINFO {g1} T {one} P15.01 sca
< OK
# Known tokens cost nothing: no objects are read again.
> SERIALNO --demand={one}
< S SERIALNO {one}
< OK
calls C_FindObjectsInit 0
