# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# GETINFO: every piece of information that there is.
token demo
start
> GETINFO version
data-text {version:3\.[0-9.]+}
< OK
> GETINFO pid
data-text {pid}
< OK
> GETINFO socket_name
data-text /{_}
< OK
> GETINFO status
data-text u
< OK
> GETINFO reader_list
data-text {_:SoftHSM slot [^\n]*\n}
< OK
> GETINFO card_list
< S SERIALNO {sn:FF500B00[0-9A-F]{16}}
< OK
> GETINFO active_apps
< S SERIALNO {sn} p15
< OK
> GETINFO all_active_apps
< S SERIALNO {sn} p15
< OK
> GETINFO app_list
data-text p15:{_:\n}
< OK
> GETINFO deny_admin
< OK
> GETINFO frobnicate
< ERR {PARAMETER} {_...}
> GETINFO Version
< ERR {PARAMETER} {_...}
calls-total C_Login 0
