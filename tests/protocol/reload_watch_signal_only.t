# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client that is only sent signals gets them after a reload too, although
# nobody sends a command.  Of the old configuration no thread stays.
token one
shim slot-events
start
> OPTION event-signal=12
< OK
> SERIALNO
<* OK
log-has waiting for slot events
let before = run ls /proc/{pid}/task | wc -l
each n 1 2 3
> RELOADCONF
< OK
signals USR2 {n}
run for i in $(seq 1000); do [ $(grep -c C_Initialize calls) -gt {n} ] && exit 0; sleep 0.01; done; exit 1
run for i in $(seq 1000); do [ $(grep -c 'waiting for slot events' stderr) -gt {n} ] && exit 0; sleep 0.01; done; exit 1
done
shim absent
signals USR2 4
run test $(ls /proc/{pid}/task | wc -l) -le $(({before} + 1))
# With the module in use it is one and the same thread that waits.
unshim absent
signals USR2 5
2> CHECKPIN
2< INQUIRE NEEDPIN {_...}
> RELOADCONF
< OK
> SERIALNO
<* OK
> RELOADCONF
< OK
> SERIALNO
<* OK
signals USR2 7
calls-total C_Initialize 4
shim absent
signals USR2 8
run test $(ls /proc/{pid}/task | wc -l) -le $(({before} + 3))
2> CAN
2< ERR {_...}
