# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# References in a row that no key has: the tokens are read again once, as for
# unknown keygrips, with which they are one row.
token demo
key p256 01 mykey
let none = repeat AB 20
start
> KEYINFO --list
< S KEYINFO {_...}
< OK
calls C_FindObjectsInit 2
> SETDATA 00
< OK
each i 00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99
> READKEY P15.FF{i}
done
> PKSIGN --hash=sha256 P15.FE
> PKAUTH P15.FE
> PKDECRYPT P15.FE
> READCERT P15.FE
> READKEY {none}
> PKSIGN --hash=sha256 {none}
each i 00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99
< ERR {NOT_FOUND} {_...}
done
< ERR {NOT_FOUND} {_...}
< ERR {NOT_FOUND} {_...}
< ERR {NOT_FOUND} {_...}
< ERR {NOT_FOUND} {_...}
< ERR {NO_SECKEY} {_...}
< ERR {NO_SECKEY} {_...}
calls-total C_FindObjectsInit 4
calls-total C_GetSlotList 4
calls-total C_OpenSession 1
