# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The security officer's PIN is asked for by no command, in no state of the
# token: where scdaemon asks for an admin PIN, a PUK or a reset code, there is
# an error and no dialog.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SERIALNO
< S SERIALNO {sn}
< OK
> PASSWD 3
< ERR {_} {_...}
> PASSWD OPENPGP.3
< ERR {_} {_...}
> PASSWD --reset 1
< ERR {_} {_...}
> PASSWD --reset 2
< ERR {_} {_...}
> PASSWD --reset 3
< ERR {_} {_...}
> PASSWD --nullpin 1
< ERR {_} {_...}
> CHECKPIN {sn}[CHV3]
< ERR {_} {_...}
> SETATTR DISP-NAME Nobody
< ERR {_} {_...}
> SETATTR CHV-STATUS-1 %01
< {_:(OK|ERR).*}
> SETATTR RESET-CODE 12345678
< ERR {_} {_...}
> SETATTR KEY-ATTR --force 1 1 rsa2048
< ERR {_} {_...}
> WRITECERT OPENPGP.3
< ERR {_} {_...}
> WRITEKEY --force OPENPGP.1
< ERR {_} {_...}
> GENKEY --force P15.02
< ERR {_} {_...}
calls-total C_Login 0
# A token that is locked, and one that has no PIN yet.
> SETDATA {digest}
< OK
shim token-flags +CKF_USER_PIN_LOCKED
> PKSIGN --hash=sha256 P15.01
< ERR {PIN_BLOCKED} {_...}
> CHECKPIN
< ERR {PIN_BLOCKED} {_...}
> PASSWD --reset 1
< ERR {_} {_...}
unshim token-flags +CKF_USER_PIN_LOCKED
calls-total C_Login 0
# What it says of that PIN (CKF_SO_PIN_...) does not matter.
shim token-flags +0xf00000
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to sign.{_...}
> D 123456
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 1
calls-total C_InitPIN 0
