# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What is remembered of a token is public, in a file that only its user can
# read, of its own in a folder of its own; written when it changes, and removed
# when nothing is hidden any more.
token demo
key rsa2048 01 first private
let g1 = keygrip 01
start
> SERIALNO
< S SERIALNO {own}
< OK
run test ! -e "{home}/gnupg-pkcs11-scd.d"
> CHECKPIN
pin 123456
< OK
run test "$(stat -c %a "{home}/gnupg-pkcs11-scd.d")" = 700
run test "$(ls "{home}/gnupg-pkcs11-scd.d")" = {own}
run test "$(stat -c %a "{home}/gnupg-pkcs11-scd.d/{own}")" = 600
run test "$(grep -c '^private-key type=rsa id=01 ' "{home}/gnupg-pkcs11-scd.d/{own}")" = 1
run test "$(grep -c '^public-key type=rsa id=01 ' "{home}/gnupg-pkcs11-scd.d/{own}")" = 1
let inode = run stat -c %i "{home}/gnupg-pkcs11-scd.d/{own}"
# What is the same is not written again.
> LEARN --force
<* OK
run test "$(stat -c %i "{home}/gnupg-pkcs11-scd.d/{own}")" = {inode}
# One more, and one that is not hidden.
key p256 02 second nopub private
key p256 03 third
let g2 = keygrip 02
let g3 = keygrip 03
> LEARN --force
<~ S KEYPAIRINFO {g1} {_...}
<~ S KEYPAIRINFO {g3} {_...}
<* OK
run test "$(grep -c '^private-key ' "{home}/gnupg-pkcs11-scd.d/{own}")" = 1
run ! grep -q 'id=0[23]' "{home}/gnupg-pkcs11-scd.d/{own}"
delete 01 all
> LEARN --force
<! S KEYPAIRINFO {g1} {_...}
<~ S KEYPAIRINFO {g3} {_...}
<* OK
run test -z "$(ls -A "{home}/gnupg-pkcs11-scd.d")"
log-has nothing needs to be remembered any more
