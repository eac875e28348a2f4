# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN is in locked memory as long as it is needed.  A wrong one is needed while
# the next one is asked for: it is not to be tried again.
let right = random 14
let wrong = random 14
token demo pin={right}
key rsa2048 01 mykey
key rsa2048 02 careful aa
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin {wrong}
< INQUIRE NEEDPIN {_...}
memory-locks {wrong}
> D {wrong}
> END
< INQUIRE NEEDPIN {_...}
memory-locks {wrong}
calls-total C_Login 1
> D {right}
> END
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin {wrong}
< INQUIRE NEEDPIN {_...}
memory-locks {wrong}
> D {right}
> END
data-verify 02 sha256 {digest}
< OK
