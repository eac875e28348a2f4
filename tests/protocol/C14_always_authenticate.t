# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants the PIN at every use: one prompt at the first, whose PIN does
# for the login too, one at each later use; the calls come in their order.
token demo
key rsa2048 01 plain
key rsa2048 02 careful aa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin 123456
data-verify 02 sha256 {digest}
< OK
calls C_SignInit 1
calls C_Login 2
run grep -A 2 '^C_SignInit' calls | tail -n 3 | cut -d' ' -f1 | tr '\n' ' ' | grep -x 'C_SignInit C_Login C_Sign '
> PKSIGN --hash=sha256 P15.02
< INQUIRE NEEDPIN ||{_:.*}this one signature{_...}
> D 123456
> END
data-verify 02 sha256 {digest}
< OK
calls C_SignInit 1
calls C_Sign 1
calls C_Login 1
run grep -A 2 '^C_SignInit' calls | tail -n 3 | cut -d' ' -f1 | tr '\n' ' ' | grep -x 'C_SignInit C_Login C_Sign '
# The other key needs no more PIN.
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_Login 0
# A cancelled prompt.
> PKSIGN --hash=sha256 P15.02
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
calls C_SignInit 0
calls C_Login 0
