# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# LEARN without options tells all at once, as 0.10 did: who types it into
# gpg-connect-agent cannot answer a question.
token demo
key rsa2048 01 mykey
let grip = keygrip 01
start
> LEARN
<* S SERIALNO {sn}
<* S KEYPAIRINFO {grip} {_...}
<* S KEY-FRIEDNLY {grip} {_...}
<* OK
> LEARN --multi
<* S SERIALNO {sn}
<* S KEYPAIRINFO {grip} {_...}
<* OK
calls-total C_Login 0
