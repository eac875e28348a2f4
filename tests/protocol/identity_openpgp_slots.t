# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# OPENPGP.1 to .3 and GETATTR's names for them are the keys of the session's
# card, by use or as configured.
token demo
key rsa2048 01 encr usage=d
key rsa2048 02 sign usage=s
key rsa2048 03 auth usage=s
let three = keygrip 03
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
config card-type p15
config openpgp-auth {three}
start
> READKEY OPENPGP.1
data-is-key 02
< OK
> READKEY OPENPGP.2
data-is-key 01
< OK
> READKEY openpgp.3
data-is-key 03
< OK
> READKEY $SIGNKEYID
data-is-key 02
< OK
> READKEY $ENCRKEYID
data-is-key 01
< OK
> READKEY $AUTHKEYID
data-is-key 03
< OK
> READKEY OPENPGP.4
< ERR {_:100663323|100663414} {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 OPENPGP.1
pin 123456
data-verify 02 sha256 {digest}
< OK
> PKAUTH OPENPGP.3
data-verify 03 none {digest}
< OK
setdata {c}
> PKDECRYPT OPENPGP.2
< S PADDING 0
data-is {plain}
< OK
> PKDECRYPT OPENPGP.1
< ERR {WRONG_KEY_USAGE} {_...}
