# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# DEVINFO --watch lists the tokens, and again whenever one went or came, until
# its client says something.  Others are served meanwhile.
token one
token two
start
2> DEVINFO --watch
2< S DEVINFO_START
2< S DEVICE pkcs11 {one:FF500B00[0-9A-F]{16}} p15
2< S DEVICE pkcs11 {two:FF500B00[0-9A-F]{16}} p15
2< S DEVINFO_END
run test {one} != {two}
shim absent one
2< S DEVINFO_STATUS removal
2< S DEVINFO_START
2< S DEVICE pkcs11 {left} p15
2< S DEVINFO_END
> SERIALNO
< S SERIALNO {left}
< OK
# Found by another client's command, it is told all the same, once.
unshim absent one
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {two}
< OK
2< S DEVINFO_STATUS new
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVICE pkcs11 {two} p15
2< S DEVINFO_END
shim absent
2< S DEVINFO_STATUS removal
2< S DEVINFO_START
2< S DEVINFO_END
2> NOP
2< ERR {NOT_FOUND} {_...}
2< OK
unshim absent
2> DEVINFO --watch
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVICE pkcs11 {two} p15
2< S DEVINFO_END
2> GETINFO connections
2< OK
2data-text 2
2< OK
2> DEVINFO
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVICE pkcs11 {two} p15
2< S DEVINFO_END
2< OK
signals USR1 0
signals USR2 0
