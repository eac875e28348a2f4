# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The connection that the daemon ends with is not for watching; nothing is
# loaded for it.
token one
start
> DEVINFO --watch
< ERR {INV_HANDLE} {_...} needs a connection of its own{_...}
calls-any 0
> DEVINFO --watched
< ERR {PARAMETER} {_...}
> GETINFO cmd_has_option DEVINFO watch
< OK
> DEVINFO
< S DEVINFO_START
< S DEVICE pkcs11 {_} p15
< S DEVINFO_END
< OK
