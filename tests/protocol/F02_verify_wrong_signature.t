# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A signature that is wrong by one bit does not leave the daemon, whatever the
# algorithm; the log says whose it was.  The next command works, and the one
# after it is as cheap as ever.
token demo
key rsa2048 01 rsa
key rsa1025 02 odd
key p256 03 p256
key p384 04 p384
key p521 05 p521
key bp256 06 bp256
key k256 07 k256
key ed25519 08 ed
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
each id 01 02 03 04 05 06 07 08
each command PKSIGN PKAUTH
> {command} P15.{id}
<* OK
shim corrupt-signature 1
> {command} P15.{id}
<! D {...}
< ERR {BAD_SIGNATURE} {_...}was not given out{_...}
calls C_Sign 1
calls-any 2
# Its handle may have been another key's: it is looked for.
> {command} P15.{id}
<* OK
calls C_FindObjectsInit 1
calls C_Sign 1
> {command} P15.{id}
<* OK
calls-any 2
unshim corrupt-signature 1
done
done
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.05
data-verify 05 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.08
data-verify-eddsa 08 {digest}
< OK
log-has the token's answer is not an ECDSA signature by this key
log-has key P15.05 (nistp521 'p521')
log-has key P15.01 (rsa2048 'rsa')
log-has EdDSA signature by this key
# A block that the client padded is verified too.
let pss = pss 01 sha256 {digest}
> SETDATA {pss}
< OK
shim corrupt-signature 1
> PKSIGN --hash=none P15.01
< ERR {BAD_SIGNATURE} {_...}was not given out{_...}
> PKSIGN --hash=none P15.01
data-verify-pss 01 sha256 {digest}
< OK
calls-total C_Login 1
