# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SIGTERM ends the daemon in order, with clients connected and one at a prompt:
# connections closed, socket gone, the module finalised once.
token demo
key rsa2048 01 mykey
start
> SERIALNO
< S SERIALNO {_}
< OK
2> NOP
2< OK{_...}
3> CHECKPIN
3< INQUIRE NEEDPIN {_...}
signal TERM
3<? {_:ERR .*}
exit 0
socket-gone
calls-total C_Initialize 1
calls-total C_Finalize 1
calls-total C_Login 0
