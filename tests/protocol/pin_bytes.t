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
# Percent signs that are no escapes, comments and empty lines on the way.
> DISCONNECT
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
>x 2320780A0A
> D a%
> D bö+ c
> END
< OK
calls-total C_Login 3
> DISCONNECT
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> d a%b
> D ö+ %6
> D 3
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
> can
< ERR {CANCELED} {_...}
