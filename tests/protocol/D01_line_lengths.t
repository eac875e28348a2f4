# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Lines up to 1000 bytes are taken.  A longer one is one error, whatever its
# length, and the command behind it works.
let a995 = repeat A 995
let a996 = repeat A 996
let a997 = repeat A 997
let a1096 = repeat A 1096
let a4996 = repeat A 4996
start
> NOP {a995}
< OK{_...}
> NOP {a996}
< OK{_...}
# 1001 bytes: Assuan's own buffer may have room for it.
> NOP {a997}
< {_:OK.*|ERR 100663559 .*}
> NOP
< OK{_...}
> NOP {a1096}
< ERR {LINE_TOO_LONG} {_...}
> NOP
< OK{_...}
> NOP {a4996}
< ERR {LINE_TOO_LONG} {_...}
> GETINFO pid
data-text {pid}
< OK
