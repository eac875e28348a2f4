# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Modules of p11-kit's registry come with a reload, stay with the command that
# uses them, and go with another.
# The registry may have other modules too, with leaks of their own.
env ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
token one
key p256 01 k1
let g1 = keygrip k1
let digest = hash sha256 616263
start
> KEYINFO {g1}
< S KEYINFO {g1} T {_} P15.01 {_...}
< OK
no-provider
config verbose
> RELOADCONF
< OK
> KEYINFO {g1}
< S KEYINFO {g1} T {_} P15.01 {_...}
< OK
log-has provider 'softhsm2': loaded from p11-kit's registry
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 {g1}
2< INQUIRE NEEDPIN {_...}
> RELOADCONF
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
data-verify k1 sha256 {digest}
< OK
2> D 123456
2> END
2data-verify k1 sha256 {digest}
2< OK
> RELOADCONF
< OK
> KEYINFO {g1}
< S KEYINFO {g1} T {_} P15.01 {_...}
< OK
config providers p
config provider-p-library {shim}
> RELOADCONF
< OK
> PKSIGN --hash=sha256 {g1}
pin 123456
data-verify k1 sha256 {digest}
< OK
calls C_Sign 1
