# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Of tokens that tell the same names nothing is remembered: one would be taken
# for the other.
token one
key p256 01 shown1
key p256 02 hidden1 private
token two
key p256 01 shown2
key p256 02 hidden2 private
let s1 = keygrip shown1
let s2 = keygrip shown2
let h1 = keygrip hidden1
let h2 = keygrip hidden2
shim token-text * serial 00
shim token-text * label tpm
start
> CHECKPIN {s1}
pin 123456
< OK
> CHECKPIN {s2}
pin 123456
< OK
> KEYINFO --list
<~ S KEYINFO {h1} T {one} {_...}
<~ S KEYINFO {h2} T {two} {_...}
<* OK
run test ! -e "{home}/gnupg-pkcs11-scd.d"
eof
exit 0
start
> KEYINFO --list
<~ S KEYINFO {s1} T {one} {_...}
<~ S KEYINFO {s2} T {two} {_...}
< OK
calls-total C_Login 0
