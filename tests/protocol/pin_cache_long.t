# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With a "pin-cache" that is not over, a warm signature still is two calls, and
# the daemon ends at once although its thread has long to sleep.
token demo
key rsa2048 01 mykey
config pin-cache 2147483647
config session-timeout 2147483647
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls-any 2
calls-total C_Logout 0
eof
exit 0
