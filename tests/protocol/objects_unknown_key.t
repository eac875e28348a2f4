# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that is unknown is looked for once more on the tokens, and then known.
token demo
key rsa2048 01 first
let none = repeat AB 20
start
> KEYINFO --list
< S KEYINFO {_...}
< OK
key rsa2048 02 second
let g2 = keygrip 02
> KEYINFO {g2}
< S KEYINFO {g2} T {_} P15.02 {_}
< OK
calls C_FindObjectsInit 2
> KEYINFO {g2}
< S KEYINFO {g2} T {_} P15.02 {_}
< OK
calls-any 0
# Ten questions for one that is nowhere all get their answer.
each i 1 2 3 4 5 6 7 8 9 10
> KEYINFO {none}
< ERR {NOT_FOUND} {_...}
done
