# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A NUL within what is not gpg-agent's buffer is a mistake of the client, which
# costs no try; padding of NULs is none.
token demo
key rsa2048 01 mykey
start
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D 123456%00789
> END
< ERR {INV_VALUE} {_...}
calls-total C_Login 0
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D %00123456
> END
< ERR {INV_VALUE} {_...}
calls-total C_Login 0
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D 123456%00
> END
< OK
calls-total C_Login 1
