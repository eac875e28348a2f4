# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Ciphertexts that begin with zero bytes, one and two of them, as they are, as
# gpg-agent writes numbers (without them), and with a zero byte too many.
token demo
key rsa1024 01 small
key rsa2048 02 large
let plain = random 32
let short1 = rsa-encrypt-short 01 {plain} 2
let short2 = rsa-encrypt-short 02 {plain}
start
> CHECKPIN
pin 123456
< OK
each zeros - 00 0000 000000
let c = run echo {zeros}{short1} | tr -d -
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
let c = run echo {zeros}{short2} | tr -d -
setdata {c}
> PKDECRYPT P15.02
< S PADDING 0
data-is {plain}
< OK
done
