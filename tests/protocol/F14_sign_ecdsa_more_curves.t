# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The curves and hashes that F14_sign_ecdsa.t leaves out: shorter and longer
# than the order, bare and in a DigestInfo.
token demo
key bp384 01 bp384
key bp512 02 bp512
key k256 03 k256
key p521 04 p521
start
> CHECKPIN
pin 123456
< OK
each id 01 02 03 04
each hash md5 sha1 sha224 sha256 sha384 sha512
let digest = hash {hash} 616263
let info = digestinfo {hash} {digest}
> SETDATA {info}
< OK
> PKSIGN --hash={hash} P15.{id}
data-verify {id} {hash} {digest}
< OK
> PKAUTH P15.{id}
data-verify {id} {hash} {digest}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash={hash} P15.{id}
data-verify {id} {hash} {digest}
< OK
done
done
