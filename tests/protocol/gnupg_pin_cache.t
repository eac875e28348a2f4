# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# "use-gnupg-pin-cache": the agent remembers the PIN, encrypted, and is asked
# for it before a person is.  It is used for logins, not for a key that wants
# its PIN at each use.
token demo
key rsa2048 01 plain
key rsa2048 02 careful aa
config pin-cache 0
config use-gnupg-pin-cache
let digest = hash sha256 616263
let grip = keygrip 01
let careful = keygrip 02
start
> SETDATA {digest}
< OK
# Nothing can be there yet: the agent is not asked.
> PKSIGN --hash=sha256 {grip}
pin 123456
< S PINCACHE_PUT {key:[0-9]+/p11/user} {value:[0-9A-F]+}
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {value}
> END
data-verify 01 sha256 {digest}
< OK
calls C_Login 1
calls C_Logout 1
# CHECKPIN uses it too.
> CHECKPIN
< INQUIRE PINCACHE_GET {key}
> D {value}
> END
< OK
calls C_Login 1
# It has forgotten it: a person is asked.
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> END
pin 123456
< S PINCACHE_PUT {key} {value}
data-verify 01 sha256 {digest}
< OK
# Nonsense is not tried.
each nonsense xyz 00 00000000000000000000000000000000000000000000000000000000
> PKSIGN --hash=sha256 {grip}
< INQUIRE PINCACHE_GET {key}
> D {nonsense}
> END
< INQUIRE NEEDPIN ||Please enter{_...}
> CAN
< ERR {CANCELED} {_...}
calls C_Login 0
done
# The key's own PIN is asked for, whatever is remembered.
> PKSIGN --hash=sha256 {careful}
< INQUIRE PINCACHE_GET {key}
> D {value}
> END
< INQUIRE NEEDPIN ||{_:.*}this one signature{_...}
> D 123456
> END
data-verify 02 sha256 {digest}
< OK
calls C_Login 2
