# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# KEY-FPR says what the configuration says of a slot whose key it names too;
# KEY-TIME only what that proves.
token demo
key p256 01 sign usage=s
key rsa2048 02 encr usage=d
let one = keygrip 01
let two = keygrip 02
let fpr = repeat ab 20
let none = repeat EF 20
let long = repeat CD 32
config card-type openpgp
config openpgp-sign {one}
config openpgp-sign-fpr {fpr}
config openpgp-encr {two}
config openpgp-encr-fpr {long}
config openpgp-auth {none}
config openpgp-auth-fpr {long}
start
> GETATTR KEY-FPR
< S KEY-FPR 1 {_:(AB){20}}
< S KEY-FPR 2 {long}
< OK
> GETATTR KEY-TIME
< OK
# gpg's "fetch" asks its keyserver then.
> GETATTR PUBKEY-URL
< OK
