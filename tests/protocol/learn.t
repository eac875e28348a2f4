# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# LEARN --force describes the card; all is said before any PIN is asked for.
# DISP-NAME is the person of the certificate.
token demo
key rsa2048 01 first cert
key p256 02 second usage=s
key x25519 03 third
let rsa = keygrip 01
let ecc = keygrip 02
let dh = keygrip 03
start
> LEARN --force
< S READER demo+(3+keys)+in+{_...}
< S SERIALNO {sn:FF500B00[0-9A-F]{16}}
<~ S CARDTYPE pkcs11
<~ S APPTYPE P15
<~ S MANUFACTURER 0 SoftHSM project
<~ S DISP-NAME first
<~ S CHV-STATUS -2
<~ S CHV-LABEL PIN
<~ S CERTINFO 100 P15.01
<~ S KEYPAIRINFO {rsa} P15.01 {_:[scae]+} {_:[0-9]+} rsa2048
<~ S KEYPAIRINFO {ecc} P15.02 sca {_:[0-9]+} nistp256
<~ S KEYPAIRINFO {dh} P15.03 e {_:[0-9]+} cv25519
<~ S KEY-LABEL P15.01 first
<~ S KEY-LABEL P15.02 second
<~ S KEY-LABEL P15.03 third
<~ S KEY-FRIEDNLY {rsa} {_...} on demo
<~ S KEY-FRIEDNLY {ecc} second on demo
<~ S KEY-FRIEDNLY {dh} third on demo
< OK
calls-total C_Login 0
# Nothing but the keys.
> LEARN --keypairinfo
< S KEYPAIRINFO {rsa} P15.01 {usage} {_:[0-9]+} rsa2048
< S KEYPAIRINFO {ecc} P15.02 sca {_:[0-9]+} nistp256
< S KEYPAIRINFO {dh} P15.03 e {_:[0-9]+} cv25519
< OK
> LEARN --keypairinfo --force {ecc}
< S KEYPAIRINFO {ecc} P15.02 sca {_:[0-9]+} nistp256
< OK
> LEARN --force --reread --multi --demand={sn}
<* S SERIALNO {sn}
<* OK
> LEARN --force --demand=FF500B000000000000000000
< ERR {CARD_NOT_PRESENT} {_...}
# The session still has the card that it had.
> GETATTR SERIALNO
< S SERIALNO {sn}
< OK
