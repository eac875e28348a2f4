# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Nor one that hangs when its slots are looked at.
token one
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
shim delay C_GetSlotList 600000
sleep 2500
signal TERM
exit 0
socket-gone
