# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A slot without an initialised token has no serial number and is left alone.
start
> SERIALNO
< ERR {ENODEV} {_...}
> GETINFO card_list
< OK
calls-total C_OpenSession 0
