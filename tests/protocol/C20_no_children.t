# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The daemon starts no process while PINs are typed and used, so that none has
# a PIN among its arguments or in its environment; nor has the daemon itself.
let right = text Right-PIN-4711
let wrong = text Wrong-PIN-5150
token demo pin={right}
key rsa2048 01 mykey cert
key rsa2048 02 careful aa
let digest = hash sha256 616263
start
> LEARN --force
<* OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin {wrong}
< INQUIRE NEEDPIN {_...}
run ! grep -lE '^PPid:[[:space:]]*{pid}$' /proc/[0-9]*/status 2>/dev/null
> D {right}
> END
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
< INQUIRE NEEDPIN {_...}
run ! grep -lE '^PPid:[[:space:]]*{pid}$' /proc/[0-9]*/status 2>/dev/null
> D {right}
> END
data-verify 02 sha256 {digest}
< OK
run ! grep -lE '^PPid:[[:space:]]*{pid}$' /proc/[0-9]*/status 2>/dev/null
# Nor was there one between these moments: one that ended would have left page
# faults or time to its parent.
run test "$(cut -d' ' -f11,13,16,17 /proc/{pid}/stat)" = '0 0 0 0'
run ! grep -aE '{right}|{wrong}' /proc/{pid}/cmdline
run test ! -r /proc/{pid}/environ || ! grep -aE '{right}|{wrong}' /proc/{pid}/environ
