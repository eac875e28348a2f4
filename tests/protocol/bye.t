# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# BYE on the socket ends that connection, on the pipe the daemon.
start
2> BYE
2< OK{_...}
2<eof
> NOP
< OK{_...}
> BYE
< OK{_...}
<eof
exit 0
socket-gone
