# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A file with what is remembered that is damaged, or in the way, counts as none;
# the next login makes a new one, if it can.
token demo
key rsa2048 01 mykey private cert
let g1 = keygrip 01
let digest = hash sha256 616263
start
> SERIALNO
< S SERIALNO {own}
< OK
> CHECKPIN
pin 123456
< OK
eof
exit 0
run cp "{home}/gnupg-pkcs11-scd.d/{own}" good
# Cut off, of another token, and with a byte changed.
each DAMAGE $d s/token.F/token.0/ s/id=01/id=02/
run sed '{DAMAGE}' good >"{home}/gnupg-pkcs11-scd.d/{own}"
start
> LEARN --force
<! S KEYPAIRINFO {_...}
<! S CERTINFO {_...}
<* OK
log-has {own} is not used, and written anew after the next login: it is
> CHECKPIN
pin 123456
< OK
> LEARN
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<~ S CERTINFO {_} P15.01
<* OK
eof
exit 0
run cmp "{home}/gnupg-pkcs11-scd.d/{own}" good
done
# Where none can be made, everything else works.
run rm -r "{home}/gnupg-pkcs11-scd.d"
run touch "{home}/gnupg-pkcs11-scd.d"
start
> CHECKPIN
pin 123456
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g1}
data-verify 01 sha256 {digest}
< OK
log-has gnupg-pkcs11-scd.d cannot be used: Not a directory
