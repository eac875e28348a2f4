# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# LOCK keeps other sessions from choosing a card and learning it; UNLOCK,
# RESTART, RESET and the end of the session give it back.
token demo
start
> UNLOCK
< ERR {NOT_LOCKED} {_...}
> LOCK
< OK
> LOCK
< ERR {LOCKED} {_...}
> SERIALNO
< S SERIALNO {sn}
< OK
2> LOCK
2< ERR {LOCKED} {_...}
2> UNLOCK
2< ERR {LOCKED} {_...}
2> SERIALNO
2< ERR {LOCKED} {_...}
2> SERIALNO --demand={sn}
2< ERR {LOCKED} {_...}
2> SWITCHCARD {sn}
2< ERR {LOCKED} {_...}
2> SWITCHCARD
2< ERR {LOCKED} {_...}
2> SWITCHAPP p15
2< ERR {LOCKED} {_...}
2> LEARN --force --demand={sn}
2< ERR {LOCKED} {_...}
2> LEARN --force
2< ERR {LOCKED} {_...}
2> KEYINFO --list
2< OK
> SWITCHCARD {sn}
< S SERIALNO {sn}
< OK
> LEARN --keypairinfo --demand={sn}
< OK
> UNLOCK
< OK
2> SERIALNO
2< S SERIALNO {sn}
2< OK
2> LOCK
2< OK
> SERIALNO
< ERR {LOCKED} {_...}
2> RESTART
2< OK
> LOCK
< OK
> RESET
< OK{_...}
2> LOCK
2< OK
2> BYE
2< OK{_...}
2<eof
> LOCK --wait
<* OK
> UNLOCK
< OK
