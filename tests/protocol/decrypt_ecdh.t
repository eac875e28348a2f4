# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# ECDH on the Weierstrass curves: 41 and the shared X, always in full length.
token demo
key p256 02 p256 usage=d
key p384 03 p384 usage=d
key p521 05 p521 usage=d
key bp256 06 brainpool usage=d
key p256 07 both
let q02 x02 = ecdh 02
let q03 x03 = ecdh 03
let q05 x05 = ecdh 05
let q06 x06 = ecdh 06
let q07 x07 = ecdh 07
start
> CHECKPIN
pin 123456
< OK
> SETDATA {q02}
< OK
> PKDECRYPT P15.02
data-is 41{x02}
< OK
> SETDATA {q03}
< OK
> PKDECRYPT P15.03
data-is 41{x03}
< OK
> SETDATA {q05}
< OK
> PKDECRYPT P15.05
data-is 41{x05}
< OK
> SETDATA {q06}
< OK
> PKDECRYPT P15.06
data-is 41{x06}
< OK
> SETDATA {q07}
< OK
> PKDECRYPT P15.07
data-is 41{x07}
< OK
# The secret object does not stay.
calls C_DeriveKey 1
calls C_DestroyObject 1
> PKDECRYPT P15.07
data-is 41{x07}
< OK
calls-total C_Login 1
log-excludes {x07}
