# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Options before, between and behind operands, "--", more blanks than needed,
# keygrips in lower case: all the ways in which clients write commands.
token demo
key rsa2048 01 mykey cert
let grip = keygrip 01
let lower = run echo {grip} | tr A-F a-f
let digest = hash sha256 616263
start
> READKEY --info-only -- P15.01
< S KEYPAIRINFO {grip} P15.01 {_} {_:[0-9]+} rsa2048
< OK
> READKEY P15.01 --info-only
< S KEYPAIRINFO {grip} P15.01 {_} {_:[0-9]+} rsa2048
< OK
> READKEY   {lower}   --info-only  --
< S KEYPAIRINFO {grip} P15.01 {_} {_:[0-9]+} rsa2048
< OK
> READKEY -- --info-only
< ERR {_} {_...}
> READKEY p15.01
data-is-key 01
< OK
> KEYINFO  {lower}
< S KEYINFO {grip} T {sn} P15.01 {usage}
< OK
> KEYINFO {grip} --data
data-text {grip} T {sn} P15.01 {usage}{_:\n}
< OK
> KEYINFO -- {grip}
< S KEYINFO {grip} T {sn} P15.01 {usage}
< OK
> SWITCHAPP -- p15
< S SERIALNO {sn} p15
< OK
> SWITCHCARD -- {sn}
< S SERIALNO {sn}
< OK
> GETATTR  $DISPSERIALNO  {lower}
< S $DISPSERIALNO demo+{serial}/mykey
< OK
> SETDATA  {digest}
< OK
> PKSIGN   {lower}   --hash=sha256
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=SHA256 -- P15.01
data-verify 01 sha256 {digest}
< OK
> PKAUTH  -- {grip}
data-verify 01 none {digest}
< OK
> CHECKPIN 
< OK
> CHECKPIN {lower}
< OK
> READCERT {lower}
data-is-cert 01
< OK
> LEARN --keypairinfo {lower}
< S KEYPAIRINFO {grip} P15.01 {_} {_:[0-9]+} rsa2048
< OK
> PKAUTH {lower}
data-verify 01 none {digest}
< OK
let plaintext = random 20
let ciphertext = rsa-encrypt 01 {plaintext}
> SETDATA {ciphertext}
< OK
> PKDECRYPT {lower}
< S PADDING 0
data-is {plaintext}
< OK
> PASSWD --clear 1 {lower}
< OK
