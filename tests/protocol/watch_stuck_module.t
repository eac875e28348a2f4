# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that does not come back from C_WaitForSlotEvent, whatever C_Finalize
# says, does not keep the daemon from ending: by itself, not by the alarm.
token one
shim delay C_WaitForSlotEvent 600000
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
log-has waiting for slot events
eof
exit 0
socket-gone
log-has does not end
