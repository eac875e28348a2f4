# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# No module is called because of events before somebody wants to know of them
# and the modules have been loaded for another reason.
token one
key rsa2048 01 mykey
let grip = keygrip 01
start
> GETINFO version
data-text {_}
< OK
> OPTION event-signal=12
< OK
sleep 2500
calls-total C_Initialize 0
> OPTION event-signal=0
< OK
> KEYINFO {grip}
< S KEYINFO {grip} {_...}
< OK
> GETINFO version
data-text {_}
< OK
sleep 2500
calls-any 0
# Then they are, with two calls at a time and no others.
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
> GETINFO version
data-text {_}
< OK
sleep 2500
run for i in $(seq 1000); do n=$(grep -c C_GetSlotList $DIR/calls); [ $n -ge 10 ] && exit 0; sleep 0.01; done; exit 1
run test $(grep -c C_GetSlotList $DIR/calls) -le 40
run test $(tail -n 4 $DIR/calls | sort -u | cut -d' ' -f1) = C_GetSlotList
calls-total C_WaitForSlotEvent 1
signals USR2 0
