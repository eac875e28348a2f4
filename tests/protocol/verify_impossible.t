# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# libgcrypt in FIPS mode does not verify with every key.  Those keys still
# sign, and the log says once that nothing was verified; for others a wrong
# signature is as wrong as ever.
env LIBGCRYPT_FORCE_FIPS_MODE=1
token demo
key rsa2048 01 rsa
key p256 02 p256
key rsa1024 03 small
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
# From 1.11 on there is no key that we have and it has not.
let once = run pkg-config --atleast-version=1.11 libgcrypt && echo 0 || echo 1
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
> PKSIGN --hash=sha256 P15.03
data-verify 03 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.03
data-verify 03 sha256 {digest}
< OK
run test $(cat $DIR/stderr | grep -c 'key P15.03: its signatures are not verified: libgcrypt') = {once}
each id 01 02
> PKSIGN --hash=sha256 P15.{id}
data-verify {id} sha256 {digest}
< OK
shim corrupt-signature 1
> PKSIGN --hash=sha256 P15.{id}
< ERR {BAD_SIGNATURE} {_...}
unshim corrupt-signature 1
done
log-excludes key P15.01: its signatures
log-excludes key P15.02: its signatures
