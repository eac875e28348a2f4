# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What a command costs does not depend on how its key is named, on what kind of key
# it is, on options, or on the number of lines that bring the data.
token demo
key rsa2048 01 rsa cert
key p256 02 p256 cert
key ed25519 03 ed
key x25519 04 box
let g1 = keygrip 01
let g2 = keygrip 02
let g3 = keygrip 03
let g4 = keygrip 04
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
let plain = random 32
let c = rsa-encrypt 01 {plain}
let q2 x2 = ecdh 02
let q4 x4 = ecdh 04
start
> CHECKPIN
pin 123456
< OK
# Each key is used once, and has none to find then.
setdata {info}
each name P15.01 P15.02 P15.03
> PKSIGN --hash=sha256 {name}
<* OK
done
setdata {q4}
> PKDECRYPT P15.04
<* OK
# In pieces.
> SETDATA 30
< OK
calls-any 0
setdata {info}
> SETDATA {digest}
< OK
> SETDATA --append {digest}
< OK
calls-any 0
> RESTART
< OK
> SETDATA {info}
< OK
each name P15.01 {g1}
each options --hash=sha256 --hash=none
> PKSIGN {options} {name}
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
done
> PKSIGN {name}
data-verify 01 sha256 {digest}
< OK
calls-any 2
> PKAUTH {name}
data-verify 01 sha256 {digest}
< OK
calls-any 2
done
each name P15.02 {g2}
> PKSIGN --hash=sha256 {name}
data-verify 02 sha256 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKAUTH {name}
data-verify 02 sha256 {digest}
< OK
calls-any 2
done
each name P15.03 {g3}
> PKSIGN --hash=sha256 {name}
data-verify-eddsa 03 {digest}
< OK
calls-any 2
calls C_SignInit 1
calls C_Sign 1
> PKAUTH {name}
data-verify-eddsa 03 {digest}
< OK
calls-any 2
done
setdata {c}
each name P15.01 {g1}
> PKDECRYPT {name}
< S PADDING 0
data-is {plain}
< OK
calls-any 2
calls C_DecryptInit 1
calls C_Decrypt 1
done
setdata {q2}
each name P15.02 {g2}
> PKDECRYPT {name}
data-is 41{x2}
< OK
calls-any 3
calls C_DeriveKey 1
calls C_GetAttributeValue 1
calls C_DestroyObject 1
done
setdata {q4}
each name P15.04 {g4}
> PKDECRYPT {name}
data-is 40{x4}
< OK
calls-any 3
calls C_DeriveKey 1
calls C_GetAttributeValue 1
calls C_DestroyObject 1
done
# What is known is not asked for.
each name P15.01 {g1} P15.02 {g2}
> READCERT {name}
<* OK
calls-any 0
done
each name P15.01 {g1} P15.02 {g2} P15.03 {g3} P15.04 {g4}
> GETATTR $DISPSERIALNO {name}
<* OK
calls-any 0
> READKEY {name}
<* OK
calls-any 0
> READKEY --info {name}
<* OK
calls-any 0
done
each name P15.01 {g2} P15.03
> READKEY --format=ssh {name}
<* OK
calls-any 0
done
each grip {g1} {g2} {g3} {g4}
> KEYINFO {grip}
< S KEYINFO {grip} {_...}
< OK
calls-any 0
done
each attribute READER SERIALNO $DISPSERIALNO CARDTYPE APPTYPE MANUFACTURER DISP-NAME EXTCAP CHV-STATUS CHV-LABEL SIG-COUNTER KEY-ATTR KEY-FPR KEY-TIME KEY-LABEL $SIGNKEYID $ENCRKEYID $AUTHKEYID
> GETATTR {attribute}
<* OK
calls-any 0
done
> GETATTR PUBKEY-URL
< ERR {NOT_FOUND} {_...}
calls-any 0
> KEYINFO --list=encr
<* OK
calls-any 0
> KEYINFO --list=auth
<* OK
calls-any 0
