# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a token there is an empty list, and then the first one.
token one
shim absent
start
2> DEVINFO --watch
2< S DEVINFO_START
2< S DEVINFO_END
unshim absent
2< S DEVINFO_STATUS new
2< S DEVINFO_START
2< S DEVICE pkcs11 {_} p15
2< S DEVINFO_END
# A line that comes with the command ends it at once.
3>x 444556494e464f202d2d77617463680a4e4f500a
3< S DEVINFO_START
3< S DEVICE pkcs11 {_} p15
3< S DEVINFO_END
3< OK
3< OK
2eof
2< OK
2<eof
