# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Who waits for a lock does not keep the daemon from ending.
start
> LOCK
< OK
2> LOCK --wait
2< S PROGRESS scd_locked . 0 0
signal TERM
2<? {_:OK|ERR .*}
exit 0
socket-gone
