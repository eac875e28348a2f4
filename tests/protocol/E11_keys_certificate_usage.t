# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# keyUsage of the certificate narrows what a key is for, but never takes away
# everything.
token demo
key rsa2048 01 sign
cert 01 sign usage=digitalSignature
key rsa2048 02 encr
cert 02 encr usage=keyEncipherment
key p256 03 agree
cert 03 agree usage=keyAgreement
key rsa2048 04 odd usage=s
cert 04 odd usage=keyEncipherment
let point secret = ecdh 03
start
> LEARN --keypairinfo
< S KEYPAIRINFO {_} P15.01 sca {_:[0-9]+} rsa2048
< S KEYPAIRINFO {_} P15.02 e {_:[0-9]+} rsa2048
< S KEYPAIRINFO {_} P15.03 e {_:[0-9]+} nistp256
< S KEYPAIRINFO {_} P15.04 sca {_:[0-9]+} rsa2048
< OK
# After the login nothing is different.
> CHECKPIN
pin 123456
< OK
> LEARN --keypairinfo
<* S KEYPAIRINFO {_} P15.03 e {_:[0-9]+} nistp256
<* OK
> SETDATA {point}
< OK
> PKDECRYPT P15.03
data-is 41{secret}
< OK
