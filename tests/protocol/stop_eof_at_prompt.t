# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The agent is gone while it has the prompt: the daemon ends, nothing was sent
# to the token.
token demo
key rsa2048 01 mykey
start
2> NOP
2< OK{_...}
> CHECKPIN
< INQUIRE NEEDPIN {_...}
gone
2<eof
exit 0
socket-gone
calls-total C_Login 0
calls-total C_Finalize 1
