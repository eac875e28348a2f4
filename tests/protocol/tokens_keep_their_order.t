# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The order of tokens is the same however the module orders its slots, while
# the daemon runs and when it is started again.
token charlie
token alice
token bob
start
> GETINFO card_list
< S SERIALNO {alice}
< S SERIALNO {bob}
< S SERIALNO {charlie}
< OK
> SERIALNO --demand={alice}
<* OK
> GETATTR $DISPSERIALNO
< S $DISPSERIALNO alice+{_}
< OK
> SERIALNO --demand={charlie}
<* OK
> GETATTR $DISPSERIALNO
< S $DISPSERIALNO charlie+{_}
< OK
shim reverse-slots
> GETINFO card_list
< S SERIALNO {alice}
< S SERIALNO {bob}
< S SERIALNO {charlie}
< OK
eof
exit 0
start
> SERIALNO
< S SERIALNO {alice}
< OK
> GETINFO card_list
< S SERIALNO {alice}
< S SERIALNO {bob}
< S SERIALNO {charlie}
< OK
unshim reverse-slots
eof
exit 0
start
> SERIALNO
< S SERIALNO {alice}
< OK
> DEVINFO
< S DEVINFO_START{_:.*}
< S DEVICE pkcs11 {alice} p15
< S DEVICE pkcs11 {bob} p15
< S DEVICE pkcs11 {charlie} p15
< S DEVINFO_END{_:.*}
< OK
