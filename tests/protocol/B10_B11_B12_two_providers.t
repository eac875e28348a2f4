# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Two providers with a token each: the same, and the tokens of the provider
# that is configured first are first.
token one
key p256 01 k1
token two
key p256 01 k2
let g1 = keygrip k1
let g2 = keygrip k2
let digest = hash sha256 616263
run cp "$SHIM" "$DIR/other.so" && echo 'absent two' >"$DIR/other.so.script"
shim absent one
config providers p, q
config provider-q-library {dir}/other.so
start
> GETINFO card_list
< S SERIALNO {two}
< S SERIALNO {one}
< OK
> SERIALNO --all
< S SERIALNO {two}
< OK
> KEYINFO --list
< S KEYINFO {g2} T {two} P15.01 sca
< S KEYINFO {g1} T {one} P15.01 sca
< OK
> SERIALNO --demand={one}
< S SERIALNO {one}
< OK
> LEARN --keypairinfo
< S KEYPAIRINFO {g1} P15.01 {_...}
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g2}
< INQUIRE NEEDPIN {_:.*}Token: two{_...}
> D 123456
> END
data-verify k2 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {g1}
< INQUIRE NEEDPIN {_:.*}Token: one{_...}
> D 123456
> END
data-verify k1 sha256 {digest}
< OK
calls-total C_Login 2
# One provider has no token any more, and then another one.
run echo 'absent' >"$DIR/other.so.script"
> SERIALNO --demand={one}
< ERR {CARD_NOT_PRESENT} {_...}
> GETINFO card_list
< S SERIALNO {two}
< OK
run echo 'absent two' >"$DIR/other.so.script"
> GETINFO card_list
< S SERIALNO {two}
< S SERIALNO {one}
< OK
