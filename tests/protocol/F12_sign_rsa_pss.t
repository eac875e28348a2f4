# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# RSASSA-PSS, as gpgsm has it made: the client encodes, the token does the raw
# operation.  Verified by openssl.
token demo
key rsa2048 01 k2048
key rsa3072 02 k3072
key rsa4096 03 k4096
start
> CHECKPIN
pin 123456
< OK
each id 01 02 03
each hash sha256 sha384 sha512
let digest = hash {hash} 616263
let block = pss {id} {hash} {digest}
setdata {block}
> PKSIGN --hash=none P15.{id}
data-verify-pss {id} {hash} {digest}
< OK
calls C_SignInit 1
done
done
