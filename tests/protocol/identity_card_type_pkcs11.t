# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# "card-type pkcs11": serial numbers and references as 0.10 had them; the others
# are still understood.
config card-type pkcs11
token demo
key rsa2048 01 mykey cert
let id = text SoftHSM\x20project/SoftHSM\x20v2/{serial}/demo
let hex = hex {id}
let hash = hash sha1 {hex}
let four = run echo {hash} | cut -c1-8
let sn = text D2760001240111503131{four}1111
let grip = keygrip 01
start
> SERIALNO
< S SERIALNO {sn}
< OK
> LEARN --force
< S READER {_}
< S SERIALNO {sn}
<~ S APPTYPE PKCS11
# gpg prints an OpenPGP card's sheet for such a serial number: it is true.
<~ S EXTCAP gc=0+ki=0+{_...}
<~ S CHV-STATUS 1+255+0+0+-2+0+0
<~ S KEY-ATTR 1 1 rsa2048
<~ S CERTINFO 101 {id}/01
<~ S KEYPAIRINFO {grip} {id}/01 {_} {_:[0-9]+} rsa2048
<~ S KEY-FRIEDNLY {grip} /O=Test/CN=mykey on demo
<* OK
> KEYINFO --list
< S KEYINFO {grip} T {sn} {id}/01 {_}
< OK
> GETATTR $SIGNKEYID
< S $SIGNKEYID {id}/01
< OK
> GETATTR APPTYPE
< S APPTYPE PKCS11
< OK
> GETINFO app_list
data-text pkcs11:{_:\n}
< OK
> GETINFO active_apps
< S SERIALNO {sn} pkcs11
< OK
> DEVINFO
< S DEVINFO_START
< S DEVICE pkcs11 {sn} pkcs11
< S DEVINFO_END
< OK
> SWITCHAPP pkcs11
< S SERIALNO {sn} pkcs11
< OK
> READKEY {id}/01
data-is-key 01
< OK
> READCERT {id}/01
data-is-cert 01
< OK
> READKEY P15.01
data-is-key 01
< OK
