# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The log goes to the file that the configuration names, which nobody else can
# read; PINs and data are not in it.
token demo
key rsa2048 01 mykey
config log-file {dir}/log
let plain = random 32
let c = rsa-encrypt 01 {plain}
start
setdata {c}
> PKDECRYPT P15.01
pin 123456
< S PADDING 0
data-is {plain}
< OK
log-has PKDECRYPT: OK
run test "$(stat -c %a log)" = 600
run grep -q 'C_Login = CKR_OK' log
log-excludes {plain}
log-excludes {c}
