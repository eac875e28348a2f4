# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The end of the pipe is the end of the agent: the daemon goes, with clients on
# the socket, and with half a line unread.
token demo
start
> SERIALNO
< S SERIALNO {_}
< OK
2> NOP
2< OK{_...}
>x 4E4F
eof
<eof
2<eof
exit 0
socket-gone
calls-total C_Finalize 1
