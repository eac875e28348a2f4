# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# LEARN without options asks whether the client knows the card, and says
# nothing if it does.
token demo
key rsa2048 01 mykey
start
> LEARN
< INQUIRE KNOWNCARDP {sn}
> CAN
< OK
> LEARN --multi
< INQUIRE KNOWNCARDP {sn}
> END
<* S SERIALNO {sn}
<* S KEYPAIRINFO {_...}
<* OK
calls-total C_Login 0
