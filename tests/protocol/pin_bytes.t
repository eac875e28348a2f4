# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN may have any bytes but NUL: percent, CR, LF, UTF-8; and come in several
# pieces.
token demo "pin=a%bö+ c"
key rsa2048 01 mykey
start
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D a%25b
> D ö+ c
> END
< OK
calls-total C_Login 1
> DISCONNECT
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D a%25b%c3%b6%2B%20c
> END
< OK
calls-total C_Login 2
