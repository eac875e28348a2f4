# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# KILLSCD from a client of the socket ends the daemon as well.
token demo
start
2> KILLSCD
2< OK{_...}
2<eof
<eof
exit 0
socket-gone
