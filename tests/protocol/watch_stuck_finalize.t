# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Nor does one whose C_Finalize hangs because of that.
token one
shim delay C_WaitForSlotEvent 600000
shim delay C_Finalize 600000
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
log-has waiting for slot events
signal TERM
exit 0
socket-gone
log-has does not end
