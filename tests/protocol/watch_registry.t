# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Modules of p11-kit's registry are watched as well.
no-provider
token one
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {one}
< OK
token two
signals USR2 1
> GETINFO card_list
<~ S SERIALNO {one}
<* OK
