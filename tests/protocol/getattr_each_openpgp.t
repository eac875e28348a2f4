# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The attributes that an OpenPGP card has besides, and the one that it has not;
# KEY-TIME for the slot whose fingerprint is that of the key with its keytime,
# but not for the other.
token demo
key rsa2048 01 mykey
let wrong = repeat AB 20
config card-type openpgp
config openpgp-encr-fpr {wrong}
start
> GENKEY 1
< S KEY-FPR {fpr:[0-9A-F]{40}}
< S KEY-CREATED-AT {made}
<* OK
> KILLSCD
< OK{_...}
exit 0
config openpgp-sign-fpr {fpr}
start
# The second may be of any key: the configuration does not say of which.
> GETATTR KEY-FPR
< S KEY-FPR 1 {fpr}
< OK
> GETATTR KEY-TIME
< S KEY-TIME 1 {made}
< OK
> GETATTR PUBKEY-URL
< OK
> GETATTR EXTCAP
< S EXTCAP gc=0+ki=0+fc=0+pd=0+mcl3=0+aac=0+sm=0+si=0+dec=0+bt=0+kdf=0
< OK
> GETATTR SIG-COUNTER
< S SIG-COUNTER 0
< OK
> GETATTR CHV-LABEL
< OK
> GETATTR MANUFACTURER
< S MANUFACTURER 12593 SoftHSM project
< OK
# gpg's "admin verify": there is no such PIN.
> CHECKPIN D2760001240111503131AB02F4CD1111[CHV3]
< ERR {INV_ID} {_...}
calls-total C_Login 0
