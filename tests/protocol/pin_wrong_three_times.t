# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# After three wrong PINs the command fails; there is no fourth prompt.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 654321
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> D 654322
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> D 654323
> END
< ERR {BAD_PIN} {_...}
calls-total C_Login 3
# The next command begins anew.
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D 123456
> END
< OK
calls-total C_Login 4
