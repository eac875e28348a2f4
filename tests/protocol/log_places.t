# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Places that do not do for a log: the daemon says on standard error which and
# why, and serves.
token demo
key p256 01 mykey
let long = repeat x 100
run mkdir folder; mkfifo fifo
each place {dir}/folder {dir}/fifo {dir}/none/log tcp://localhost:1 socket://{dir}/{long}
start --multi-server --homedir {home} --log-file {place}
log-has error config: cannot write the log to {place}: 
> CHECKPIN
pin {pin}
< OK
eof
exit 0
done
log-has folder: Is a directory; it goes here instead
log-has fifo: No such device or address; it goes here instead
log-has tcp://localhost:1: Syntax error in URI; it goes here instead
# A disk that is full: once, and without end.
start --multi-server --homedir {home} --log-file /dev/full
each round 1 2 3 4 5 6 7 8 9
> LEARN --force
<* OK
done
run test "$(grep -c '^gnupg-pkcs11-scd.*: cannot write the log to /dev/full: No space left on device; lines are lost until that changes$' stderr)" = 1
eof
exit 0
