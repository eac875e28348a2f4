# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Questions for unknown keys in a row: all tokens are read again once, not for each
# of them, whatever is asked and by whomever.  They are typed without waiting for
# the answers, so that they do come in a row.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
let none = repeat AB 19
start
> KEYINFO {grip}
< S KEYINFO {grip} {_...}
< OK
calls C_FindObjectsInit 2
> SETDATA 00
< OK
each i 00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99
> READKEY {none}{i}
done
> KEYINFO {none}FF
> PKSIGN --hash=sha256 {none}FF
> PKDECRYPT {none}FF
2> READKEY {none}FE
each i 00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99
< ERR {NO_SECKEY} {_...}
done
< ERR {NOT_FOUND} {_...}
< ERR {NO_SECKEY} {_...}
< ERR {NO_SECKEY} {_...}
2< ERR {NO_SECKEY} {_...}
calls-total C_FindObjectsInit 4
calls-total C_GetSlotList 4
# What is known is found meanwhile without a call.
> READKEY {grip}
data-is-key 01
< OK
calls-any 0
