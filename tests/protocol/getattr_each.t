# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Attributes asked for one by one, most of which GnuPG reads from LEARN only:
# those of an OpenPGP card are empty for others. Their names have one spelling.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
start
> GETATTR READER
< S READER demo+(1+key)+in+{_...}
< OK
> GETATTR DISP-NAME
< S DISP-NAME demo
< OK
> GETATTR CHV-LABEL
< S CHV-LABEL PIN
< OK
> GETATTR EXTCAP
< OK
> GETATTR SIG-COUNTER
< OK
> GETATTR KEY-ATTR
< OK
> GETATTR KEY-TIME
< OK
> GETATTR KEY-LABEL {grip}
< S KEY-LABEL P15.01 mykey
< OK
> GETATTR serialno
< ERR {INV_NAME} {_...}
> GETATTR LOGIN-DATA
< ERR {INV_NAME} {_...}
> GETATTR
< ERR {PARAMETER} {_...}
> GETATTR SERIALNO {grip} {grip}
< ERR {PARAMETER} {_...}
calls-total C_Login 0
