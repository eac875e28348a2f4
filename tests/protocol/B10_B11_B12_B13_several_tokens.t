# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Three tokens of one provider: the keys of all are listed, each with its own
# token's serial number; every command that chooses one finds it.
token one
key p256 01 k1
token two
key p256 01 k2
key p256 02 k2b
token three
key p256 03 k3
let g1 = keygrip k1
let g2 = keygrip k2
let g2b = keygrip k2b
let g3 = keygrip k3
start
> KEYINFO --list
<~ S KEYINFO {g1} T {one} P15.01 {_}
<~ S KEYINFO {g2} T {two} P15.01 {_}
<~ S KEYINFO {g2b} T {two} P15.02 {_}
<~ S KEYINFO {g3} T {three} P15.03 {_}
< OK
run test {one} != {two} && test {two} != {three} && test {one} != {three}
# All tokens, the first by label first.
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {three}
< S SERIALNO {two}
< OK
> GETINFO all_active_apps
< S SERIALNO {one} p15
< S SERIALNO {three} p15
< S SERIALNO {two} p15
< OK
> SERIALNO --all
< S SERIALNO {one}
< OK
# The serial number of SERIALNO is that of KEYINFO, for each.
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
> LEARN --keypairinfo
< S KEYPAIRINFO {g2} P15.01 {_...}
< S KEYPAIRINFO {g2b} P15.02 {_...}
< OK
> GETINFO active_apps
< S SERIALNO {two} p15
< OK
> KEYINFO {g2b}
< S KEYINFO {g2b} T {two} P15.02 {_}
< OK
> SERIALNO --demand={three}
< S SERIALNO {three}
< OK
> LEARN --force
<* S SERIALNO {three}
<~ S KEYPAIRINFO {g3} P15.03 {_...}
<! S KEYPAIRINFO {g1} {_...}
<! S KEYPAIRINFO {g2} {_...}
<* OK
> KEYINFO {g3}
< S KEYINFO {g3} T {three} P15.03 {_}
< OK
# LEARN for one, which is the session's from then on.
> LEARN --keypairinfo --demand={one}
< S KEYPAIRINFO {g1} P15.01 {_...}
< OK
> GETATTR SERIALNO
< S SERIALNO {one}
< OK
# With a keygrip, for the token that has the key; the session's stays.
> LEARN --force {g2b}
<* S SERIALNO {two}
<~ S KEYPAIRINFO {g2b} P15.02 {_...}
<! S KEYPAIRINFO {g2} {_...}
<* OK
> LEARN --keypairinfo {g3}
< S KEYPAIRINFO {g3} P15.03 {_...}
< OK
> GETATTR SERIALNO
< S SERIALNO {one}
< OK
> SWITCHCARD {three}
< S SERIALNO {three}
< OK
> LEARN --keypairinfo
< S KEYPAIRINFO {g3} P15.03 {_...}
< OK
# What was demanded last is the first choice of others; what was switched to
# or learned is not.  The lists stay in their order.
2> SERIALNO
2< S SERIALNO {three}
2< OK
2> SERIALNO --demand={two}
2< S SERIALNO {two}
2< OK
> SWITCHCARD {one}
< S SERIALNO {one}
< OK
> LEARN --keypairinfo --demand={one}
<* OK
3> SERIALNO --all
3< S SERIALNO {two}
3< OK
3> GETINFO card_list
3< S SERIALNO {one}
3< S SERIALNO {three}
3< S SERIALNO {two}
3< OK
# An unknown one.
> SERIALNO --demand=FF500B000000000000000000
< ERR {CARD_NOT_PRESENT} {_...}
> LEARN --force --demand=FF500B000000000000000000
< ERR {CARD_NOT_PRESENT} {_...}
> SWITCHCARD FF500B000000000000000000
< ERR {NOT_FOUND} {_...}
> GETATTR SERIALNO
< S SERIALNO {one}
< OK
calls-total C_Login 0
