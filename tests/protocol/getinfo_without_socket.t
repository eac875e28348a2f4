# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# With --server there is no socket: one client, and the error says so.
token demo
start --server --homedir {home}
> GETINFO socket_name
< ERR {NO_DATA} {_...}
> SERIALNO
< S SERIALNO {_}
< OK
eof
exit 0
calls-total C_Finalize 1
