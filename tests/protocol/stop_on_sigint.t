# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SIGINT does the same, with the first client at the prompt and another, which
# is gone already, waiting for the same PIN.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
2> SETDATA {digest}
2< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
2> PKSIGN --hash=sha256 P15.01
sleep 100
2gone
signal INT
<? {_:ERR .*}
exit 0
socket-gone
calls-total C_Finalize 1
calls-total C_Login 0
