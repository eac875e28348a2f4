# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# LOCK --wait tells that it waits, and gets the lock when it is free.
start
> LOCK
< OK
2> LOCK --wait
2< S PROGRESS scd_locked . 0 0
> UNLOCK
< OK
2<* OK
> LOCK
< ERR {LOCKED} {_...}
# The waiter vanishes: the lock is free.
> LOCK --wait
< S PROGRESS scd_locked . 0 0
2eof
<* OK
> UNLOCK
< OK
