# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What libassuan answers by itself, and what nobody knows: the connection goes
# on, and no token is asked.
token demo
start
> CANCEL
< ERR 100663365 {_...}
> END
< ERR 100663365 {_...}
> AUTH
< ERR 100663365 {_...}
> FROBNICATE
< ERR {UNKNOWN_CMD} {_...}
> nop
< OK{_...}
calls-any 0
> getinfo pid
data-text {pid}
< OK
