# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Names in lines for gpg's display: long ones are cut between characters, and
# none can end a field of gpg's colon listings.
let long = repeat ä 400
token x:AID:y
key rsa2048 01 {long}
start
> GETATTR READER
< S READER x+AID+y+(1+key)+in+{_:[^:]*}
< OK
> GETATTR $DISPSERIALNO P15.01
< S $DISPSERIALNO {_:[!-~]*}/{cut:[\x80-\xff]*}
< OK
> GETATTR KEY-LABEL
< S KEY-LABEL P15.01 {cut}
< OK
# (Written twice as long, each byte as a character.)
run test $(printf %s {cut} | wc -c) = 400
