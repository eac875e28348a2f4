# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Each client gets the signal that it asked for, until it asks for none, or
# leaves.
token one
start
> OPTION event-signal=12
< OK
2> OPTION event-signal=10
2< OK
2> SERIALNO
2< S SERIALNO {sn}
2< OK
shim absent
signals USR1 1
signals USR2 1
> OPTION event-signal=0
< OK
unshim absent
signals USR1 2
> OPTION event-signal=12
< OK
2> BYE
2< OK closing connection
2<eof
shim absent
signals USR2 2
signals USR1 2
# Who finds it by a command of his own is told as well.
> SERIALNO
< ERR {ENODEV} {_...}
unshim absent
> SERIALNO
< S SERIALNO {sn}
< OK
signals USR2 3
