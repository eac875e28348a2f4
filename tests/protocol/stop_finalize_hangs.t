# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that does not finalise does not keep the daemon.
token demo
start
> SERIALNO
<* OK
shim delay C_Finalize 600000
signal TERM
exit 0
socket-gone
log-has provider 'p' does not end
