# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that cannot be initialised, or whose slots cannot be listed, is named
# in the log, and the daemon is there.
token demo
shim fail C_Initialize 1 CKR_GENERAL_ERROR *
start
> SERIALNO
< ERR {ENODEV} {_...}
log-has provider 'p': C_Initialize failed: CKR_GENERAL_ERROR
> KEYINFO --list
< OK
eof
exit 0
calls-total C_Finalize 0
