# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# When an operation is over, however it ended and in whatever form the PIN came,
# the PIN is nowhere in the memory of the daemon.
# The C library does not help by overwriting what is freed.
env MALLOC_PERTURB_=0
let right = random 14
let wrong = random 14
let other = random 14
let huge = random 450
let junk = repeat x 61
token demo pin={right}
key rsa2048 01 mykey
key rsa2048 02 careful aa
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin {wrong}
pin {right}
data-verify 01 sha256 {digest}
< OK
memory-excludes {wrong} {right}
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
# The buffer that gpg-agent sends; parts, in one piece with the end of the
# answer; each character escaped.
> DISCONNECT
< OK
setdata {c}
> PKDECRYPT P15.01
< INQUIRE NEEDPIN {_...}
> D {right}%00{junk}
> END
< S PADDING 0
data-is {plain}
< OK
memory-excludes {right}
> DISCONNECT
< OK
let one = run printf %.20s {right}
let two = run printf %s {right} | cut -c21-
let both = run printf 'D {one}\nD {two}\nEND\n' | od -An -v -tx1 | tr -d ' \n'
let escaped = run printf %s {right} | od -An -v -tx1 | tr -d '\n' | tr ' ' %
> CHECKPIN
< INQUIRE NEEDPIN {_...}
>x {both}
< OK
memory-excludes {right}
> DISCONNECT
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D {escaped}
> END
< OK
memory-excludes {right} {escaped}
# A key that wants it at each use: the PIN does for two logins.
> DISCONNECT
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin {right}
data-verify 02 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin {wrong}
pin {right}
data-verify 02 sha256 {digest}
< OK
memory-excludes {wrong} {right}
# Prompts that come to nothing: a person who thinks better of it, three wrong
# ones, one that is too long for a token, for an answer or for a line, one with
# a NUL inside, another command, a client that goes away.
> DISCONNECT
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D {right}
> CAN
< ERR {CANCELED} {_...}
memory-excludes {right}
> CHECKPIN
pin {wrong}
pin {other}
pin {wrong}
< ERR {BAD_PIN} {_...}
memory-excludes {wrong} {other}
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D {huge}
> END
< INQUIRE NEEDPIN {_...}
> D {right}
> D {huge}
> D {huge}
> END
< ERR {TOO_LARGE} {_...}
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D {right}{huge}{huge}
< ERR {LINE_TOO_LONG} {_...}
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D {right}%00{other}
> END
< ERR {INV_VALUE} {_...}
memory-excludes {huge} {right} {other}
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D {right}
> NOP
< ERR {_} {_...}
memory-excludes {right}
2> CHECKPIN
2< INQUIRE NEEDPIN {_...}
2> D {right}
2gone
# When the next one is asked, it is over.
> CHECKPIN
< INQUIRE NEEDPIN {_...}
memory-excludes {right}
> CAN
< ERR {CANCELED} {_...}
