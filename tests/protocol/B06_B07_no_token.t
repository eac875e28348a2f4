# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without any token: the errors that make GnuPG ask for the card, empty lists
# for the commands that list, and nothing that hangs or breaks.
let grip = repeat AB 20
start
> SERIALNO
< ERR {ENODEV} {_...}
> SERIALNO --all
< ERR {ENODEV} {_...}
> SERIALNO --demand=FF500B000011223344556677
< ERR {_:100663408|100696144} {_...}
# Not even one that 0.10 made up.
> SERIALNO --demand=D2760001240111503131AABBCCDD1111
< ERR {_:100663408|100696144} {_...}
> LEARN --force
< ERR {ENODEV} {_...}
> LEARN --keypairinfo
< ERR {ENODEV} {_...}
> LEARN
< ERR {ENODEV} {_...}
> KEYINFO --list
< OK
> KEYINFO --list=encr --data
< OK
> KEYINFO {grip}
< ERR {NOT_FOUND} {_...}
> READKEY {grip}
< ERR {NO_SECKEY} {_...}
> READKEY P15.01
< ERR {NOT_FOUND} {_...}
> READKEY $SIGNKEYID
< ERR {NOT_FOUND} {_...}
> READCERT {grip}
< ERR {NOT_FOUND} {_...}
> READCERT P15.01
< ERR {NOT_FOUND} {_...}
> GETATTR SERIALNO
< ERR {ENODEV} {_...}
> GETATTR $DISPSERIALNO
< ERR {ENODEV} {_...}
> GETATTR $DISPSERIALNO {grip}
< ERR {NO_SECKEY} {_...}
> GETATTR KEY-FPR
< ERR {ENODEV} {_...}
> SETDATA 616263
< OK
> PKSIGN --hash=sha256 {grip}
< ERR {NO_SECKEY} {_...}
> PKSIGN P15.01
< ERR {NOT_FOUND} {_...}
> PKAUTH {grip}
< ERR {NO_SECKEY} {_...}
> PKDECRYPT {grip}
< ERR {NO_SECKEY} {_...}
> CHECKPIN
< ERR {ENODEV} {_...}
> CHECKPIN P15.01
< ERR {ENODEV} {_...}
> GETINFO status
data-text r
< OK
> GETINFO card_list
< OK
> GETINFO all_active_apps
< OK
> GETINFO active_apps
< ERR {ENODEV} {_...}
> GETINFO reader_list
< ERR {NO_DATA} {_...}
> GETINFO app_list
data-text p15:{_:\n}
< OK
> DEVINFO
< ERR {NOT_FOUND} {_...}
> SWITCHCARD FF500B000011223344556677
< ERR {NOT_FOUND} {_...}
> SWITCHCARD
< ERR {_:100663408|100696144} {_...}
> SWITCHAPP p15
< ERR {ENODEV} {_...}
> LOCK
< OK
> UNLOCK
< OK
> DISCONNECT
< OK
> RESTART
< OK
> RESET
< OK{_...}
# The uninitialised slot that SoftHSM always has was left alone.
calls-total C_OpenSession 0
