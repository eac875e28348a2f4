# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# If no token is meant, the errors and one line of the log say so; a token that
# is inserted and is meant can be used.
token demo
key p256 02 mykey
let grip = keygrip 02
config match-uri pkcs11:token=more%200
config match-uri pkcs11:token=demo;serial=0
start
> SERIALNO
< ERR {ENODEV} {_...} - no token matches match-uri
calls C_OpenSession 0
log-has token 'demo', serial
log-has left out, no match-uri fits
log-has no token matches match-uri; with 'verbose' the log says what was left
> SERIALNO --demand=FF500B000011223344556677
< ERR {ENODEV} {_...} - no token matches match-uri
> LEARN --force
< ERR {ENODEV} {_...} - no token matches match-uri
> CHECKPIN
< ERR {ENODEV} {_...} - no token matches match-uri
> KEYINFO --list
< OK
> SETDATA 616263
< OK
> PKSIGN --hash=sha256 {grip}
< ERR {NO_SECKEY} {_...}
run test $(grep -c "no token matches match-uri;" $DIR/stderr) = 1
shim more-slots 1
> SERIALNO
< S SERIALNO {sn}
< OK
> READKEY {grip}
data-is-key 02
< OK
unshim more-slots 1
> SERIALNO
< ERR {ENODEV} {_...} - no token matches match-uri
run test $(grep -c "no token matches match-uri;" $DIR/stderr) = 2
