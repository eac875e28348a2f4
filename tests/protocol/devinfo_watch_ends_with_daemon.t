# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Who watches does not keep the daemon from ending.
token one
start
2> DEVINFO --watch
2<* S DEVINFO_END
3> DEVINFO --watch
3<* S DEVINFO_END
> KILLSCD
< OK closing connection
2< OK
3< OK
exit 0
socket-gone
