# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A fingerprint is not said to be of every token that has some key.
token one
key rsa2048 01 a
token two
key rsa2048 01 b
let fpr = repeat AB 20
let grip = keygrip b
config openpgp-sign {grip}
config openpgp-sign-fpr {fpr}
config openpgp-encr-fpr {fpr}
start
> GETATTR SERIALNO {grip}
< S SERIALNO {sn}
< OK
> SERIALNO --demand={sn}
< S SERIALNO {sn}
< OK
> GETATTR KEY-FPR
< S KEY-FPR 1 {fpr}
< OK
let other = keygrip a
> GETATTR KEY-FPR {other}
< OK
