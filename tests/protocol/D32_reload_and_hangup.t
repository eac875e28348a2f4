# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The reload command reads the configuration anew; SIGHUP, with clients connected
# and one at a prompt, cleans up and ends.
token demo
key rsa2048 01 mykey
start
> SERIALNO
< S SERIALNO {own:FF500B00[0-9A-F]+}
< OK
config card-type pkcs11
> SERIALNO
< S SERIALNO {own}
< OK
> RELOADCONF
< OK
calls C_Finalize 1
calls C_Initialize 0
> SERIALNO
< S SERIALNO {_:D27600012401[0-9A-F]+}
< OK
calls C_Initialize 1
unconfig card-type pkcs11
> reloadconf
< OK
2> SERIALNO
2< S SERIALNO {own}
2< OK
2> CHECKPIN
2< INQUIRE NEEDPIN {_...}
signal HUP
2<? {_:ERR .*}
exit 0
socket-gone
calls-total C_Initialize 3
calls-total C_Finalize 3
calls-total C_Login 0
log-has ending on signal 1
