# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# CKA_EC_POINT in all its forms gives the same key: the keygrip is the same,
# and the private key is found.
token demo
key p256 01 p256
let grip = keygrip 01
let point = point 01
let raw = run echo {point}
let wrapped = run echo 0441{point}
let compressed = run echo {point} | python3 -c 'q = bytes.fromhex(input()); print("%02X%s" % (2 + q[-1] % 2, q[1:33].hex()))'
let both = run echo 0421{compressed}
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
each form {raw} {wrapped} {compressed} {both}
shim attr CKO_PUBLIC_KEY CKA_EC_POINT hex={form}
> LEARN --force --keypairinfo
<~ S KEYPAIRINFO {grip} P15.01 {_...}
<* OK
> READKEY P15.01
data-is-key 01
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
unshim attr CKO_PUBLIC_KEY CKA_EC_POINT hex={form}
done
