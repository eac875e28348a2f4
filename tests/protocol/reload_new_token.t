# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that makes its list of slots when it is loaded, as SoftHSM does: a
# token that another program has made meanwhile is there when the configuration
# was read again, since the module is loaded again.
token one
key p256 01 k1
start
> GETINFO card_list
< S SERIALNO {one}
< OK
token two
key p256 02 k2
let g2 = keygrip k2
> RELOADCONF
< OK
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {two}
< OK
> KEYINFO {g2}
< S KEYINFO {g2} T {two} P15.02 sca
< OK
calls-total C_Initialize 2
