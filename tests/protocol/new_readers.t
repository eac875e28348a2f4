# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that knows of a new reader only when it is asked how many there are:
# whoever begins a session, asks for the token in it or wants everything read
# anew sees the token there.
token demo
key rsa2048 01 mykey
shim late-slots
start
> SERIALNO
< S SERIALNO {demo}
< OK
shim more-slots 1
2> SERIALNO
2< S SERIALNO {demo}
2< OK
log-has slot 0x80000000: token 'more 0'
unshim more-slots 1
shim more-slots 2
> RESTART
< OK
> SERIALNO
< S SERIALNO {demo}
< OK
log-has slot 0x80000001: token 'more 1'
unshim more-slots 2
shim more-slots 3
> LEARN --force
<* OK
log-has slot 0x80000002: token 'more 2'
unshim more-slots 3
shim more-slots 4
> LEARN
<* OK
log-has slot 0x80000003: token 'more 3'
> GETINFO card_list
< S SERIALNO {demo}
< S SERIALNO {more0}
< S SERIALNO {more1}
< S SERIALNO {more2}
< S SERIALNO {more3}
< OK
# One that is asked for: its serial number is known from the time before.
unshim more-slots 4
> GETINFO card_list
< S SERIALNO {demo}
< OK
> SERIALNO --demand={more2}
< ERR {CARD_NOT_PRESENT} {_...}
shim more-slots 3
> SERIALNO --demand={more2}
< S SERIALNO {more2}
< OK
# No token is there but in a new reader; first it comes when the other one goes.
unshim more-slots 3
> GETINFO card_list
< S SERIALNO {demo}
< OK
shim absent demo
shim more-slots 1
> SERIALNO
< S SERIALNO {more0}
< OK
unshim more-slots 1
> GETINFO card_list
< OK
shim more-slots 1
> SERIALNO
< S SERIALNO {more0}
< OK
