# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# C_WaitForSlotEvent of this module does not wait: it says that there was none,
# or does not know whether it was initialised.
token one
each answer CKR_NO_EVENT CKR_CRYPTOKI_NOT_INITIALIZED CKR_GENERAL_ERROR
shim fail C_WaitForSlotEvent 1 {answer} *
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
log-has C_WaitForSlotEvent: {answer}
shim absent
signals USR2 1
unshim absent
signals USR2 2
calls-total C_WaitForSlotEvent 1
eof
exit 0
unshim fail C_WaitForSlotEvent 1 {answer} *
done
