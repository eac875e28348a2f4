# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RSA: every digest, as a DigestInfo and bare with --hash, gives the same kind
# of signature.
token demo
key rsa2048 01 mykey
start
> CHECKPIN
pin 123456
< OK
each hash md5 sha1 sha224 sha256 sha384 sha512
let digest = hash {hash} 616263
let info = digestinfo {hash} {digest}
> SETDATA {info}
< OK
> PKSIGN --hash={hash} P15.01
data-verify 01 {hash} {digest}
data-length 256
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash={hash} P15.01
data-verify 01 {hash} {digest}
< OK
done
# RIPEMD-160 is not everywhere: any 20 bytes will do.
let digest = random 20
let info = digestinfo rmd160 {digest}
each data {digest} {info}
> SETDATA {data}
< OK
> PKSIGN --hash=rmd160 P15.01
data-verify 01 rmd160 {digest}
< OK
done
calls-total C_Login 1
