# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# KILLSCD answers, and the daemon ends, other clients or not.
token demo
start
> SERIALNO
< S SERIALNO {_}
< OK
2> NOP
2< OK{_...}
> KILLSCD
< OK{_...}
<eof
2<eof
exit 0
socket-gone
calls-total C_Finalize 1
