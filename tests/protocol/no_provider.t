# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With no module at all, which the log says, the daemon answers as without a
# token.
no-provider
config providers nowhere
start
> GETINFO version
data-text 3.{_...}
< OK
> SERIALNO
< ERR {ENODEV} {_...}
> KEYINFO --list
< OK
> DEVINFO
< ERR {NOT_FOUND} {_...}
log-has no PKCS#11 module could be loaded
