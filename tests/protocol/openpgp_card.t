# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With openpgp-sign and its like the token is an OpenPGP card of three keys, and
# each of its keys and certificates can still be had by each of its names.
token demo
key rsa2048 01 sign cert
key p256 02 encr usage=d
key ed25519 03 auth
key p384 04 fourth usage=s
let one = keygrip 01
let two = keygrip 02
let three = keygrip 03
let four = keygrip 04
let digest = hash sha256 616263
config openpgp-sign {one}
config openpgp-encr {two}
config openpgp-auth {three}
start
> SERIALNO openpgp
< S SERIALNO {sn:D2760001240111503131[0-9A-F]{8}1111}
< OK
> SWITCHAPP -- openpgp
< S SERIALNO {sn} openpgp
< OK
> GETINFO app_list
data-text openpgp:{_:\n}
< OK
> LEARN --force
< S READER demo+(4+keys)+in+{_...}
< S SERIALNO {sn}
< S CARDTYPE pkcs11
< S APPTYPE OPENPGP
< S MANUFACTURER 12593 SoftHSM project
< S DISP-NAME sign
< S EXTCAP gc=0+ki=0+{_...}
< S CHV-STATUS 1+255+0+0+-2+0+0
< S SIG-COUNTER 0
< S KEY-ATTR 1 1 rsa2048
< S KEY-ATTR 2 18 nistp256
< S KEY-ATTR 3 22 ed25519
< S KEY-LABEL OPENPGP.1 sign
< S KEY-LABEL OPENPGP.2 encr
< S KEY-LABEL OPENPGP.3 auth
< S KEY-LABEL P15.04 fourth
< S CERTINFO 100 OPENPGP.1
< S KEYPAIRINFO {one} OPENPGP.1 {_...}
< S KEY-FRIEDNLY {_...}
< S KEYPAIRINFO {two} OPENPGP.2 e {_...}
< S KEY-FRIEDNLY {_...}
< S KEYPAIRINFO {three} OPENPGP.3 sca {_...}
< S KEY-FRIEDNLY {_...}
< S KEYPAIRINFO {four} P15.04 sca {_...}
< S KEY-FRIEDNLY {_...}
< OK
> KEYINFO {two}
< S KEYINFO {two} T {sn} OPENPGP.2 e
< OK
> GETATTR $AUTHKEYID
< S $AUTHKEYID OPENPGP.3
< OK
> GETATTR KEY-FPR
< OK
> GETATTR KEY-TIME
< OK
# gpg does this before it makes a key.
> SETATTR CHV-STATUS-1 %01
< OK
# And this for "forcesig".
> SETATTR CHV-STATUS-1 %00
< ERR {NOT_SUPPORTED} {_...}
> SETATTR CHV-STATUS-1
< ERR {NOT_SUPPORTED} {_...}
> READKEY OPENPGP.2
data-is-key 02
< OK
> READKEY P15.02
data-is-key 02
< OK
> READKEY {four}
data-is-key 04
< OK
> READKEY P15.04
data-is-key 04
< OK
> READCERT OPENPGP.1
data-is-cert 01
< OK
> READCERT P15.01
data-is-cert 01
< OK
> READCERT {one}
data-is-cert 01
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 OPENPGP.1
pin 123456
data-verify 01 sha256 {digest}
< OK
# The key that is named, not the one that is configured.
> PKSIGN --hash=sha256 P15.04
data-verify 04 sha256 {digest}
< OK
> PKAUTH {four}
data-verify 04 sha256 {digest}
< OK
> PKDECRYPT OPENPGP.3
< ERR {WRONG_KEY_USAGE} {_...}
> GETATTR SIG-COUNTER
< S SIG-COUNTER 3
< OK
> GETATTR CHV-STATUS
< S CHV-STATUS 1+255+0+0+-2+0+0
< OK
