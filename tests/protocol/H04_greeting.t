# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The greeting, and what needs no token, wait for no module, however long it
# would take: it is loaded when it is needed.
shim delay C_GetFunctionList 600000
shim delay C_Initialize 600000
start
> GETINFO version
data-text {_}
< OK
> SETDATA 00
< OK
2> NOP
2< OK{_...}
calls-total C_GetFunctionList 0
calls-total C_Initialize 0
