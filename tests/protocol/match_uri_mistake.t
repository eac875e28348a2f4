# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A URI that cannot be used means no token: what it was to keep out is not
# opened, and does not get the PIN that is meant for another token.
token demo
key p256 02 mykey
config match-uri token=elsewhere
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 999999 > "$DIR/pin"
let grip = keygrip 02
start
> SERIALNO
< ERR {ENODEV} {_...} - no token matches match-uri
> SETDATA 616263
< OK
> PKSIGN --hash=sha256 {grip}
< ERR {NO_SECKEY} {_...}
calls C_OpenSession 0
calls C_Login 0
log-has 'match-uri' cannot be 'token=elsewhere'
log-has no token matches match-uri
