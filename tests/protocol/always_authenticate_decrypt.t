# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same for a decryption, the order of calls too; and a wrong PIN, which is one
# C_Login, is asked for again.
token demo
key rsa2048 02 careful aa
let plain = random 32
let c = rsa-encrypt 02 {plain}
start
setdata {c}
> PKDECRYPT P15.02
pin 123456
< S PADDING 0
data-is {plain}
< OK
calls C_Login 2
run grep -A 2 '^C_DecryptInit' calls | tail -n 3 | cut -d' ' -f1 | tr '\n' ' ' | grep -x 'C_DecryptInit C_Login C_Decrypt '
> PKDECRYPT P15.02
< INQUIRE NEEDPIN ||{_:.*}this one decryption{_...}
> D 654321
> END
< INQUIRE NEEDPIN ||That PIN was wrong.{_...}
calls C_Login 1
> D 123456
> END
< S PADDING 0
data-is {plain}
< OK
calls C_Login 2
calls C_DecryptInit 2
run grep -A 2 '^C_DecryptInit' calls | tail -n 3 | cut -d' ' -f1 | tr '\n' ' ' | grep -x 'C_DecryptInit C_Login C_Decrypt '
calls C_Decrypt 1
