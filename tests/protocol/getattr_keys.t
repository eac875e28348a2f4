# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The OpenPGP slots of a card, by use or as configured; a card without such a
# key has no value and no error.
token demo
key rsa2048 01 encr usage=d
key rsa2048 02 sign+2 usage=s
key p256 03 other usage=s
let three = keygrip 03
config card-type p15
config openpgp-auth {three}
start
> GETATTR $SIGNKEYID
< S $SIGNKEYID P15.02
< OK
> GETATTR $ENCRKEYID
< S $ENCRKEYID P15.01
< OK
> GETATTR $AUTHKEYID
< S $AUTHKEYID P15.03
< OK
> GETATTR KEY-LABEL
< S KEY-LABEL P15.01 encr
< S KEY-LABEL P15.02 sign%2B2
< S KEY-LABEL P15.03 other
< OK
> GETATTR DISP-NAME
< S DISP-NAME demo
< OK
delete 01 all
> LEARN --force
<* OK
> GETATTR $ENCRKEYID
< OK
calls-total C_Login 0
