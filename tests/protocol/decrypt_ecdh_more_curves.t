# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ECDH on the curves that decrypt_ecdh.t leaves out, and points that are not
# for the token to see.
token demo
key bp384 01 bp384 usage=d
key bp512 02 bp512 usage=d
key k256 03 k256 usage=d
key p521 04 p521 usage=d
key bp256 05 bp256 usage=d
start
> CHECKPIN
pin 123456
< OK
each id 01 02 03 04 05
let q x = ecdh {id}
> SETDATA {q}
< OK
> PKDECRYPT P15.{id}
data-is 41{x}
< OK
calls C_DeriveKey 1
let damaged = run echo {q} | python3 -c 'q = bytearray.fromhex(input()); q[-1] ^= 1; print(q.hex())'
let cut = run echo {q} | python3 -c 'print(input()[:-2])'
> SETDATA {damaged}
< OK
> PKDECRYPT P15.{id}
< ERR {BAD_PUBKEY} {_...}
calls C_DeriveKey 0
> SETDATA {cut}
< OK
> PKDECRYPT P15.{id}
< ERR {BAD_PUBKEY} {_...}
calls C_DeriveKey 0
> SETDATA 00
< OK
> PKDECRYPT P15.{id}
< ERR {BAD_PUBKEY} {_...}
calls C_DeriveKey 0
done
# Points of another curve with the same size.
let q x = ecdh 05
> SETDATA {q}
< OK
> PKDECRYPT P15.03
< ERR {BAD_PUBKEY} {_...}
calls C_DeriveKey 0
